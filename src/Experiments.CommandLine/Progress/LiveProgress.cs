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

    public override void Notice(string message) => _history.Enqueue(new Paragraph(message, Looks.Odd));

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
        var line = new StyledLine().Add($" {glyph} ", attempt.Verb.Style).Add(attempt.Run.RunId.PadRight(Board.IdWidth)).Add($"  {Words.Duration(attempt.Duration),6}", Looks.Quiet);
        if (attempt.Detail.Length > 0)
            line.Add($"  {attempt.Detail}", glyph == "✓" ? Looks.Strong : attempt.Verb.Style);
        _history.Enqueue(line);
    }

    private Task DrawAsync() => _terminal.Console.Live(Text.Empty).AutoClear(true).Overflow(VerticalOverflow.Crop).StartAsync(async live =>
    {
        for (var last = false; !last;)
        {
            last = _end.Task.IsCompleted;
            _terminal.Measure();
            if (!_history.IsEmpty)
                _terminal.Console.Write(new History(_history));
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
            var line = new StyledLine().Add($" {slot.Slot.PadRight(names)}  ", Looks.Busy).Add(Fit(slot.Run.RunId, ids).PadRight(ids));
            line.Add($"  {Words.Duration(slot.Elapsed),6}", Looks.Quiet);
            if (slot.Fraction is { } fraction)
                line.Add($"  {(int)(fraction * 100),3} %", Looks.Quiet);
            if (slot.Step is { } step)
                line.Add($"  step {Words.Number(step)}", Looks.Quiet);
            if (slot.Metric is var (name, value))
                line.Add($"  {name} ").Add(Words.Number(value), Looks.Strong);
            if (slot.Run.Attempt > 1)
                line.Add($"  attempt {slot.Run.Attempt}", Looks.Odd);
            yield return line;
        }
    }

    /// <summary>Lines that go above the moving part: what stood there is erased first, since they may be shorter.</summary>
    private sealed class History(ConcurrentQueue<IRenderable> lines) : Renderable
    {
        protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth)
        {
            yield return Segment.Control("\e[J");
            while (lines.TryDequeue(out var line))
            {
                foreach (var segment in line.Render(options, maxWidth))
                    yield return segment;
                if (line is Paragraph)
                    yield return Segment.LineBreak;
            }
        }
    }

    // The end of an id tells runs apart; its beginning they often share.
    private static string Fit(string id, int width) => id.Length <= width ? id : "…" + id[^(width - 1)..];
}
