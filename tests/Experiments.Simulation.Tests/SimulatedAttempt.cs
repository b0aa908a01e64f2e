using Experiments.Registry;
using Experiments.Runtime;
using Experiments.Runtime.Attempts;
using Experiments.Runtime.Keeper;
using Experiments.Runtime.Processes;
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
        var exited = new TaskCompletionSource<ExitStatus>();
        var attempt = new Attempt(worker.Services, orphan, lease, new AttemptProcess(process?.Identity ?? new ProcessIdentity(0, 0, ""), process?.Record ?? "", exited.Task), s_slot);
        while (process is { IsAlive: true } && worker.Order(lease) is null)
        {
            yield return true;
            attempt.ReadReportsAsync(ended: false).GetAwaiter().GetResult();
        }

        if (worker.Order(lease) is { } order)
        {
            attempt.Stop(order == StopReason.Stale ? StopCause.Stale : StopCause.Cancelled);
            process?.Kill();
        }

        yield return true;
        exited.SetResult(process is not null && ProcessRecord.TryRead(process.Record) is { Exit: { } exit } record && record.Process == process.Identity ? exit : ExitStatus.Unknown);
        attempt.ExecuteAsync().GetAwaiter().GetResult();
        yield return true;
        attempt.FinishAsync().GetAwaiter().GetResult();
        worker.Release(lease);
    }
}
