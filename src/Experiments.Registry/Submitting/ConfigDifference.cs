using System.Text.Json;

namespace Experiments.Registry.Submitting;

/// <summary>Where two configurations differ, for people.</summary>
internal static class ConfigDifference
{
    private const int ShownMax = 5;

    /// <summary>The differing fields with both values: <c>`optimizer.lr` 0.1 → 0.2</c>.</summary>
    /// <param name="known">JSON of the known configuration.</param>
    /// <param name="submitted">JSON of the submitted one.</param>
    public static string Describe(string known, string submitted)
    {
        using var before = JsonDocument.Parse(known);
        using var after = JsonDocument.Parse(submitted);
        var differences = new List<string>();
        Walk("", before.RootElement, after.RootElement, differences);
        var shown = string.Join(", ", differences.Take(ShownMax));
        return differences.Count > ShownMax ? $"{shown} and {differences.Count - ShownMax} more" : shown;
    }

    private static void Walk(string path, JsonElement? known, JsonElement? submitted, List<string> differences)
    {
        if (known is { ValueKind: JsonValueKind.Object } before && submitted is { ValueKind: JsonValueKind.Object } after)
        {
            var names = before.EnumerateObject().Concat(after.EnumerateObject()).Select(p => p.Name).Distinct(StringComparer.Ordinal);
            foreach (var name in names)
                Walk(path.Length == 0 ? name : $"{path}.{name}", Member(before, name), Member(after, name), differences);
        }
        else if (Text(known) is var left && Text(submitted) is var right && left != right)
        {
            differences.Add($"`{path}` {left} → {right}");
        }
    }

    private static JsonElement? Member(JsonElement element, string name) => element.TryGetProperty(name, out var member) ? member : null;

    private static string Text(JsonElement? element) => element is { } value ? value.GetRawText() : "nothing";
}
