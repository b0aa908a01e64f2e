using System.Globalization;
using System.Text.Json;

namespace Experiments.CommandLine;

/// <summary>The small words of every JSON shape.</summary>
internal static class JsonExtensions
{
    /// <summary>What is wrong with a file that should have been JSON of a certain shape.</summary>
    public static string Problem(Exception error) => error switch
    {
        JsonException { LineNumber: { } line, BytePositionInLine: { } column } => $"no JSON from line {line + 1}, column {column + 1} on",
        IOException or UnauthorizedAccessException or NotSupportedException => error.Message.TrimEnd('.'),
        _ => "JSON of something else",
    };

    /// <summary>A list of strings.</summary>
    public static void WriteStrings(this Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }

    /// <summary>A number; what JSON has no number for becomes <c>"NaN"</c>, <c>"Infinity"</c> or <c>"-Infinity"</c>.</summary>
    public static void WriteDouble(this Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumber(name, value);
        else
            json.WriteString(name, value.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>A moment, UTC to the millisecond, or null.</summary>
    public static void WriteTime(this Utf8JsonWriter json, string name, DateTimeOffset? time)
    {
        if (time is { } moment)
            json.WriteString(name, moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        else
            json.WriteNull(name);
    }

    /// <summary>A whole number, or null.</summary>
    public static void WriteNumberOrNull(this Utf8JsonWriter json, string name, int? value)
    {
        if (value is { } number)
            json.WriteNumber(name, number);
        else
            json.WriteNull(name);
    }

    /// <summary>Values by name.</summary>
    public static void WriteMetrics(this Utf8JsonWriter json, string name, IEnumerable<KeyValuePair<string, double>> metrics)
    {
        json.WriteStartObject(name);
        foreach (var (metric, value) in metrics.OrderBy(m => m.Key, StringComparer.Ordinal))
            json.WriteDouble(metric, value);
        json.WriteEndObject();
    }
}
