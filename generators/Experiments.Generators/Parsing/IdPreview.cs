using System.Globalization;
using System.Text;
using Experiments.Generators.Models;

namespace Experiments.Generators.Parsing;

/// <summary>The first run ids of a sweep as far as the compiler knows them; what it does not know stays a hole.</summary>
internal static class IdPreview
{
    private const int Shown = 3;

    public static IEnumerable<string> First(SweepModel sweep, ExperimentModel experiment)
    {
        // `Include` may leave out any of them, and random points are known at run time.
        if (sweep.HasInclude || sweep.Axes.Any(a => a.IsRandom || (a.Values.Count == 0 && a.Count != 0)))
            return [];
        var dimensions = sweep.Dimensions().ToList();
        var ids = new List<string>();
        for (var point = 0L; point < Math.Min(Shown, sweep.PointCount ?? 0); point++)
        {
            var values = new Dictionary<string, ConstantModel>(StringComparer.Ordinal);
            var rest = point;
            for (var i = dimensions.Count - 1; i >= 0; i--)
            {
                var count = dimensions[i][0].Values.Count;
                foreach (var axis in dimensions[i])
                    values[axis.PropertyPath] = axis.Values[(int)(rest % count)];
                rest /= count;
            }

            ids.Add(Format(experiment.Id, values));
        }

        return ids;
    }

    private static string Format(TemplateModel template, Dictionary<string, ConstantModel> values)
    {
        var id = new StringBuilder();
        foreach (var part in template.Parts)
        {
            var value = values.TryGetValue(part.Path, out var known) ? known : null;
            id.Append(part.Kind switch
            {
                TemplatePartKind.Literal => part.Text,
                TemplatePartKind.Hash => "{hash}",
                _ when value is not null => Text(part, value),
                TemplatePartKind.Flag => $"{{{part.Path}?{part.Text}}}",
                _ => $"{{{part.Path}}}",
            });
        }

        return id.ToString();
    }

    /// <summary>What a constant becomes in the place of a flag or a property.</summary>
    public static string Text(TemplatePart part, ConstantModel value) =>
        part.Kind == TemplatePartKind.Flag ? value.Text == "true" ? part.Text : ""
        : part.Format is null ? value.Text
        : Formatted(part, value);

    private static string Formatted(TemplatePart part, ConstantModel value) => (part.Value!.Kind, value.Number) switch
    {
        (_, null) => value.Text,
        (ValueKind.Integer, { } number) => ((long)number).ToString(part.Format, CultureInfo.InvariantCulture).ToLowerInvariant(),
        (ValueKind.TimeSpan, { } ticks) => new TimeSpan((long)ticks).ToString(part.Format, CultureInfo.InvariantCulture).ToLowerInvariant(),
        (_, { } number) => number.ToString(part.Format, CultureInfo.InvariantCulture).ToLowerInvariant(),
    };
}
