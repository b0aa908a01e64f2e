using System.Collections.Concurrent;
using Experiments.Registry;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Experiments.CommandLine;

/// <summary>A screen that moves: what ended scrolls by above; below, every slot and one bar for the whole.</summary>
internal sealed class LiveProgress : ProgressView
{
    private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(100);

    private readonly Terminal _terminal;
    private readonly ConcurrentQueue<IRenderable> _history = new();
    private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _drawing;

    public LiveProgress(Terminal terminal, ProgressBoard board)
        : base(board)
    {
        _terminal = terminal;
        _drawing = Task.Run(DrawAsync);
    }

    public override void Notice(string message) => _history.Enqueue(Line(new Cell("!", Looks.Odd), message, "", ""));

    // Another writer would tear the screen.
    public override void Warn(string message) => Notice(message);

    public override async ValueTask DisposeAsync()
    {
        _end.TrySetResult();
        await _drawing.ConfigureAwait(false);
    }

    protected override void Began(string slot, ClaimedRun run)
    {
        // The slot shows it.
    }

    protected override void Ended(EndedAttempt attempt)
    {
        var glyph = attempt.Verb.Text switch { "completed" => "✓", "failed" => "✗", "retrying" => "↻", _ => "■" };
        _history.Enqueue(Line(new Cell(glyph, attempt.Verb.Style), attempt.Run.RunId, attempt.Detail, Words.Duration(attempt.Duration)));
    }

    private static Paragraph Line(Cell glyph, string text, string detail, string time)
    {
        var line = new Paragraph { Overflow = Overflow.Ellipsis };
        line.Append($" {glyph.Text} ", glyph.Style).Append(text);
        if (detail.Length > 0)
            line.Append("  " + detail, glyph.Style == Looks.Good ? Looks.Strong : glyph.Style);
        if (time.Length > 0)
            line.Append("  " + time, Looks.Quiet);
        return line;
    }

    private Task DrawAsync() => _terminal.Console.Live(Text.Empty).AutoClear(true).Overflow(VerticalOverflow.Crop).StartAsync(async live =>
    {
        for (var last = false; !last;)
        {
            last = _end.Task.IsCompleted;
            _terminal.Measure();
            while (_history.TryDequeue(out var line))
                _terminal.Console.Write(new Rows(line));
            live.UpdateTarget(Render(Board.Take()));
            _terminal.Out.Flush();
            if (!last)
                await Task.WhenAny(_end.Task, Task.Delay(Frame)).ConfigureAwait(false);
        }
    });

    private Rows Render(ProgressBoard.Snapshot moment)
    {
        var rows = new List<IRenderable> { Text.Empty };
        // Leave lines for the bar, for history and for the prompt.
        var room = Math.Max(1, _terminal.Height - 6);
        rows.AddRange(SlotRows(moment.Running.Take(room).ToList()));
        if (moment.Running.Count > room)
            rows.Add(new Text($"   and {moment.Running.Count - room} more", Looks.Quiet));
        rows.Add(ProgressBar.Render(moment, Math.Min(_terminal.Width - 1, 100)));
        return new Rows(rows);
    }

    private IEnumerable<IRenderable> SlotRows(IReadOnlyList<SlotState> slots)
    {
        if (slots.Count == 0)
            yield break;
        var names = slots.Max(s => s.Slot.Length);
        var ids = Math.Min(slots.Max(s => s.Run.RunId.Length), Math.Max(20, _terminal.Width - names - 40));
        foreach (var slot in slots)
        {
            var line = new Paragraph { Overflow = Overflow.Ellipsis };
            line.Append($" {slot.Slot.PadRight(names)}  ", Looks.Busy).Append(Fit(slot.Run.RunId, ids).PadRight(ids));
            line.Append($"  {Words.Duration(slot.Elapsed),6}", Looks.Quiet);
            if (slot.Fraction is { } fraction)
                line.Append($"  {(int)(fraction * 100),3} %", Looks.Quiet);
            if (slot.Step is { } step)
                line.Append($"  step {Words.Number(step)}", Looks.Quiet);
            if (slot.Metric is var (name, value))
                line.Append($"  {name} ").Append(Words.Number(value), Looks.Strong);
            if (slot.Run.Attempt > 1)
                line.Append($"  attempt {slot.Run.Attempt}", Looks.Odd);
            yield return line;
        }
    }

    // The end of an id tells runs apart; its beginning they often share.
    private static string Fit(string id, int width) => id.Length <= width ? id : "…" + id[^(width - 1)..];
}
