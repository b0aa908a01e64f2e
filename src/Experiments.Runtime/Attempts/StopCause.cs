namespace Experiments.Runtime.Attempts;

/// <summary>Why an attempt is stopped before its process ends by itself. A later cause replaces an earlier one only when it is larger.</summary>
internal enum StopCause
{
    /// <summary>It isn't.</summary>
    None,

    /// <summary>The worker stops.</summary>
    Preempted,

    /// <summary>It has neither printed nor reported anything for longer than allowed.</summary>
    Stalled,

    /// <summary>It takes longer than allowed.</summary>
    TimedOut,

    /// <summary>Somebody cancelled the run.</summary>
    Cancelled,

    /// <summary>The run belongs to another attempt now: killed at once, and nothing is written.</summary>
    Stale,
}
