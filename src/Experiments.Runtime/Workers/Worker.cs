using Experiments.Registry;

namespace Experiments.Runtime;

/// <summary>The supervisor: claims runs, executes attempts in slots, and records how they end.</summary>
public sealed class Worker
{
    /// <summary>Creates a worker; nothing happens until <see cref="RunAsync"/>.</summary>
    public Worker(IRegistry registry, ResultsRoot root, WorkerOptions options, IWorkerObserver observer)
    {
        _ = (registry, root, options, observer);
    }

    /// <summary>Works until the queue is drained, the time limit is reached or <paramref name="stop"/> is set; then running attempts get SIGTERM, the grace period, SIGKILL, and go back to pending.</summary>
    public Task<WorkerReport> RunAsync(CancellationToken stop) => throw new NotImplementedException();
}
