using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Experiments.Registry.Executing;

/// <summary>A worker's GPUs in one column: <c>[0,1,{"gpu":"1","reason":"…"}]</c>, its indexes and then those that get no attempts.</summary>
internal static class WorkerGpus
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(WorkerRecord worker)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, s_options))
        {
            json.WriteStartArray();
            foreach (var gpu in worker.Gpus)
                json.WriteNumberValue(gpu);
            foreach (var gpu in worker.UnusableGpus)
            {
                json.WriteStartObject();
                json.WriteString("gpu"u8, gpu.Gpu);
                json.WriteString("reason"u8, gpu.Reason);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static (ImmutableArray<int> Gpus, ImmutableArray<UnusableGpu> Unusable) Read(string text)
    {
        using var json = JsonDocument.Parse(text);
        var gpus = json.RootElement.EnumerateArray().ToLookup(e => e.ValueKind);
        return ([.. gpus[JsonValueKind.Number].Select(e => e.GetInt32())],
            [.. gpus[JsonValueKind.Object].Select(e => new UnusableGpu(e.GetProperty("gpu"u8).GetString()!, e.GetProperty("reason"u8).GetString()!))]);
    }
}
