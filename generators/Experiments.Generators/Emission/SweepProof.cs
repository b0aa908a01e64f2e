using System.Globalization;
using Experiments.Generators.Models;

namespace Experiments.Generators.Emission;

/// <summary>What the compiler knows of a sweep, in words: how many runs, which axes, the first ids.</summary>
internal static class SweepProof
{
    public static string Text(SweepModel sweep)
    {
        var experiment = $"<see cref=\"{sweep.Experiment.Type.FullName}\"/>";
        var runs = (sweep.RunCount, sweep.PointCount) switch
        {
            ({ } count, { } points) when count < points => $"{Number(count)} {Runs(count)} of {experiment} ({Number(points)} points, less {Number(points - count)} that <c>Include</c> leaves out)",
            ({ } count, _) => $"{Number(count)} {Runs(count)} of {experiment}",
            (null, { } points) => $"At most {Number(points)} {Runs(points)} of {experiment}; <c>Include</c> decides",
            _ => $"Runs of {experiment}, as many as its axes have values when the program runs",
        };
        var axes = string.Join(" × ", sweep.Dimensions().Select(Dimension));
        var ids = sweep.FirstIds.Count == 0 ? "" : $" First: {string.Join(", ", sweep.FirstIds.Select(i => $"<c>{SourceWriter.Xml(i)}</c>"))}{(sweep.RunCount > sweep.FirstIds.Count ? ", …" : ".")}";
        return $"{runs}: {axes}.{Cost(sweep)}{ids}";
    }

    private static string Cost(SweepModel sweep) => (sweep.EstimatedHours, sweep.BudgetHours) switch
    {
        ({ } hours, { } budget) => $" Estimated: {Hours(hours)} GPU-hours of a budget of {Hours(budget)}.",
        ({ } hours, null) => $" Estimated: {Hours(hours)} GPU-hours.",
        (null, { } budget) => $" Budget: {Hours(budget)} GPU-hours.",
        _ => "",
    };

    private static string Hours(double hours) => hours.ToString("#,0.##", CultureInfo.InvariantCulture);

    private static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Runs(long count) => count == 1 ? "run" : "runs";

    private static string Dimension(IReadOnlyList<AxisModel> dimension)
    {
        var names = string.Join(" and ", dimension.Select(a => SourceWriter.Xml(a.PropertyPath)));
        return dimension[0].IsRandom ? $"{names} (random)" : $"{names} ({dimension[0].Count?.ToString(CultureInfo.InvariantCulture) ?? "?"})";
    }
}
