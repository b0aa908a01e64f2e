using System.Text;
using System.Text.Json;

namespace Experiments.Runtime.Launching;

/// <summary>Writes a configuration as command-line arguments, in the style of its launch.</summary>
internal static class ConfigArguments
{
    /// <summary>The arguments, in the order of the configuration's keys.</summary>
    public static IEnumerable<string> Of(Launch launch, ReadOnlyMemory<byte> config, string configPath, IEnumerable<string> leftOut)
    {
        switch (launch.Style)
        {
            case ArgumentStyle.None:
                return [];
            case ArgumentStyle.ConfigFile:
                return ["--config", configPath];
        }

        using var document = JsonDocument.Parse(config);
        var leaves = new List<(string Path, JsonElement Value)>();
        var left = leftOut.ToHashSet();
        foreach (var property in document.RootElement.EnumerateObject().Where(p => !left.Contains(p.Name)))
            Flatten(property.Name, property.Value, leaves);
        leaves.RemoveAll(leaf => left.Contains(leaf.Path));
        return [.. launch.Style == ArgumentStyle.Options
            ? leaves.SelectMany(leaf => Option(launch, leaf.Path, leaf.Value))
            : leaves.Select(leaf => $"{leaf.Path}={HydraValue(leaf.Value)}")];
    }

    private static void Flatten(string path, JsonElement value, List<(string, JsonElement)> leaves)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            leaves.Add((path, value));
            return;
        }

        foreach (var property in value.EnumerateObject())
            Flatten($"{path}.{property.Name}", property.Value, leaves);
    }

    private static IEnumerable<string> Option(Launch launch, string path, JsonElement value)
    {
        var name = launch.OptionCase == OptionCase.Kebab ? path.Replace('_', '-') : path;
        switch (value.ValueKind)
        {
            case JsonValueKind.Null:
                return [];
            case JsonValueKind.True or JsonValueKind.False when launch.Booleans != BooleanStyle.Value:
                return value.GetBoolean() ? ["--" + name] : launch.Booleans == BooleanStyle.Negatable ? ["--no-" + name] : [];
            case JsonValueKind.Array:
                return [$"--{name}", .. value.EnumerateArray().Select(Text)];
            default:
                var text = Text(value);
                // Parsers take a word that begins with a dash for an option (argparse even takes -1e-05 for one).
                return text.StartsWith('-') ? [$"--{name}={text}"] : [$"--{name}", text];
        }
    }

    /// <summary>A value as a word: strings bare, numbers and booleans as in JSON.</summary>
    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    /// <summary>A value in the grammar of Hydra's overrides.</summary>
    private static string HydraValue(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => $"[{string.Join(',', value.EnumerateArray().Select(HydraValue))}]",
        JsonValueKind.String => HydraString(value.GetString()!),
        _ => value.GetRawText(),
    };

    private static string HydraString(string text)
    {
        // Bare words must not read as numbers, booleans, null, lists, interpolations or sweeps (`a,b`).
        var isPlain = text.Length > 0 && char.IsAsciiLetter(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '/')
            && !(text.ToLowerInvariant() is "true" or "false" or "null" or "nan" or "inf");
        if (isPlain)
            return text;
        var quoted = new StringBuilder("'");
        for (var i = 0; i < text.Length; i++)
        {
            // In Hydra's quotes a backslash only escapes when a quote follows the backslashes.
            var end = i;
            while (end < text.Length && text[end] == '\\')
                end++;
            var slashes = end - i;
            if (slashes > 0)
            {
                quoted.Append('\\', end == text.Length || text[end] == '\'' ? slashes * 2 : slashes);
                i = end;
                if (i == text.Length)
                    break;
            }

            quoted.Append(text[i] == '\'' ? "\\'" : text[i].ToString());
        }

        return quoted.Append('\'').ToString();
    }
}
