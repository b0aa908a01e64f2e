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

/// <summary>The longest one attempt may take; then it is stopped and counts as timed out.</summary>
/// <param name="duration">A duration such as <c>90s</c>, <c>30m</c>, <c>12h</c> or <c>2d</c>.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class TimeoutAttribute(string duration) : Attribute
{
    /// <summary>The duration as declared.</summary>
    public string Duration { get; } = duration;
}
