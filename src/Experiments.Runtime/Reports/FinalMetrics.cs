using System.Text.Json;
using Experiments.Registry;

namespace Experiments.Runtime.Reports;

/// <summary>The final <c>metrics.json</c> that a trainer may leave: <c>{"val_acc":0.95}</c> or <c>{"metrics":{"val_acc":0.95}}</c>.</summary>
internal static class FinalMetrics
{
    /// <summary>Name of the file, in the attempt's directory.</summary>
    public const string FileName = "metrics.json";

    private const int BytesMax = 16 * 1024 * 1024;

    /// <summary>Reads the file, if there is one.</summary>
    /// <param name="directory">The attempt's directory.</param>
    /// <param name="now">The time given to its values.</param>
    public static ReportBatch? Read(string directory, DateTimeOffset now)
    {
        var file = new FileInfo(Path.Combine(directory, FileName));
        if (!file.Exists)
            return null;
        var batch = new ReportBatch();
        var bytes = file.Length <= BytesMax ? File.ReadAllBytes(file.FullName) : [];
        using var document = EventLine.Parse(bytes);
        if (document is null || document.RootElement.ValueKind != JsonValueKind.Object)
        {
            EventLine.AddMalformed(bytes, $"expected `{FileName}` to be a JSON object of at most {BytesMax} bytes", now, batch);
            return batch;
        }

        var metrics = document.RootElement.TryGetProperty("metrics", out var inner) && inner.ValueKind == JsonValueKind.Object ? inner : document.RootElement;
        foreach (var metric in metrics.EnumerateObject())
        {
            // Trainers put notes and lists into this file as well; only numbers are metrics.
            if (metric.Value.ValueKind is not (JsonValueKind.True or JsonValueKind.False) && EventLine.TryReadNumber(metric.Value, out var value))
                batch.Points.Add(new MetricPoint(metric.Name, null, value, now));
        }

        return batch;
    }
}
