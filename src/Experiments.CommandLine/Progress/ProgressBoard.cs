using System.Diagnostics;
using Experiments.Registry;

namespace Experiments.CommandLine;

/// <summary>What a worker is doing, as people want to see it. Guarded by itself: observers write, views read.</summary>
internal sealed class ProgressBoard
{
    private const int IdWidthMax = 60;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, SlotState> _slots = [];
    private readonly HashSet<string> _expected;
    private readonly long _begun = Stopwatch.GetTimestamp();
    private TimeSpan _worked;
    private int _attempts;
    private IReadOnlyList<string> _order = [""];

    /// <summary>Creates the board.</summary>
    /// <param name="expected">Ids of the runs that are to be worked on; others that turn up are added.</param>
    public ProgressBoard(IEnumerable<string> expected)
    {
        _expected = [.. expected];
        IdWidth = Math.Min(IdWidthMax, _expected.Select(id => id.Length).DefaultIfEmpty().Max());
    }

    /// <summary>Characters that most run ids fit in.</summary>
    public int IdWidth { get; }

    public void Started(IReadOnlyList<string> slots)
    {
        lock (_lock)
            _order = slots.Count > 0 ? slots : _order;
    }

    public void Begin(string slot, ClaimedRun run)
    {
        lock (_lock)
        {
            _expected.Add(run.RunId);
            _slots[slot] = new SlotState(slot, run);
        }
    }

    public void Report(string slot, IReadOnlyList<MetricPoint> points)
    {
        lock (_lock)
        {
            if (_slots.TryGetValue(slot, out var state))
                state.Report(points);
        }
    }

    public void Report(string slot, double progress)
    {
        lock (_lock)
        {
            if (_slots.TryGetValue(slot, out var state))
                state.Fraction = progress;
        }
    }

    public void End(string slot, AttemptEnd end, TimeSpan duration)
    {
        lock (_lock)
        {
            _slots.Remove(slot);
            switch (end.Next)
            {
                case RunStatus.Completed:
                    Done++;
                    break;
                case RunStatus.Failed or RunStatus.Cancelled:
                    Failed++;
                    break;
            }

            if (end.Outcome is AttemptOutcome.Succeeded or AttemptOutcome.Failed)
            {
                _worked += duration;
                _attempts++;
            }
        }
    }

    /// <summary>Runs completed here.</summary>
    public int Done { get; private set; }

    /// <summary>Runs that failed or were cancelled here.</summary>
    public int Failed { get; private set; }

    /// <summary>A moment's view.</summary>
    public Snapshot Take()
    {
        lock (_lock)
        {
            var running = _order.Where(_slots.ContainsKey).Select(slot => _slots[slot].Copy()).ToList();
            var elapsed = Stopwatch.GetElapsedTime(_begun);
            // A run may end twice here: failed, put back by `retry`, done.
            var total = Math.Max(_expected.Count, Done + Failed + running.Count);
            var left = total - Done - Failed;
            return new Snapshot(total, Done, Failed, running, elapsed, Eta(running, left));
        }
    }

    /// <summary>Work left, over the slots there are: the mean attempt for runs to come, what is missing of it for those under way.</summary>
    private TimeSpan? Eta(List<SlotState> running, int left)
    {
        if (_attempts == 0)
            return null;
        var mean = _worked / _attempts;
        var work = mean * Math.Max(0, left - running.Count);
        var longest = TimeSpan.Zero;
        foreach (var slot in running)
        {
            var rest = slot.Fraction is > 0.02 and var fraction ? slot.Elapsed * ((1 - fraction) / fraction) : mean - slot.Elapsed;
            rest = rest < TimeSpan.Zero ? TimeSpan.Zero : rest;
            work += rest;
            longest = rest > longest ? rest : longest;
        }

        var parallel = work / Math.Min(_order.Count, Math.Max(1, left));
        return parallel > longest ? parallel : longest;
    }

    /// <summary>What a moment looks like.</summary>
    /// <param name="Total">Runs to work on.</param>
    /// <param name="Done">Completed.</param>
    /// <param name="Failed">Failed or cancelled.</param>
    /// <param name="Running">Attempts under way, in the order of the slots.</param>
    /// <param name="Elapsed">Since the beginning.</param>
    /// <param name="Eta">Until the end, when it can be told.</param>
    public sealed record Snapshot(int Total, int Done, int Failed, IReadOnlyList<SlotState> Running, TimeSpan Elapsed, TimeSpan? Eta);
}

/// <summary>An attempt under way.</summary>
internal sealed class SlotState(string slot, ClaimedRun run)
{
    private readonly string? _primary = run.Experiment.PrimaryMetric()?.Name;
    private long _begun = Stopwatch.GetTimestamp();

    public string Slot => slot;

    public ClaimedRun Run => run;

    /// <summary>The metric to show: the primary one, or the first that was reported.</summary>
    public (string Name, double Value)? Metric { get; private set; }

    public long? Step { get; private set; }

    /// <summary>0 to 1; <see langword="null"/> while nothing was said.</summary>
    public double? Fraction { get; set; }

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_begun);

    public void Report(IReadOnlyList<MetricPoint> points)
    {
        foreach (var point in points)
        {
            if (point.Step is { } step)
                Step = step;
            if (point.Metric == _primary || _primary is null && (Metric is null || Metric.Value.Name == point.Metric))
                Metric = (point.Metric, point.Value);
        }
    }

    public SlotState Copy() => new(slot, run) { Metric = Metric, Step = Step, Fraction = Fraction, _begun = _begun };
}
