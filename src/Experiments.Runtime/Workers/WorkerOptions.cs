namespace Experiments.Runtime;

/// <summary>What a worker uses and when it stops.</summary>
public sealed record WorkerOptions
{
    /// <summary>
    /// GPUs to use, by index (<c>0</c>), MIG instance (<c>0:1</c>) or identifier (<c>GPU-…</c>, <c>MIG-…</c>, or its beginning);
    /// <see langword="null"/>: those of <c>CUDA_VISIBLE_DEVICES</c>, else all that the inventory finds; empty: none.
    /// </summary>
    public IReadOnlyList<string>? Gpus { get; init; }

    /// <summary>Attempts that may share a GPU, as far as its memory goes. Default 1.</summary>
    public int PerGpu { get; init; } = 1;

    /// <summary>Whether to use GPUs that other processes use, as far as their memory goes. Default no.</summary>
    public bool ShareGpus { get; init; }

    /// <summary>CPU slots; <see langword="null"/>: one per processor when there is no GPU, else none besides the GPUs' own.</summary>
    public int? Slots { get; init; }

    /// <summary>Stop claiming after this time; <see langword="null"/>: never.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>End when nothing is left that this worker could ever claim (other workers' runs are waited for when their outcome can make more claimable).</summary>
    public bool Drain { get; init; }

    /// <summary>Only runs of this collection; <see langword="null"/>: all.</summary>
    public long? Collection { get; init; }

    /// <summary>Time between SIGTERM and SIGKILL for an attempt that must stop. Default 30 s.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often the energy, memory, utilisation and I/O of attempts are measured. Default 5 s; zero: never.</summary>
    public TimeSpan Telemetry { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>kg of CO₂ equivalents a kWh of electricity emits. Default: <c>EXP_GRID_FACTOR</c>, else 0.473, the world's average of 2024 (Ember, Global Electricity Review 2025).</summary>
    public double? GridFactor { get; init; }

    /// <summary>Free space on the disk of the results below which nothing is started, in GiB. Default: 1, or 5 % of a smaller disk than 20 GiB.</summary>
    public double? MinFreeDiskGiB { get; init; }

    /// <summary>Available memory below which nothing is started, in GiB. Default: 0.5, or 5 % of less memory than 10 GiB.</summary>
    public double? MinFreeMemoryGiB { get; init; }

    internal const double DefaultMinFreeDiskGiB = 1;

    internal const double DefaultMinFreeMemoryGiB = 0.5;

    /// <summary>How often leases are renewed and stop orders asked for. Default 2 s.</summary>
    public TimeSpan Heartbeat { get; init; } = TimeSpan.FromSeconds(2);
}

/// <summary>What a worker did.</summary>
/// <param name="Completed">Runs completed by it.</param>
/// <param name="Failed">Runs that failed for good.</param>
/// <param name="Interrupted">Whether it was asked to stop.</param>
public sealed record WorkerReport(int Completed, int Failed, bool Interrupted);
