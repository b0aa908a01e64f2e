using Experiments.Registry;

namespace Experiments.Runtime.Reports;

/// <summary>What an attempt reported since the last reading.</summary>
internal sealed class ReportBatch
{
    /// <summary>Metric values, in order.</summary>
    public List<MetricPoint> Points { get; } = [];

    /// <summary>Metric values that single ranks reported, in order.</summary>
    public List<(int Rank, MetricPoint Point)> RankPoints { get; } = [];

    /// <summary>Events, in order.</summary>
    public List<RunEvent> Events { get; } = [];

    /// <summary>How far the attempt is, 0 to 1; <see langword="null"/> when it did not say.</summary>
    public double? Progress { get; set; }

    /// <summary>Bytes of the file read so far, this batch included.</summary>
    public long Offset { get; set; }

    /// <summary>Whether there is nothing to record.</summary>
    public bool IsEmpty => Points.Count == 0 && Events.Count == 0;
}
