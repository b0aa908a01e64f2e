using System.Globalization;
using Experiments.Generators.Models;

namespace Experiments.Generators.Emission;

/// <summary>What the compiler knows of a sweep, in words: how many runs, which axes, the first ids.</summary>
internal static class SweepProof
{
    public static string Text(SweepModel sweep)
    {
        var experiment = $"<see cref=\"{sweep.Experiment.Type.FullName}\"/>";
        var left = sweep.HasInclude ? ", less those that <c>Include</c> leaves out" : "";
        var runs = sweep.PointCount is { } points
            ? $"{points.ToString("N0", CultureInfo.InvariantCulture)} {(points == 1 ? "run" : "runs")} of {experiment}{left}"
            : $"Runs of {experiment}, as many as its axes have values when the program runs{left}";
        var axes = string.Join(" × ", sweep.Dimensions().Select(Dimension));
        var ids = sweep.FirstIds.Count == 0 ? "" : $" First: {string.Join(", ", sweep.FirstIds.Select(i => $"<c>{SourceWriter.Xml(i)}</c>"))}{(sweep.PointCount > sweep.FirstIds.Count ? ", …" : ".")}";
        return $"{runs}: {axes}.{ids}";
    }

    private static string Dimension(IReadOnlyList<AxisModel> dimension)
    {
        var names = string.Join(" and ", dimension.Select(a => SourceWriter.Xml(a.PropertyPath)));
        return dimension[0].IsRandom ? $"{names} (random)" : $"{names} ({dimension[0].Count?.ToString(CultureInfo.InvariantCulture) ?? "?"})";
    }
}
