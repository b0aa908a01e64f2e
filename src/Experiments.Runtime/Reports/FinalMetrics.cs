using System.Globalization;
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
        return file.Exists ? Read(file, now) : null;
    }

    /// <summary>Reads the files of single ranks, <c>metrics.rank3.json</c>, in the order of the ranks.</summary>
    /// <param name="directory">The attempt's directory.</param>
    /// <param name="now">The time given to their values.</param>
    public static IEnumerable<(int Rank, ReportBatch Batch)> ReadRanks(string directory, DateTimeOffset now)
    {
        if (!Directory.Exists(directory))
            yield break;
        var files = new DirectoryInfo(directory).EnumerateFiles("metrics.rank*.json")
            .Select(f => (File: f, Rank: int.TryParse(f.Name["metrics.rank".Length..^".json".Length], NumberStyles.None, CultureInfo.InvariantCulture, out var rank) ? rank : -1))
            .Where(f => f.Rank is >= 0 and <= EventLine.RankMax)
            .OrderBy(f => f.Rank);
        foreach (var (file, rank) in files)
            yield return (rank, Read(file, now));
    }

    private static ReportBatch Read(FileInfo file, DateTimeOffset now)
    {
        var batch = new ReportBatch();
        // What has no length may be a pipe, which would block who reads it.
        var bytes = file.Length is > 0 and <= BytesMax ? File.ReadAllBytes(file.FullName) : [];
        using var document = EventLine.Parse(bytes);
        if (document is null || document.RootElement.ValueKind != JsonValueKind.Object)
        {
            EventLine.AddMalformed(bytes, $"expected `{file.Name}` to be a JSON object of at most {BytesMax} bytes", now, batch);
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
