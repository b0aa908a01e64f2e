using System.Text.Json;
using Experiments.Registry;

namespace Experiments.CommandLine;

/// <summary>Runs as JSON: the shape of <c>list</c> and <c>leaderboard</c>, and the beginning of <c>show</c>.</summary>
internal static class RunJson
{
    /// <summary>An array of runs.</summary>
    public static void Write(Utf8JsonWriter json, IEnumerable<RunRecord> runs)
    {
        json.WriteStartArray();
        foreach (var run in runs)
        {
            json.WriteStartObject();
            WriteProperties(json, run, j => j.WriteNumberValue(run.Attempts));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>The properties of one run.</summary>
    /// <param name="json">Where, inside an object.</param>
    /// <param name="run">The run.</param>
    /// <param name="attempts">Writes its attempts: their number, or each of them.</param>
    public static void WriteProperties(Utf8JsonWriter json, RunRecord run, Action<Utf8JsonWriter> attempts)
    {
        json.WriteString("id"u8, run.Id);
        json.WriteString("experiment"u8, run.Experiment);
        json.WriteString("status"u8, Looks.Of(run.Status).Text);
        json.WritePropertyName("attempts"u8);
        attempts(json);
        json.WriteNumber("priority"u8, run.Priority);
        json.WriteStrings("tags", run.Tags);
        json.WriteMetrics("metrics", run.Metrics.Where(m => !SystemMetrics.Has(m.Key)));
        if (run.Metrics.Keys.Any(SystemMetrics.Has))
            json.WriteMetrics("system", run.Metrics.Where(m => SystemMetrics.Has(m.Key)).Select(m => KeyValuePair.Create(m.Key[SystemMetrics.Prefix.Length..], m.Value)));
        json.WriteTime("created", run.Created);
        json.WriteTime("started", run.Started);
        json.WriteTime("ended", run.Ended);
        json.WriteString("category"u8, run.Category);
    }
}
