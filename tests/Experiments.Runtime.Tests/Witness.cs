using System.Collections.Concurrent;
using Experiments.Registry;

namespace Experiments.Runtime.Tests;

/// <summary>Remembers everything a worker says.</summary>
internal sealed class Witness : IWorkerObserver
{
    public ConcurrentQueue<string> Notices { get; } = new();

    public ConcurrentQueue<(string Slot, string RunId)> Begun { get; } = new();

    public ConcurrentQueue<(string Slot, string RunId, AttemptEnd End)> Ended { get; } = new();

    public ConcurrentQueue<double> Fractions { get; } = new();

    public IReadOnlyList<string> Slots { get; private set; } = [];

    public WorkerReport? Report { get; set; }

    public void Started(WorkerRecord worker, IReadOnlyList<string> slots) => Slots = slots;

    public void AttemptStarted(string slot, ClaimedRun run) => Begun.Enqueue((slot, run.RunId));

    public void Metrics(string slot, ClaimedRun run, IReadOnlyList<MetricPoint> points)
    {
    }

    public void Progress(string slot, ClaimedRun run, double fraction) => Fractions.Enqueue(fraction);

    public void AttemptEnded(string slot, ClaimedRun run, AttemptEnd end, TimeSpan duration) => Ended.Enqueue((slot, run.RunId, end));

    public void Notice(string message) => Notices.Enqueue(message);
}
