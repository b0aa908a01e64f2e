namespace Experiments;

/// <summary>How long one run of this experiment is expected to take. Hovering over a sweep and <c>plan</c> show what it costs: runs × this × GPUs.</summary>
/// <param name="duration">A duration such as <c>90s</c>, <c>30m</c>, <c>12h</c> or <c>2d</c>.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class EstimateAttribute(string duration) : Attribute
{
    /// <summary>The duration as declared.</summary>
    public string Duration { get; } = duration;
}

/// <summary>The GPU-hours that the runs of this sweep may take together. A sweep whose estimate is above does not compile.</summary>
/// <param name="gpuHours">GPU-hours, above 0.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class BudgetAttribute(double gpuHours) : Attribute
{
    /// <summary>The GPU-hours.</summary>
    public double GpuHours { get; } = gpuHours;
}
