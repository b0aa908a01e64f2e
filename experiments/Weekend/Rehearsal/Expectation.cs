using System.Text.Json;
using Experiments;
using Experiments.Registry;

namespace Weekend.Rehearsal;

/// <summary>What must become of the runs of one kind.</summary>
/// <param name="Kind">What their ids begin with.</param>
/// <param name="Status">Their state in the end.</param>
/// <param name="Failures">How many of their attempts fail.</param>
/// <param name="FailuresMax">The most, where time decides.</param>
/// <param name="Category">As what.</param>
internal sealed record Expectation(string Kind, RunStatus Status, int Failures, int FailuresMax, FailureCategory Category)
{
    public static Expectation Of(string runId) => All.Single(e => runId.StartsWith(e.Kind, StringComparison.Ordinal));

    /// <summary>All kinds.</summary>
    public static IReadOnlyList<Expectation> All { get; } =
    [
        .. Enum.GetValues<Trouble>().Select(Of),
        // How often it looks before there is space is a matter of time.
        new($"archive/{Archives.Small}_", RunStatus.Completed, 1, 5, FailureCategory.DiskFull),
        new($"archive/{Archives.Large}_", RunStatus.Failed, 6, 6, FailureCategory.DiskFull),
    ];

    /// <summary>What people call it.</summary>
    public string Name => Kind.TrimEnd('/', '_');

    /// <summary>For people.</summary>
    public string Text
    {
        get
        {
            var times = Failures == FailuresMax ? $"{Failures}" : $"{Failures} to {FailuresMax}";
            return Failures == 0 ? "completed at once" : $"{Status.ToString().ToLowerInvariant()} after {times} × {Category.Text()}";
        }
    }

    /// <summary>What is wrong with a run; nothing when all is as expected.</summary>
    public IEnumerable<string> Problems(RunDetails details)
    {
        var run = details.Run;
        // Nothing ran in an attempt that was lost: its worker was killed before it could start it.
        var attempts = details.Attempts.Where(a => a.Outcome != AttemptOutcome.Lost).ToList();
        var failed = attempts.Where(a => a.Outcome != AttemptOutcome.Succeeded).ToList();
        var story = string.Join(", ", attempts.Select(a => a.Category ?? a.Outcome.ToString().ToLowerInvariant()));
        if (run.Status != Status)
            yield return $"`{run.Id}`: {run.Status} rather than {Status}: {story}";
        else if (failed.Count < Failures || failed.Count > FailuresMax || failed.Any(a => a.Category != Category.Text()))
            yield return $"`{run.Id}`: expected `{Text}`, got: {story}";
        else if (Status == RunStatus.Failed && run.Category != Category.Text())
            yield return $"`{run.Id}`: failed as {run.Category} rather than {Category.Text()}";

        if (run.Experiment != "training" || Category is not (FailureCategory.OutOfMemory or FailureCategory.HostOutOfMemory))
            yield break;
        var batches = attempts.Select(a => Batch(a.Config ?? run.Config)).ToList();
        if (batches.Any(b => b.Size * b.Steps != 64) || !batches.Select(b => b.Size).SequenceEqual(((int[])[64, 32, 16, 8, 4]).Take(attempts.Count)))
            yield return $"`{run.Id}`: expected the batch to be halved and the effective one to stay 64, got {string.Join(", ", batches.Select(b => $"{b.Size} × {b.Steps}"))}";
        if (Status == RunStatus.Failed && run.Message?.EndsWith("no remedy is left: batch_size 64 → 32 → 16 → 8 → 4, accumulation_steps 1 → 2 → 4 → 8 → 16", StringComparison.Ordinal) != true)
            yield return $"`{run.Id}`: expected its message to have the whole ladder, got `{run.Message}`";
    }

    private static Expectation Of(Trouble trouble)
    {
        var (status, failures, category) = trouble switch
        {
            Trouble.CudaOom => (RunStatus.Completed, 2, FailureCategory.OutOfMemory),
            Trouble.CudaOomAlways => (RunStatus.Failed, 5, FailureCategory.OutOfMemory),
            Trouble.HostOom => (RunStatus.Completed, 2, FailureCategory.HostOutOfMemory),
            Trouble.HostOomAlways => (RunStatus.Failed, 5, FailureCategory.HostOutOfMemory),
            Trouble.Hang or Trouble.DeafHang => (RunStatus.Completed, 1, FailureCategory.Stall),
            Trouble.Segfault => (RunStatus.Completed, 1, FailureCategory.Crash),
            Trouble.SegfaultAlways => (RunStatus.Failed, 4, FailureCategory.Crash),
            Trouble.NcclTimeout => (RunStatus.Completed, 1, FailureCategory.Communication),
            Trouble.NcclTimeoutAlways => (RunStatus.Failed, 5, FailureCategory.Communication),
            Trouble.Flaky => (RunStatus.Completed, 1, FailureCategory.Unknown),
            Trouble.Broken => (RunStatus.Failed, 4, FailureCategory.Unknown),
            Trouble.Refused => (RunStatus.Failed, 1, FailureCategory.Configuration),
            _ => (RunStatus.Completed, 0, FailureCategory.Unknown),
        };
        return new Expectation(JsonNamingPolicy.SnakeCaseLower.ConvertName(trouble.ToString()) + "/", status, failures, failures, category);
    }

    private static (int Size, int Steps) Batch(string config)
    {
        using var json = JsonDocument.Parse(config);
        return (json.RootElement.GetProperty("batch_size").GetInt32(), json.RootElement.GetProperty("accumulation_steps").GetInt32());
    }
}
