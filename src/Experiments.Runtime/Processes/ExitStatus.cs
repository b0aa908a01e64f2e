namespace Experiments.Runtime.Processes;

/// <summary>How a process ended.</summary>
/// <param name="ExitCode">Exit code; <see langword="null"/> when a signal killed it or nobody knows.</param>
/// <param name="Signal">Signal that killed it; <see langword="null"/> when it exited or nobody knows.</param>
internal readonly record struct ExitStatus(int? ExitCode, int? Signal)
{
    /// <summary>It ended, but nobody saw how.</summary>
    public static ExitStatus Unknown => default;

    /// <summary>Whether anybody saw how it ended.</summary>
    public bool IsKnown => ExitCode is not null || Signal is not null;
}
