namespace Experiments;

/// <summary>The GPUs one attempt of this experiment needs. Without it a run needs none and takes a CPU slot.</summary>
/// <param name="count">Number of GPUs, 0 or more.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class GpuAttribute(int count) : Attribute
{
    /// <summary>Number of GPUs.</summary>
    public int Count { get; } = count;

    /// <summary>Memory an attempt needs on each GPU, in GiB. Default 0: not declared.</summary>
    public double MemoryGiB { get; init; }
}

/// <summary>How often a run is tried again after a failure that may pass by itself. Configuration errors are never retried.</summary>
/// <param name="limit">Retries after the first attempt, 0 or more. Without the attribute: 0.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class RetryAttribute(int limit) : Attribute
{
    /// <summary>Retries after the first attempt.</summary>
    public int Limit { get; } = limit;

    /// <summary>Base of the exponential backoff: the wait before retry <c>n</c> is <c>BackoffBase ** n</c> seconds. Default 2.</summary>
    public double BackoffBase { get; init; } = 2;
}

/// <summary>The longest one attempt may take; then it is stopped and counts as timed out.</summary>
/// <param name="duration">A duration such as <c>90s</c>, <c>30m</c>, <c>12h</c> or <c>2d</c>.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class TimeoutAttribute(string duration) : Attribute
{
    /// <summary>The duration as declared.</summary>
    public string Duration { get; } = duration;
}

/// <summary>What happens to this numeric property when an attempt runs out of memory; all remedies of an experiment are applied together.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OnOutOfMemoryAttribute : Attribute
{
    /// <summary>The factor the value is multiplied with.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>The smallest value the remedy may reach. Default: no bound.</summary>
    public double Min { get; init; } = double.NegativeInfinity;

    /// <summary>The largest value the remedy may reach. Default: no bound.</summary>
    public double Max { get; init; } = double.PositiveInfinity;
}
