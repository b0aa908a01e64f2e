using Experiments.Registry;

namespace Experiments.Runtime.Workers;

/// <summary>What the registry, and so <c>status</c>, knows of a worker: changed by whoever learns something.</summary>
internal sealed class Introduction(IRegistry registry, Patience patience, WorkerRecord worker)
{
    /// <summary>The worker as it is known.</summary>
    public WorkerRecord Worker { get; private set; } = worker;

    /// <summary>Makes a change known. Called by the worker's loop only.</summary>
    public Task ChangeAsync(Func<WorkerRecord, WorkerRecord> change)
    {
        Worker = change(Worker);
        return patience.CallAsync(async () =>
        {
            await registry.RegisterWorkerAsync(Worker).ConfigureAwait(false);
            return true;
        });
    }
}
