namespace Experiments;

/// <summary>
/// Which entries of a run's checkpoint directory are kept; the others are deleted while the run goes on. Without the attribute: all. What
/// another run may need is never deleted.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class CheckpointsAttribute : Attribute
{
    /// <summary>How many of the newest are kept, 1 or more. Default 3.</summary>
    public int KeepLast { get; init; } = 3;

    /// <summary>How many of those are kept besides at which the primary metric was best, 0 or more. Default 0.</summary>
    public int KeepBest { get; init; }
}
