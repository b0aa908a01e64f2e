using Experiments.Registry;
using Experiments.Runtime.Attempts;
using Experiments.Runtime.Keeper;
using Experiments.Runtime.Processes;

namespace Experiments.Runtime.Workers;

/// <summary>Takes over what dead workers of this host left: living attempts, ended ones, and completed ones whose files are not in place.</summary>
internal sealed class Adoption(AttemptServices services)
{
    /// <summary>How long a dead worker's keeper may take for its last orders. They take milliseconds; a host may be slow, or the keeper stopped in a debugger.</summary>
    private static readonly TimeSpan LastOrdersMax = TimeSpan.FromSeconds(10);

    /// <summary>Publishes what is only to be published, and takes over the rest.</summary>
    /// <returns>The attempts taken over, with their processes.</returns>
    public async Task<IReadOnlyList<(OrphanedAttempt Orphan, LeaseKey Lease, AttemptProcess Process)>> AdoptAsync()
    {
        var orphans = await services.Patience.CallAsync(() => services.Registry.OrphansAsync(HostName.Current, IsAlive)).ConfigureAwait(false);
        foreach (var run in orphans.Where(o => o.Unpublished).Select(o => o.Run).Concat(services.Publication.Failed).DistinctBy(r => r.Lease))
            await services.Publication.RetryAsync(services, run).ConfigureAwait(false);

        var running = orphans.Where(o => !o.Unpublished).ToList();
        foreach (var worker in running.Where(o => Process(o) is null).Select(o => o.WorkerId).Distinct())
            await LastOrdersAsync(worker).ConfigureAwait(false);
        var adopted = new List<(OrphanedAttempt, LeaseKey, AttemptProcess)>();
        foreach (var orphan in running)
        {
            if (await services.Patience.CallAsync(() => services.Registry.AdoptAsync(orphan.Lease, services.WorkerId, WorkerLoop.LeaseDuration)).ConfigureAwait(false) is { } lease)
                adopted.Add((orphan, lease, Take(orphan)));
        }

        return adopted;
    }

    /// <summary>Waits until a dead worker's keeper starts nothing more, so that an attempt without a process never had one.</summary>
    private async Task LastOrdersAsync(string workerId)
    {
        var began = services.Host.Time.GetTimestamp();
        while (OrdersLock.IsHeld(OrdersLock.PathOf(services.Root, workerId)) && services.Host.Time.GetElapsedTime(began) < LastOrdersMax)
            await Task.Delay(TimeSpan.FromMilliseconds(10), services.Host.Time).ConfigureAwait(false);
    }

    private AttemptProcess Take(OrphanedAttempt orphan)
    {
        var id = orphan.Run.RunId;
        if (Process(orphan) is not { } process)
        {
            services.Observer.Notice($"`{id}`: its worker died before it was started");
            return new AttemptProcess(new ProcessIdentity(0, 0, ""), Record(orphan), Task.FromResult(ExitStatus.Unknown));
        }

        services.Observer.Notice(ProcFs.IsRunning(process)
            ? $"`{id}`: adopted; its worker died and its process {process.Pid} runs on"
            : $"`{id}`: its worker died, and its process has ended since");
        return AttemptProcess.Adopt(process, Record(orphan));
    }

    private ProcessIdentity? Process(OrphanedAttempt orphan) => orphan.Process ?? ProcessRecord.TryRead(Record(orphan))?.Process;

    private string Record(OrphanedAttempt orphan) => services.Root.Run(orphan.Run.RunId).ProcessRecord(orphan.Run.Attempt);

    private static bool IsAlive(WorkerRecord worker) => ProcFs.IsRunning(worker.Process);
}
