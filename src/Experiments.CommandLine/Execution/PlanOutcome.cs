using Experiments.Registry;

namespace Experiments.CommandLine;

/// <summary>What became of a plan.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Submitted">What submitting it did.</param>
/// <param name="Runs">Its runs as they are now, in the order of the plan; none when all were done before and only that is to be told.</param>
/// <param name="Elapsed">How long it took here.</param>
/// <param name="Interrupted">Whether it was stopped before the end.</param>
internal sealed record PlanOutcome(Plan Plan, SubmitReport Submitted, IReadOnlyList<RunRecord> Runs, TimeSpan Elapsed, bool Interrupted)
{
    /// <summary>130 when interrupted, 1 when a run failed or could not be brought to its end, else 0.</summary>
    public ExitCode ExitCode => Interrupted ? ExitCode.Interrupted
        : Runs.All(r => r.Status == RunStatus.Completed) ? ExitCode.Success
        : ExitCode.RunFailed;

    public int Count(RunStatus status) => Runs.Count(r => r.Status == status);
}
