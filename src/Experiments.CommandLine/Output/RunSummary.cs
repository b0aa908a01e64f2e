using Experiments.Registry;

namespace Experiments.CommandLine;

/// <summary>How <c>run</c> ends: the failures with their last words and where to read on, then one line on all.</summary>
internal static class RunSummary
{
    private const int FailuresShown = 10;

    /// <summary>Writes it.</summary>
    public static void Write(Session session, PlanOutcome outcome, Ranking? ranking, RunRecord? best)
    {
        WriteFailures(session, outcome);
        WriteUnfinished(session, outcome);
        session.Terminal.WriteLine(Line(outcome, ranking, best));
    }

    private static void WriteFailures(Session session, PlanOutcome outcome)
    {
        var terminal = session.Terminal;
        var failed = outcome.Runs.Where(r => r.Status == RunStatus.Failed).ToList();
        if (failed.Count == 0)
            return;
        terminal.WriteLine($"{Words.Count(failed.Count, "run")} failed:");
        foreach (var run in failed.Take(FailuresShown))
        {
            terminal.Console.Write(new StyledLine().Add($"  {run.Id}", Looks.Bad).Add($"  {run.Category ?? "unknown"}{(run.Message is { Length: > 0 } words ? $": {words}" : "")}"));
            terminal.Console.Write(new StyledLine().Add($"    {Paths.FromHere(session.Root.Run(run.Id).Log(run.Attempts))}", Looks.Quiet));
        }

        if (failed.Count > FailuresShown)
            terminal.WriteLine($"  and {failed.Count - FailuresShown} more: `list {outcome.Plan.Target} --status failed`");
        terminal.WriteLine();
    }

    /// <summary>Runs that nothing here could bring to their end, and why.</summary>
    private static void WriteUnfinished(Session session, PlanOutcome outcome)
    {
        if (outcome.Interrupted)
            return;
        var blocked = outcome.Runs.Where(r => r is { Status: RunStatus.Pending, BlockedBy: not null }).ToList();
        if (blocked.Count > 0)
            session.Terminal.WriteLine($"{Words.Count(blocked.Count, "run")} blocked: {Reasons(blocked)}\n");
        var waiting = outcome.Runs.Where(r => r is { Status: RunStatus.Pending, BlockedBy: null }).Select(r => r.Id).ToHashSet();
        if (waiting.Count > 0)
        {
            var gpus = outcome.Plan.Runs.Where(r => waiting.Contains(r.Id)).Max(r => r.Experiment.Resources.Gpus);
            session.Terminal.WriteLine($"{Words.Count(waiting.Count, "run")} still pending{(gpus > 0 ? $": they need {Words.Count(gpus, "GPU")}, which this worker does not have (see `--gpus`)" : "")}\n");
        }
    }

    /// <summary>The line on all.</summary>
    public static string Line(PlanOutcome outcome, Ranking? ranking, RunRecord? best)
    {
        var total = outcome.Plan.Runs.Length;
        if (outcome.Submitted.Done.Count == total)
            return $"{Words.Count(total, "run")} done already, skipped";
        var completed = outcome.Count(RunStatus.Completed);
        if (outcome.Interrupted)
            return $"interrupted: {Words.Number(completed)} of {Words.Count(total, "run")} completed; the same command goes on from here";
        var failed = outcome.Count(RunStatus.Failed);
        var head = completed == total ? $"{Words.Count(total, "run")} completed" : $"{Words.Number(completed)} of {Words.Count(total, "run")} completed";
        if (failed > 0)
            head += $", {Words.Number(failed)} failed";
        if (outcome.Count(RunStatus.Running) is > 0 and var elsewhere)
            head += $", {Words.Number(elsewhere)} running elsewhere";
        head += $" in {Words.Duration(outcome.Elapsed)}";
        return best is not null && ranking is not null
            ? $"{head}; best {ranking.Metric} {Words.Number(best.Metrics[ranking.Metric])}: {best.Id}"
            : head;
    }

    private static string Reasons(IEnumerable<RunRecord> blocked)
    {
        const int shown = 3;
        var reasons = blocked.Select(run => run.BlockedBy!).Distinct().ToList();
        return string.Join(", ", reasons.Take(shown)) + (reasons.Count > shown ? $", and {reasons.Count - shown} more" : "");
    }
}
