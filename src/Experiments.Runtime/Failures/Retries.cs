using Experiments.Registry;

namespace Experiments.Runtime.Failures;

/// <summary>What becomes of a run whose attempt failed.</summary>
internal static class Retries
{
    /// <summary>Attempts lost one after the other before the run is put into quarantine: it probably kills its workers.</summary>
    public const int LossesMax = 3;

    /// <summary>How often a run is queued again for what is not its fault, unless its category has a number of its own.</summary>
    public const int RequeuesMax = 5;

    private const double JitterFraction = 0.1;

    /// <summary>What a category's failures lead to, unless a rule says otherwise.</summary>
    public static FailureAction ActionOf(FailureCategory category) => category switch
    {
        FailureCategory.Configuration => FailureAction.Fail,
        FailureCategory.OutOfMemory or FailureCategory.HostOutOfMemory => FailureAction.Remedy,
        FailureCategory.NodeFailure or FailureCategory.DiskFull => FailureAction.Requeue,
        _ => FailureAction.Retry,
    };

    /// <summary>The end of an attempt that failed or was stopped for taking too long.</summary>
    /// <param name="run">The attempt's claim.</param>
    /// <param name="failure">Why it failed.</param>
    /// <param name="earlier">The attempts of the run that count already, since it was last queued by somebody.</param>
    /// <param name="random">Where jitter comes from.</param>
    /// <returns>The end, without exit status.</returns>
    public static AttemptEnd Decide(ClaimedRun run, Failure failure, IReadOnlyList<AttemptRecord> earlier, Random random)
    {
        var end = new AttemptEnd
        {
            Outcome = failure.Category is FailureCategory.Timeout or FailureCategory.Stall ? AttemptOutcome.TimedOut : AttemptOutcome.Failed,
            Next = RunStatus.Failed,
            Category = failure.Category.Text(),
            Message = failure.Message,
        };
        var action = failure.Action ?? ActionOf(failure.Category);
        if (action == FailureAction.Remedy && new Ladder(run.Experiment, run.Declared) is { IsEmpty: false } ladder)
            return Remedied(end, ladder, run);
        if (action == FailureAction.Fail)
            return end;

        var policy = run.Experiment.Retry;
        var own = policy.Budgets.FirstOrDefault(b => b.Category == failure.Category);
        var isRequeue = action == FailureAction.Requeue;
        var used = own is not null ? earlier.Count(a => a.Category == end.Category)
            : earlier.Count(a => a.Requeued == isRequeue && policy.Budgets.All(b => b.Category.Text() != a.Category));
        var again = used < (own?.Limit ?? (isRequeue ? RequeuesMax : policy.Limit));
        return end with
        {
            Next = again ? RunStatus.Pending : RunStatus.Failed,
            Requeued = isRequeue,
            Delay = again ? Backoff(policy, used + 1, random) : TimeSpan.Zero,
        };
    }

    /// <summary>The end of an attempt whose ending nobody saw.</summary>
    /// <param name="lossesBefore">Attempts of the run directly before this one that were lost too.</param>
    public static AttemptEnd Lost(int lossesBefore)
    {
        var givenUp = lossesBefore + 1 >= LossesMax;
        return new AttemptEnd
        {
            Outcome = AttemptOutcome.Lost,
            Next = givenUp ? RunStatus.Failed : RunStatus.Pending,
            Category = givenUp ? FailureCategory.WorkerLost.Text() : null,
            Message = givenUp ? $"quarantined: its worker was lost {LossesMax} times in a row while executing it; `retry` releases it" : "ended while no worker watched",
            Counts = false,
        };
    }

    private static AttemptEnd Remedied(AttemptEnd end, Ladder ladder, ClaimedRun run)
    {
        var next = ladder.After(run.Config, out var step);
        var why = end.Message!.TrimEnd('.');
        return end with
        {
            Next = next is null ? RunStatus.Failed : RunStatus.Pending,
            Message = next is null ? $"{why}; {step}" : $"{why}; next with {step}",
            // Whoever queues it again has changed something else, such as the GPU: it begins anew.
            NextConfig = next ?? run.Declared,
            Counts = false,
        };
    }

    private static TimeSpan Backoff(RetryPolicy policy, int retry, Random random)
    {
        // A day at most, whatever the base: later retries would never come.
        var seconds = Math.Min(Math.Pow(policy.BackoffBase, retry), TimeSpan.FromDays(1).TotalSeconds);
        return TimeSpan.FromSeconds(seconds * (1 + (JitterFraction * ((2 * random.NextDouble()) - 1))));
    }
}
