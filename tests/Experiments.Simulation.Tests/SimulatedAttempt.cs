using Experiments.Registry;
using Experiments.Runtime;
using Experiments.Runtime.Attempts;
using Experiments.Runtime.Keeper;
using Experiments.Runtime.Processes;
using Experiments.Runtime.Reports;
using Experiments.Runtime.Secrets;
using Experiments.Runtime.Slots;

namespace Experiments.Simulation.Tests;

/// <summary>The flow of an attempt: its start is scripted; reports, judgement, the recorded end and publishing are the product's own.</summary>
internal static class SimulatedAttempt
{
    private static readonly SlotLease s_slot = new("slot", [], null, null);

    /// <summary>A claimed run.</summary>
    public static IEnumerable<bool> Execute(World world, SimulatedWorker worker, ClaimedRun run)
    {
        RunDirectory.Prepare(world.Root, run);
        yield return true;
        var process = world.Start(worker.Host, run);
        yield return true;
        if (!worker.Ask(r => r.RecordProcessAsync(run.Lease, process.Identity)))
        {
            process.Kill();
            worker.Release(run.Lease);
            yield break;
        }

        var orphan = new OrphanedAttempt { Lease = run.Lease, Run = run, WorkerId = worker.Id, Process = process.Identity, Started = world.Time.GetUtcNow() };
        foreach (var step in Supervise(world, worker, orphan, run.Lease, process))
            yield return step;
    }

    /// <summary>An attempt with a process, which may have ended, or not have been started.</summary>
    public static IEnumerable<bool> Supervise(World world, SimulatedWorker worker, OrphanedAttempt orphan, LeaseKey lease, SimulatedProcess? process)
    {
        var run = orphan.Run with { Lease = lease };
        var home = world.Root.Run(run.RunId);
        var offset = orphan.ReportsOffset;
        var tail = new EventTail(home.StagingEvents(run.Attempt), offset, world.Time);
        var reporter = new Reporter(worker.Services.Registry, worker.Services.Patience, worker.Services.Observer, run, s_slot.Name, tail, home.Staging(run.Attempt), AttemptSecrets.Of(run), world.Time);
        while (process is { IsAlive: true } && worker.Order(lease) is null)
        {
            yield return true;
            if (!reporter.ReadAsync(ended: false).GetAwaiter().GetResult())
                break; // stale: the end below is refused
            offset = Math.Max(offset, tail.Offset);
        }

        var order = worker.Order(lease);
        if (process is { IsAlive: true })
            process.Kill();
        yield return true;
        var exit = process is null ? ExitStatus.Unknown : ProcessRecord.TryRead(process.Record) is { } record && record.Process == process.Identity ? record.Exit ?? ExitStatus.Unknown : ExitStatus.Unknown;
        var attempt = new Attempt(worker.Services, orphan with { ReportsOffset = offset }, lease, new AttemptProcess(process?.Identity ?? new ProcessIdentity(0, 0, ""), Task.FromResult(exit)), s_slot);
        if (order is not null)
            attempt.Stop(order == StopReason.Stale ? StopCause.Stale : StopCause.Cancelled);
        attempt.ExecuteAsync().GetAwaiter().GetResult();
        yield return true;
        attempt.FinishAsync().GetAwaiter().GetResult();
        worker.Release(lease);
    }
}
