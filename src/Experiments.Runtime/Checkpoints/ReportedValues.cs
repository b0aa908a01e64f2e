using Experiments.Registry;

namespace Experiments.Runtime.Checkpoints;

/// <summary>
/// The values of a metric by when they were reported. Lines without a time of their own got that at which they were read, and several may be
/// read at once: such values were reported one after the other at any time since the ones before.
/// </summary>
internal sealed class ReportedValues
{
    private readonly List<(DateTime From, DateTime To, IReadOnlyList<double> Values)> _batches = [];

    /// <summary>Of a series, whose attempt began at a time.</summary>
    public ReportedValues(IEnumerable<MetricPoint> series, DateTimeOffset started)
    {
        var before = started.UtcDateTime;
        foreach (var points in series.GroupBy(p => p.Time.UtcDateTime).OrderBy(g => g.Key))
        {
            var values = points.Select(p => p.Value).ToList();
            _batches.Add((values.Count == 1 || before > points.Key ? points.Key : before, points.Key, values));
            before = points.Key;
        }
    }

    /// <summary>Those of which each may be the one reported nearest to a time; none when there are none at all.</summary>
    public IReadOnlyList<double> NearestTo(DateTime time)
    {
        if (_batches.Count == 0)
            return [];
        var surely = Surely(time);
        return [.. _batches.Where(b => time - b.To <= surely && (b.From - time < surely || (b.From == b.To && b.From - time == surely)))
            .SelectMany(b => time >= b.To ? b.Values.TakeLast(1) : time <= b.From ? b.Values.Take(1) : b.Values).Distinct()];
    }

    /// <summary>Whether nothing that is reported from now on can be nearer to a time.</summary>
    public bool IsSettled(DateTime time) => _batches.Count > 0 && _batches[^1].To - time >= Surely(time);

    /// <summary>How far from a time one of them is at most.</summary>
    private TimeSpan Surely(DateTime time) => _batches.Min(b => Max((time - b.From).Duration(), (time - b.To).Duration()));

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
