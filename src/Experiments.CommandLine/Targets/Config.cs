using System.Text.Json;

namespace Experiments.CommandLine;

/// <summary>Configurations without their types, as the registry keeps them.</summary>
internal static class Config
{
    /// <summary>Every value by its path (<c>optimizer.weight_decay</c>), as JSON text, in canonical order.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Flatten(string config)
    {
        var values = new List<KeyValuePair<string, string>>();
        using var document = JsonDocument.Parse(config);
        Collect(document.RootElement, "");
        return values;

        void Collect(JsonElement element, string path)
        {
            if (element.ValueKind != JsonValueKind.Object)
            {
                values.Add(new(path, element.ValueKind == JsonValueKind.String ? element.GetString()! : element.GetRawText()));
                return;
            }

            foreach (var property in element.EnumerateObject())
                Collect(property.Value, path.Length == 0 ? property.Name : $"{path}.{property.Name}");
        }
    }
}
