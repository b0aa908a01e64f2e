using Experiments.Registry;
using Experiments.Runtime;

namespace Experiments.CommandLine;

/// <summary>Shows people what a worker does. Never makes the worker wait: a pipe may be slow, a terminal stopped.</summary>
internal abstract class ProgressView(ProgressBoard board) : IWorkerObserver, IAsyncDisposable
{
    protected ProgressBoard Board { get; } = board;

    /// <summary>The view that suits the terminal.</summary>
    /// <param name="terminal">Where people watch.</param>
    /// <param name="board">What is done.</param>
    /// <param name="toError">Keep standard output for data.</param>
    public static ProgressView Create(Terminal terminal, ProgressBoard board, bool toError) =>
        terminal.IsInteractive && !toError ? new LiveProgress(terminal, board) : new LineProgress(terminal, board, toError);

    public void Started(WorkerRecord worker, IReadOnlyList<string> slots) => Board.Started(slots);

    public void AttemptStarted(string slot, ClaimedRun run)
    {
        Board.Begin(slot, run);
        Began(slot, run);
    }

    public void Metrics(string slot, ClaimedRun run, IReadOnlyList<MetricPoint> points) => Board.Report(slot, points);

    public void Progress(string slot, ClaimedRun run, double fraction) => Board.Report(slot, fraction);

    public void AttemptEnded(string slot, ClaimedRun run, AttemptEnd end, TimeSpan duration)
    {
        Board.End(slot, end, duration);
        Ended(new EndedAttempt(slot, run, end, duration));
    }

    /// <summary>Something a person should know.</summary>
    public abstract void Notice(string message);

    /// <summary>Something a person must know at once, such as what Ctrl-C does.</summary>
    public abstract void Warn(string message);

    /// <summary>Shows what is left to show and ends.</summary>
    public abstract ValueTask DisposeAsync();

    protected abstract void Began(string slot, ClaimedRun run);

    protected abstract void Ended(EndedAttempt attempt);
}

/// <summary>An attempt that ended, and how to say so.</summary>
internal sealed record EndedAttempt(string Slot, ClaimedRun Run, AttemptEnd End, TimeSpan Duration)
{
    /// <summary><c>completed</c>, <c>failed</c>, <c>retrying</c>, <c>cancelled</c> or <c>stopped</c>.</summary>
    public Cell Verb => (End.Next, End.Outcome) switch
    {
        (RunStatus.Completed, _) => new Cell("completed", Looks.Good),
        (RunStatus.Failed, _) => new Cell("failed", Looks.Bad),
        (RunStatus.Cancelled, _) => new Cell("cancelled", Looks.Odd),
        (_, AttemptOutcome.Preempted) => new Cell("stopped", Looks.Odd),
        _ => new Cell("retrying", Looks.Odd),
    };

    /// <summary>The primary metric, or why it ended.</summary>
    public string Detail => End.Next switch
    {
        RunStatus.Completed when (Run.Experiment.PrimaryMetric()?.Name ?? End.Metrics.Keys.Order(StringComparer.Ordinal).FirstOrDefault()) is { } metric
            && End.Metrics.TryGetValue(metric, out var value) => $"{metric} {Words.Number(value)}",
        RunStatus.Completed => "",
        RunStatus.Pending when End.Outcome == AttemptOutcome.Preempted => "goes on when it is run again",
        RunStatus.Pending when End.Delay > TimeSpan.Zero => $"{Reason} (again in {Words.Duration(End.Delay)})",
        _ => Reason,
    };

    private string Reason => (End.Category, End.Message) switch
    {
        (null, null) => "",
        (null, { } message) => message,
        ({ } category, null) => category,
        ({ } category, { } message) => $"{category}: {message}",
    };
}
