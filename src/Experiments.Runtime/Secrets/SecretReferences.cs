using System.Text.Json;

namespace Experiments.Runtime.Secrets;

/// <summary>Finds in a configuration where its secrets are.</summary>
internal static class SecretReferences
{
    /// <summary>The secrets that a configuration refers to, by their paths; optional ones that are null are left out.</summary>
    /// <param name="experiment">Knows which values are secrets.</param>
    /// <param name="config">JSON of the configuration, UTF-8.</param>
    public static IReadOnlyList<(string Path, Secret Secret)> Of(ExperimentDefinition experiment, ReadOnlyMemory<byte> config)
    {
        if (experiment.Secrets.IsDefaultOrEmpty)
            return [];
        using var document = JsonDocument.Parse(config);
        var found = new List<(string, Secret)>();
        foreach (var path in experiment.Secrets)
        {
            if (Value(document.RootElement, path) is { } text && Secret.TryParse(text, out var secret))
                found.Add((path, secret));
        }

        return found;
    }

    private static string? Value(JsonElement element, string path)
    {
        foreach (var key in path.Split('.'))
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(key, out element))
                return null;
        }

        return element.ValueKind == JsonValueKind.String ? element.GetString() : null;
    }
}
