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

    private static readonly Cell Blocked = new("blocked", Odd), Pending = new("pending", Quiet), Running = new("running", Busy),
        Completed = new("completed", Good), Failed = new("failed", Bad), Cancelled = new("cancelled", Odd);

    /// <summary>A state of a run.</summary>
    public static Cell Of(RunStatus status, bool blocked = false) => status switch
    {
        RunStatus.Pending => blocked ? Blocked : Pending,
        RunStatus.Running => Running,
        RunStatus.Completed => Completed,
        RunStatus.Failed => Failed,
        RunStatus.Cancelled => Cancelled,
        _ => throw new InvalidOperationException($"unknown state {status}"),
    };
}
