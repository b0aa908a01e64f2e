using System.Collections.Immutable;
using System.ComponentModel;
using System.Text;
using System.Text.Json;

namespace Experiments.Core;

/// <summary>Help on the options of a configuration.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class HelpText
{
    /// <summary>Writes the help.</summary>
    /// <param name="name">Name of the experiment.</param>
    /// <param name="summary">One sentence on it; may be empty.</param>
    /// <param name="options">Its options.</param>
    /// <param name="defaults">Canonical JSON of a configuration of defaults.</param>
    public static string Write(string name, string summary, ImmutableArray<Option> options, ReadOnlySpan<byte> defaults)
    {
        using var json = JsonDocument.Parse(defaults.ToArray());
        var lines = options.Select(o => (Usage: Usage(o), Notes: Notes(o, json.RootElement))).ToList();
        var width = Math.Min(32, lines.Select(l => l.Usage.Length).DefaultIfEmpty().Max());
        var text = new StringBuilder();
        text.Append(name);
        if (summary.Length > 0)
            text.Append(": ").Append(summary);
        text.Append("\n\nOptions, each as `--name value` or `name=value`:\n");
        foreach (var (usage, notes) in lines)
        {
            text.Append("  ").Append(usage.PadRight(width));
            if (usage.Length > width)
                text.Append('\n').Append(' ', width + 2);
            text.Append("  ").AppendJoin("; ", notes).Append('\n');
        }

        return text.ToString();
    }

    private static string Usage(Option option) => option.Kind switch
    {
        OptionKind.Flag => $"--[no-]{option.Name[2..]}",
        OptionKind.List => $"{option.Name} {option.Type} …",
        _ => $"{option.Name} {option.Type}",
    };

    private static IEnumerable<string> Notes(Option option, JsonElement defaults)
    {
        if (option.Summary.Length > 0)
            yield return option.Summary.TrimEnd('.');
        if (option.Values.Length > 0)
            yield return option.Values;
        yield return option.IsMandatory ? "required" : $"default {Default(option.Key, defaults)}";
    }

    private static string Default(string key, JsonElement defaults)
    {
        foreach (var name in key.Split('.'))
        {
            if (defaults.ValueKind != JsonValueKind.Object || !defaults.TryGetProperty(name, out var value))
                return "null";
            defaults = value;
        }

        return defaults.ValueKind == JsonValueKind.String ? defaults.GetString()! : defaults.GetRawText();
    }
}
