using System.Globalization;
using System.Text;
using Experiments.Generators.Models;

namespace Experiments.Generators.Parsing;

/// <summary>The first run ids of a sweep as far as the compiler knows them; what it does not know stays a hole.</summary>
internal static class IdPreview
{
    /// <summary>How many ids are shown.</summary>
    public const int Shown = 3;

    /// <summary>The id of a point.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="axes">The axes.</param>
    /// <param name="point">Their values, by their names.</param>
    public static string Id(ExperimentModel experiment, IReadOnlyList<AxisModel> axes, IReadOnlyDictionary<string, ConstantModel> point) =>
        Format(experiment.Id, axes.GroupBy(a => a.PropertyPath).ToDictionary(g => g.Key, g => point[g.Last().Name], StringComparer.Ordinal));

    private static string Format(TemplateModel template, IReadOnlyDictionary<string, ConstantModel> values)
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
