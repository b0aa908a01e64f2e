using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Experiments.CommandLine;

/// <summary>
/// Locks as JSON that people review: sorted, a line for each property, nothing that changes by itself. Written by hand, because a serializer
/// breaks lines everywhere or nowhere.
/// </summary>
internal static class LockFile
{
    private const int Format = 1;

    /// <summary>The text of a lock.</summary>
    public static string Write(IdentityLock value)
    {
        var text = new StringBuilder("{\n  \"format\": ").Append(Format).Append(",\n  \"experiments\": {");
        Members(text, "    ", value.Experiments, (name, experiment) =>
        {
            text.Append(Quote(name)).Append(": {\n      \"id\": ").Append(Quote(experiment.Id));
            if (experiment.Sample is not null)
                text.Append(",\n      \"sample\": ").Append(Quote(experiment.Sample));
            if (experiment.Completed > 0)
                text.Append(CultureInfo.InvariantCulture, $",\n      \"completed\": {experiment.Completed}");
            text.Append(",\n      \"properties\": {");
            Members(text, "        ", experiment.Properties, (key, property) => text.Append(Quote(key)).Append(": ").Append(Line(property)));
            text.Append(experiment.Properties.IsEmpty ? "}\n    }" : "\n      }\n    }");
        });
        text.Append(value.Experiments.IsEmpty ? "},\n  \"sweeps\": {" : "\n  },\n  \"sweeps\": {");
        Members(text, "    ", value.Sweeps, (name, sweep) => text.Append(Quote(name)).Append(": ").Append(Lines(sweep)));
        return text.Append(value.Sweeps.IsEmpty ? "}\n}\n" : "\n  }\n}\n").ToString();
    }

    /// <summary>Reads a lock; <see langword="null"/> when there is no file.</summary>
    /// <exception cref="ExperimentsException">EXP8310: the file can't be read, or is no lock.</exception>
    public static IdentityLock? TryRead(string path)
    {
        try
        {
            return Parse(File.ReadAllBytes(path));
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or NotSupportedException or KeyNotFoundException or FormatException or IOException or UnauthorizedAccessException)
        {
            throw new ExperimentsException("EXP8310", $"expected `{path}` to be a lock, got {JsonExtensions.Problem(e)}",
                "resolve the conflict in it if there is one, or write it again with `plan --lock`", cause: e);
        }
    }

    /// <summary>Reads the text of a lock.</summary>
    /// <exception cref="JsonException">The text is no JSON.</exception>
    /// <exception cref="InvalidOperationException">It is no lock.</exception>
    /// <exception cref="NotSupportedException">It is of another version.</exception>
    /// <exception cref="KeyNotFoundException">Something is missing.</exception>
    public static IdentityLock Parse(ReadOnlyMemory<byte> json)
    {
        // Editors may put a mark before the text.
        if (json.Span.StartsWith("\uFEFF"u8))
            json = json[3..];
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        if (root.GetProperty("format"u8).GetInt32() is var format and not Format)
            throw new NotSupportedException($"format {format}, of another version than this one's {Format}");
        return new IdentityLock(
            root.GetProperty("experiments"u8).EnumerateObject().ToImmutableSortedDictionary(e => e.Name, e => Experiment(e.Value), StringComparer.Ordinal),
            root.GetProperty("sweeps"u8).EnumerateObject().ToImmutableSortedDictionary(s => s.Name, s => Sweep(s.Value), StringComparer.Ordinal));
    }

    private static LockedExperiment Experiment(JsonElement element) => new(
        element.GetProperty("id"u8).GetString()!, Text(element, "sample"), Number(element, "completed"),
        element.GetProperty("properties"u8).EnumerateObject().ToImmutableSortedDictionary(p => p.Name, p => Property(p.Value), StringComparer.Ordinal));

    private static LockedProperty Property(JsonElement element) => new(element.GetProperty("type"u8).GetString()!,
        element.TryGetProperty("default"u8, out var value) ? value.GetRawText() : null,
        element.TryGetProperty("required"u8, out var required) && required.GetBoolean());

    private static LockedSweep Sweep(JsonElement element) => new(element.GetProperty("experiment"u8).GetString()!, element.GetProperty("runs"u8).GetInt64(),
        Text(element, "first"), Text(element, "last"), Text(element, "ids"), Text(element, "configurations"), Number(element, "completed"));

    private static string Line(LockedProperty property) =>
        $"{{ \"type\": {Quote(property.Type)}{(property.Default is null ? "" : $", \"default\": {property.Default}")}{(property.IsRequired ? ", \"required\": true" : "")} }}";

    private static string Lines(LockedSweep sweep)
    {
        const string Next = ",\n      ";
        var text = new StringBuilder("{\n      \"experiment\": ").Append(Quote(sweep.Experiment)).Append(CultureInfo.InvariantCulture, $"{Next}\"runs\": {sweep.Runs}");
        foreach (var (name, value) in ((string, string?)[])[("first", sweep.First), ("last", sweep.Last), ("ids", sweep.Ids), ("configurations", sweep.Configurations)])
        {
            if (value is not null)
                text.Append(Next).Append(Quote(name)).Append(": ").Append(Quote(value));
        }

        if (sweep.Completed > 0)
            text.Append(CultureInfo.InvariantCulture, $"{Next}\"completed\": {sweep.Completed}");
        return text.Append("\n    }").ToString();
    }

    private static void Members<T>(StringBuilder text, string indent, ImmutableSortedDictionary<string, T> members, Action<string, T> write)
    {
        var separator = "\n";
        foreach (var (name, value) in members)
        {
            text.Append(separator).Append(indent);
            write(name, value);
            separator = ",\n";
        }
    }

    private static string Quote(string text) => $"\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text)}\"";

    private static string? Text(JsonElement element, string key) => element.TryGetProperty(key, out var value) ? value.GetString() : null;

    private static int Number(JsonElement element, string key) => element.TryGetProperty(key, out var value) ? value.GetInt32() : 0;
}
