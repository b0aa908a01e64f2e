using System.Diagnostics;
using Experiments.Registry;
using Experiments.Runtime;

namespace Experiments.CommandLine;

/// <summary>Works on a submitted plan here until nothing of it is left to do: what <c>run</c> and <c>Lab</c> have in common.</summary>
internal static class PlanExecution
{
    /// <summary>Executes a submitted plan.</summary>
    public static async Task<PlanOutcome> RunAsync(
        IRegistry registry, ResultsRoot root, Plan plan, SubmitReport submitted, WorkerOptions options, Terminal terminal, bool toError, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        var interrupted = false;
        List<string> expected = [.. submitted.Added, .. submitted.Requeued, .. submitted.Waiting];
        // Done already: no worker, no keeper, no process.
        if (expected.Count > 0)
        {
            options = options with { Drain = true, Collection = submitted.Collection };
            interrupted = (await WatchedWorker.RunAsync(registry, root, options, expected, terminal, toError, cancel).ConfigureAwait(false)).Interrupted;
        }

        var records = (await registry.ListAsync(new RunFilter { Ids = [.. plan.Runs.Select(r => r.Id)] }, CancellationToken.None).ConfigureAwait(false)).ToDictionary(r => r.Id);
        return new PlanOutcome(plan, submitted, [.. plan.Runs.Where(r => records.ContainsKey(r.Id)).Select(r => records[r.Id])], clock.Elapsed, interrupted);
    }
}
