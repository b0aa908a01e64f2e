using Experiments.Registry;

namespace Experiments.Runtime.TestProgram;

/// <summary>Writes one line for everything a worker says.</summary>
internal sealed class ConsoleObserver : IWorkerObserver
{
    public void Started(WorkerRecord worker, IReadOnlyList<string> slots) => Console.WriteLine($"started {worker.Id}");

    public void AttemptStarted(string slot, ClaimedRun run) => Console.WriteLine($"attempt {run.RunId} {run.Attempt}");

    public void Metrics(string slot, ClaimedRun run, IReadOnlyList<MetricPoint> points)
    {
    }

    public void Progress(string slot, ClaimedRun run, double fraction)
    {
    }

    public void AttemptEnded(string slot, ClaimedRun run, AttemptEnd end, TimeSpan duration) => Console.WriteLine($"ended {run.RunId} {end.Outcome} {end.Next}");

    public void Notice(string message) => Console.WriteLine($"notice {message}");
}
