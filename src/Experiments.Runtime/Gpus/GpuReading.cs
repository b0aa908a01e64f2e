namespace Experiments.Runtime;

/// <summary>What a GPU does at a moment. What the driver does not tell is <see langword="null"/>.</summary>
/// <param name="Gpu">Which GPU.</param>
public sealed record GpuReading(Gpu Gpu)
{
    /// <summary>Memory in use, by anybody, in MiB; what the driver keeps for itself is not counted where it says so.</summary>
    public long? UsedMiB { get; init; }

    /// <summary>How much of the last moments (up to a second) something was computed, 0 to 100.</summary>
    public double? UtilizationPercent { get; init; }

    /// <summary>Processes that compute on it.</summary>
    public IReadOnlyList<GpuProcess>? Processes { get; init; }

    /// <summary>Power drawn, in watts.</summary>
    public double? PowerWatts { get; init; }

    /// <summary>Energy used since the driver was loaded, in joules. It only grows, until the driver is loaded anew.</summary>
    public double? EnergyJoules { get; init; }

    /// <summary>Whether power and energy are this instance's part of its card's, by memory, because only the card has a meter.</summary>
    public bool IsShareOfCard { get; init; }

    /// <summary>Why nothing can be computed on it, such as memory errors or a card that fell off the bus; <see langword="null"/>: it is healthy.</summary>
    public string? Problem { get; init; }
}

/// <summary>A process that computes on a GPU.</summary>
/// <param name="Pid">Process id, as this process sees it.</param>
/// <param name="MemoryMiB">GPU memory it uses, in MiB; <see langword="null"/>: unknown.</param>
/// <param name="UtilizationPercent">Its part of the utilisation, 0 to 100; <see langword="null"/>: unknown.</param>
public sealed record GpuProcess(int Pid, long? MemoryMiB = null, double? UtilizationPercent = null);
