using Experiments.Registry;
using Spectre.Console;

namespace Experiments.CommandLine;

/// <summary>The colours, one meaning each. Words always say the same without them.</summary>
internal static class Looks
{
    public static Style Good { get; } = new(Color.Green);

    public static Style Bad { get; } = new(Color.Red);

    public static Style Busy { get; } = new(Color.Blue);

    public static Style Odd { get; } = new(Color.Yellow);

    public static Style Quiet { get; } = new(decoration: Decoration.Dim);

    public static Style Strong { get; } = new(decoration: Decoration.Bold);

    /// <summary>A state of a run.</summary>
    public static Cell Of(RunStatus status, bool blocked = false) => status switch
    {
        RunStatus.Pending when blocked => new Cell("blocked", Odd),
        RunStatus.Pending => new Cell("pending", Quiet),
        RunStatus.Running => new Cell("running", Busy),
        RunStatus.Completed => new Cell("completed", Good),
        RunStatus.Failed => new Cell("failed", Bad),
        RunStatus.Cancelled => new Cell("cancelled", Odd),
        _ => throw new InvalidOperationException($"unknown state {status}"),
    };
}
