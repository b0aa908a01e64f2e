using Experiments.Registry;

namespace Experiments.Runtime;

/// <summary>Watches a worker. Calls come from the worker's own tasks, one at a time, and must return at once.</summary>
public interface IWorkerObserver
{
    /// <summary>The worker is registered and knows its slots.</summary>
    void Started(WorkerRecord worker, IReadOnlyList<string> slots);

    /// <summary>An attempt began in a slot.</summary>
    void AttemptStarted(string slot, ClaimedRun run);

    /// <summary>An attempt reported metrics.</summary>
    void Metrics(string slot, ClaimedRun run, IReadOnlyList<MetricPoint> points);

    /// <summary>An attempt reported how far it is, 0 to 1.</summary>
    void Progress(string slot, ClaimedRun run, double fraction);

    /// <summary>An attempt ended and its run moved on.</summary>
    void AttemptEnded(string slot, ClaimedRun run, AttemptEnd end, TimeSpan duration);

    /// <summary>Something a person should know, such as an adopted attempt or a malformed event line.</summary>
    void Notice(string message);
}
