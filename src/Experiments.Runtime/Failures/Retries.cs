using Experiments.Registry;

namespace Experiments.Runtime.Failures;

/// <summary>What becomes of a run whose attempt failed.</summary>
internal static class Retries
{
    /// <summary>Attempts lost one after the other before the run is given up: it probably kills its workers.</summary>
    public const int LossesMax = 3;

    private const double JitterFraction = 0.1;

    /// <summary>The end of an attempt that failed or timed out.</summary>
    /// <param name="run">The attempt's claim.</param>
    /// <param name="category">Why it failed.</param>
    /// <param name="random">Where jitter comes from.</param>
    /// <returns>The end, without exit status and message.</returns>
    public static AttemptEnd Decide(ClaimedRun run, FailureCategory category, Random random)
    {
        var retry = run.Failures + 1;
        var again = category != FailureCategory.Configuration && retry <= run.Experiment.Retry.Limit;
        return new AttemptEnd
        {
            Outcome = category == FailureCategory.Timeout ? AttemptOutcome.TimedOut : AttemptOutcome.Failed,
            Next = again ? RunStatus.Pending : RunStatus.Failed,
            Category = category.Text(),
            Delay = again ? Backoff(run.Experiment.Retry, retry, random) : TimeSpan.Zero,
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
            Message = givenUp ? $"its worker was lost {LossesMax} times in a row while executing it" : "ended while no worker watched",
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
