using Experiments.Registry;

namespace Experiments.Runtime.Checkpoints;

/// <summary>
/// The values of a metric by when they were reported. Lines without a time of their own got that at which they were read, and several may be
/// read at once: such values were reported at any time since the ones before.
/// </summary>
internal sealed class ReportedValues
{
    private readonly List<(DateTime From, DateTime To, double Value)> _values = [];

    /// <summary>Of a series, whose attempt began at a time.</summary>
    public ReportedValues(IEnumerable<MetricPoint> series, DateTimeOffset started)
    {
        var before = started.UtcDateTime;
        foreach (var points in series.GroupBy(p => p.Time.UtcDateTime).OrderBy(g => g.Key))
        {
            var from = points.Count() == 1 || before > points.Key ? points.Key : before;
            _values.AddRange(points.Select(p => (from, points.Key, p.Value)));
            before = points.Key;
        }
    }

    /// <summary>Those of which each may be the one reported nearest to a time; none when there are none at all.</summary>
    public IReadOnlyList<double> NearestTo(DateTime time)
    {
        if (_values.Count == 0)
            return [];
        var surely = _values.Min(v => Max((time - v.From).Duration(), (time - v.To).Duration()));
        return [.. _values.Where(v => time - v.To <= surely && (v.From - time < surely || (v.From == v.To && v.From - time == surely))).Select(v => v.Value).Distinct()];
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
