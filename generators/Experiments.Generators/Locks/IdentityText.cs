using System.Globalization;
using Experiments.Generators.Models;

namespace Experiments.Generators.Locks;

/// <summary>What identifies runs, as a lock writes it: written into programs, which write locks, and compared with locks by the analyzer.</summary>
internal static class IdentityText
{
    /// <summary>The id template, its holes named as outside C#, so that renaming a property in C# changes nothing.</summary>
    public static string Template(ExperimentModel experiment) => string.Concat(experiment.Id.Parts.Select(part => part.Kind switch
    {
        TemplatePartKind.Literal => part.Text,
        TemplatePartKind.Hash => $"{{hash:{part.Digits.ToString(CultureInfo.InvariantCulture)}}}",
        TemplatePartKind.Flag => $"{{{Name(experiment.Record, part.Path)}?{part.Text}}}",
        _ => $"{{{Name(experiment.Record, part.Path)}{(part.Format is null ? "" : ":" + part.Format)}}}",
    }));

    /// <summary>The values of a configuration by their paths under first-ever names; a record that may be missing is one of them.</summary>
    public static IEnumerable<IdentityValue> Values(RecordModel record) => Values(record, []);

    private static IEnumerable<IdentityValue> Values(RecordModel record, IReadOnlyList<PropertyModel> outer)
    {
        foreach (var property in record.Properties.Where(p => p.Value.Kind != ValueKind.Secret))
        {
            IReadOnlyList<PropertyModel> path = [.. outer, property];
            if (property.Value.Record is null || property.Value.IsNullable)
                yield return new IdentityValue(path);
            if (property.Value.Record is { } nested)
            {
                foreach (var inner in Values(nested, path))
                    yield return inner;
            }
        }
    }

    /// <summary>What a value can be: <c>double</c>, <c>int?</c>, <c>[double]</c>, <c>hcrl_ch | hcrl_sa</c>.</summary>
    public static string Type(ValueModel value) => value.Kind switch
    {
        ValueKind.List => $"[{Type(value.Element!)}]",
        ValueKind.Enum => string.Join(" | ", value.Enum!.Members.Where(m => !m.IsAlias).Select(m => m.IdentityName)),
        ValueKind.Record => Last(value.Type),
        ValueKind.Input => "run of " + Last(value.Type),
        ValueKind.TimeSpan => "duration",
        _ => value.Type,
    } + (value.IsNullable ? "?" : "");

    private static string Last(string type) => type.Substring(type.LastIndexOfAny(['.', ':']) + 1).TrimStart('@');

    private static string Name(RecordModel record, string path)
    {
        var names = new List<string>();
        foreach (var step in path.Split('.'))
        {
            var property = record.Find(step)!;
            names.Add(property.IdentityKey);
            record = property.Value.Record ?? record;
        }

        return string.Join(".", names);
    }
}

/// <summary>A value that identifies runs.</summary>
/// <param name="Path">The properties on the way to it, itself last.</param>
internal sealed record IdentityValue(IReadOnlyList<PropertyModel> Path)
{
    public PropertyModel Property => Path[Path.Count - 1];

    /// <summary>Its path under first-ever names.</summary>
    public string Name => string.Join(".", Path.Select(p => p.IdentityKey));

    public string Type => IdentityText.Type(Property.Value);

    /// <summary>Its path in C#.</summary>
    public string PropertyPath => string.Join(".", Path.Select(p => p.Name));
}
