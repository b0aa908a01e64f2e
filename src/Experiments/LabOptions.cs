namespace Experiments;

/// <summary>What a <see cref="Lab"/> may use of this machine, as the options of <c>run</c> say it.</summary>
public sealed record LabOptions
{
    /// <summary>GPUs to use, by index (<c>0</c>), MIG instance (<c>0:1</c>) or identifier; <see langword="null"/> (default): those of <c>CUDA_VISIBLE_DEVICES</c>, else all; empty: none.</summary>
    public IReadOnlyList<string>? Gpus { get; init; }

    /// <summary>Runs that may share a GPU, as far as its memory goes. Default 1.</summary>
    public int PerGpu { get; init; } = 1;

    /// <summary>Use GPUs that other processes use, as far as their memory goes. Default no.</summary>
    public bool ShareGpus { get; init; }

    /// <summary>How often energy, memory, utilisation and I/O of runs are measured. Default 5 s; zero: never.</summary>
    public TimeSpan Telemetry { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>kg of CO₂ equivalents a kWh of electricity emits; <see langword="null"/> (default): <c>EXP_GRID_FACTOR</c>, else 0.473, the world's average of 2024.</summary>
    public double? GridFactor { get; init; }

    /// <summary>Runs at a time on the CPU; <see langword="null"/> (default): one per processor where there is no GPU.</summary>
    public int? Slots { get; init; }

    /// <summary>Time a run gets to save its state when it must stop. Default 30 s.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Show progress on the terminal, or as lines on standard error where there is none. Default: <see langword="true"/>.</summary>
    public bool ShowProgress { get; init; } = true;
}
