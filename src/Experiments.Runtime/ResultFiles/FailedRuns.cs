using System.Globalization;
using System.Text.Json;
using Experiments.Registry;

namespace Experiments.Runtime.ResultFiles;

/// <summary><c>failed.csv</c> in the results root: a line for each run that failed for good, for spreadsheets. The registry knows more.</summary>
internal static class FailedRuns
{
    /// <summary>The file's name.</summary>
    public const string File = "failed.csv";

    /// <summary>Keys under which configurations name their model.</summary>
    private static readonly string[] ModelKeys = ["model_name", "model", "model_id", "architecture"];

    /// <summary>Appends the line of a run.</summary>
    /// <exception cref="IOException">The file system refused.</exception>
    public static Task AppendAsync(ResultsRoot root, ClaimedRun run, AttemptEnd end, DateTimeOffset now) => TaskTable.AppendAsync(Path.Combine(root.Directory, File), ["timestamp", "experiment_id", "attempt"],
    [
        ("timestamp", now.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture)),
        ("experiment_id", run.RunId),
        ("config_name", run.Experiment.Name),
        ("model_name", Model(run.Config)),
        ("error_message", end.Message ?? ""),
        ("category", end.Category ?? ""),
        ("attempt", run.Attempt.ToString(CultureInfo.InvariantCulture)),
    ]);

    private static string Model(ReadOnlyMemory<byte> config)
    {
        using var json = JsonDocument.Parse(config);
        foreach (var key in ModelKeys)
        {
            if (json.RootElement.TryGetProperty(key, out var model) && model.ValueKind == JsonValueKind.String)
                return model.GetString()!;
        }

        return "";
    }
}
