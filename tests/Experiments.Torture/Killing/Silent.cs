using Experiments.Registry;
using Experiments.Runtime;

namespace Experiments.Torture.Killing;

/// <summary>Nobody watches: what counts is on the disk.</summary>
internal sealed class Silent : IWorkerObserver
{
    public void Started(WorkerRecord worker, IReadOnlyList<string> slots)
    {
    }

    public void AttemptStarted(string slot, ClaimedRun run)
    {
    }

    public void Metrics(string slot, ClaimedRun run, IReadOnlyList<MetricPoint> points)
    {
    }

    public void Progress(string slot, ClaimedRun run, double fraction)
    {
    }

    public void AttemptEnded(string slot, ClaimedRun run, AttemptEnd end, TimeSpan duration)
    {
    }

    public void Notice(string message)
    {
    }
}
