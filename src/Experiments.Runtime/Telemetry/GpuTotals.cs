namespace Experiments.Runtime.Telemetry;

/// <summary>What a GPU did for an attempt between two readings.</summary>
/// <param name="Joules">Energy; <see langword="null"/>: not known.</param>
/// <param name="Elapsed">Time between the readings.</param>
/// <param name="UtilizationPercent">Utilisation, 0 to 100; <see langword="null"/>: not known.</param>
/// <param name="MemoryMiB">Memory it has now; <see langword="null"/>: not known.</param>
/// <param name="Watts">Its part of the power now; <see langword="null"/>: not known.</param>
/// <param name="IsEstimated">Whether it is a part of what the card did for several.</param>
internal readonly record struct GpuShare(double? Joules, TimeSpan Elapsed, double? UtilizationPercent, double? MemoryMiB, double? Watts, bool IsEstimated);

/// <summary>What a GPU has done for an attempt.</summary>
internal sealed class GpuTotals
{
    private double _utilizationSeconds;
    private double _seconds;

    /// <summary>Energy in joules; <see langword="null"/>: not known.</summary>
    public double? Joules { get; private set; }

    /// <summary>Utilisation when last read, 0 to 100.</summary>
    public double? Utilization { get; private set; }

    /// <summary>Mean utilisation, 0 to 100.</summary>
    public double? MeanUtilization => _seconds > 0 ? _utilizationSeconds / _seconds : Utilization;

    /// <summary>Power when last read, in watts.</summary>
    public double? Watts { get; private set; }

    /// <summary>Memory when last read, in GiB.</summary>
    public double MemoryGiB { get; private set; }

    /// <summary>The most memory, in GiB.</summary>
    public double MemoryPeakGiB { get; private set; }

    /// <summary>Adds what it did since the last reading.</summary>
    public void Add(GpuShare share)
    {
        if (share.Joules is { } joules)
            Joules = (Joules ?? 0) + joules;
        if (share.UtilizationPercent is { } percent)
        {
            Utilization = percent;
            _utilizationSeconds += percent * share.Elapsed.TotalSeconds;
            _seconds += share.Elapsed.TotalSeconds;
        }

        Watts = share.Watts ?? Watts;
        MemoryGiB = share.MemoryMiB / 1024.0 ?? MemoryGiB;
        MemoryPeakGiB = Math.Max(MemoryPeakGiB, MemoryGiB);
    }
}
