using Experiments.Registry;

namespace Experiments.Runtime.Workers;

/// <summary>Passes calls on one at a time, as <see cref="IWorkerObserver"/> promises.</summary>
internal sealed class SerialObserver(IWorkerObserver inner) : IWorkerObserver
{
    private readonly Lock _lock = new();

    public void Started(WorkerRecord worker, IReadOnlyList<string> slots)
    {
        lock (_lock)
            inner.Started(worker, slots);
    }

    public void AttemptStarted(string slot, ClaimedRun run)
    {
        lock (_lock)
            inner.AttemptStarted(slot, run);
    }

    public void Metrics(string slot, ClaimedRun run, IReadOnlyList<MetricPoint> points)
    {
        lock (_lock)
            inner.Metrics(slot, run, points);
    }

    public void Progress(string slot, ClaimedRun run, double fraction)
    {
        lock (_lock)
            inner.Progress(slot, run, fraction);
    }

    public void AttemptEnded(string slot, ClaimedRun run, AttemptEnd end, TimeSpan duration)
    {
        lock (_lock)
            inner.AttemptEnded(slot, run, end, duration);
    }

    public void Notice(string message)
    {
        lock (_lock)
            inner.Notice(message);
    }
}
