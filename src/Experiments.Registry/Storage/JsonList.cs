using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Experiments.Registry.Storage;

/// <summary>Short lists kept in one column, as JSON arrays.</summary>
internal static class JsonList
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(IEnumerable<string> values) => Write(json =>
    {
        foreach (var value in values)
            json.WriteStringValue(value);
    });

    public static string Write(IReadOnlyList<long> values) => Write(json =>
    {
        foreach (var value in values)
            json.WriteNumberValue(value);
    });

    public static ImmutableArray<string> ReadStrings(string? list)
    {
        if (list is null)
            return [];
        using var json = JsonDocument.Parse(list);
        return [.. json.RootElement.EnumerateArray().Select(e => e.GetString()!)];
    }

    private static string Write(Action<Utf8JsonWriter> values)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, s_options))
        {
            json.WriteStartArray();
            values(json);
            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
