using Experiments;

[assembly: FailureRule("^Lustre: .* was evicted", FailureCategory.NodeFailure)]

namespace Fragile;

/// <summary>Does not fit into memory with its declared batch.</summary>
[Experiment("large", Id = "large/need{Fits}")]
[Entrypoint("trainers/large.sh")]
[Invariant(nameof(BatchSize), nameof(AccumulationSteps))]
[Checkpoints(KeepLast = 2)]
public sealed partial record Large
{
    [OnOutOfMemory(Scale = 0.5, Min = 8)] public int BatchSize { get; init; } = 64;
    [OnOutOfMemory(Scale = 2)] public int AccumulationSteps { get; init; } = 1;

    /// <summary>The largest batch that fits.</summary>
    public int Fits { get; init; } = 16;

    public sealed partial record Results
    {
        [Metric(Goal.Maximize)] public double Score { get; init; }
    }
}

/// <summary>Hangs, the first time.</summary>
[Experiment("hanging", Id = "hanging")]
[Entrypoint("trainers/hanging.sh", Arguments = ArgumentStyle.None)]
[Stall("2s"), Retry(FailureCategory.Stall, 1), Retry(0, BackoffBase = 0.1)]
public sealed partial record Hanging;

/// <summary>Is let down by its file system, the first time.</summary>
[Experiment("evicted", Id = "evicted")]
[Entrypoint("trainers/evicted.sh", Arguments = ArgumentStyle.None)]
[Retry(0, BackoffBase = 0.1)]
public sealed partial record Evicted;

/// <summary>Saves a checkpoint an epoch, and fails.</summary>
[Experiment("saving", Id = "saving")]
[Entrypoint("trainers/saving.sh", Arguments = ArgumentStyle.None)]
[Checkpoints(KeepLast = 3)]
public sealed partial record Saving;
