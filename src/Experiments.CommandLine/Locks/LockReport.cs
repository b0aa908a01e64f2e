using System.Collections.Immutable;
using Experiments.Registry;

namespace Experiments.CommandLine;

/// <summary>What a change of identity costs, for people who review it: every line is a fact of the lock, and the old and the new id stand under each other.</summary>
internal sealed class LockReport(LockDifference difference, ImmutableArray<EstrangedRun> estranged)
{
    /// <summary>The most runs that are shown one by one.</summary>
    private const int Shown = 10;

    /// <summary>Whether ids or contents of runs are others than locked or known.</summary>
    public bool HasChanges => !difference.IsEmpty || !estranged.IsEmpty;

    /// <summary>Results that would not be found again.</summary>
    public int Lost => estranged.Count(run => run.Status == RunStatus.Completed);

    /// <summary>Writes it; nothing when there is nothing to say.</summary>
    public void Write(Terminal terminal)
    {
        foreach (var experiment in difference.Experiments)
            Write(terminal, experiment);
        foreach (var sweep in difference.Sweeps)
            Write(terminal, sweep);
        if (estranged.IsEmpty)
            return;
        if (!difference.IsEmpty)
            terminal.WriteLine();
        terminal.WriteLine($"{Words.Count(estranged.Length, "known run")} would not be found again, {Words.Number(Lost)} of them completed:");
        foreach (var run in estranged.Take(Shown))
            Write(terminal, run);
        if (estranged.Length > Shown)
            terminal.WriteLine($"  … and {Words.Number(estranged.Length - Shown)} more");
    }

    private static void Write(Terminal terminal, ExperimentDifference experiment)
    {
        terminal.WriteLine($"{Sign(experiment.Change)} {experiment.Name}");
        if (experiment.Change != Change.Changed)
            return;
        if (experiment.IsIdChanged)
        {
            terminal.WriteLine($"    - id {experiment.From!.Id}");
            terminal.WriteLine($"    + id {experiment.To!.Id}");
        }

        foreach (var property in experiment.Properties)
        {
            if (property.From is { } from)
                terminal.WriteLine($"    - {property.Name}: {from}");
            if (property.To is { } to)
                terminal.WriteLine($"    + {property.Name}: {to}{(property.Change == Change.Added && experiment.FormerNameOf(property) is { } former ? $"   (renamed? `[FormerName(\"{former}\")]` keeps the identity)" : "")}");
        }

        if (!experiment.IsIdChanged && experiment.Properties.IsEmpty)
            terminal.WriteLine(experiment.From!.Sample is null ? "    accepted in the editor, not locked yet" : "    the same declaration is hashed in another way");
    }

    private static void Write(Terminal terminal, SweepDifference sweep)
    {
        var runs = sweep.Change == Change.Changed && sweep.From!.Runs != sweep.To!.Runs
            ? $"{Words.Number(sweep.From.Runs)} → {Words.Count(sweep.To.Runs, "run")}"
            : Words.Count((sweep.To ?? sweep.From)!.Runs, "run");
        terminal.WriteLine($"{Sign(sweep.Change)} {sweep.Name}: {runs}{What(sweep)}");
        if (sweep.Change != Change.Changed || !sweep.AreIdsChanged)
            return;
        foreach (var (from, to) in ((string?, string?)[])[(sweep.From!.First, sweep.To!.First), (sweep.From.Last, sweep.To.Last)])
        {
            if (from == to || from is null || to is null)
                continue;
            terminal.WriteLine($"    - {from}");
            terminal.WriteLine($"    + {to}");
        }
    }

    private static string What(SweepDifference sweep) => sweep switch
    {
        { Change: not Change.Changed } => "",
        { From.Ids: null } => ", accepted in the editor, not locked yet",
        { AreIdsChanged: true } => ", ids change",
        _ => ", the same ids for other configurations",
    };

    private static void Write(Terminal terminal, EstrangedRun run)
    {
        if (run.Reason is { } reason)
        {
            terminal.WriteLine($"  {run.Id} ({run.Status.ToString().ToLowerInvariant()}): {reason}");
            return;
        }

        terminal.WriteLine($"  {run.Id} ({run.Status.ToString().ToLowerInvariant()})");
        terminal.WriteLine($"    → {run.NewId}");
    }

    private static char Sign(Change change) => change switch
    {
        Change.Added => '+',
        Change.Removed => '-',
        _ => '~',
    };

    /// <summary>What is in a difference, for <see cref="LockJson"/>.</summary>
    public void Deconstruct(out LockDifference declared, out ImmutableArray<EstrangedRun> known) => (declared, known) = (difference, estranged);
}
