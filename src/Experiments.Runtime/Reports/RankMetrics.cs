using Experiments.Registry;

namespace Experiments.Runtime.Reports;

/// <summary>Makes one value of a metric of those that the ranks of an attempt report, as the results record declares it.</summary>
internal sealed class RankMetrics
{
    /// <summary>A rank that never reports must not make the others' steps pile up.</summary>
    private const int OpenStepsMax = 10_000;

    private readonly Dictionary<string, RankAggregation> _declared;
    private readonly int? _ranks;
    private readonly SortedDictionary<int, Dictionary<string, double>> _last = [];
    private readonly Dictionary<string, SortedDictionary<long, Dictionary<int, double>>> _open = [];

    /// <summary>Nothing reported yet.</summary>
    /// <param name="experiment">Declares the aggregations, and the number of ranks where our launcher starts them.</param>
    public RankMetrics(ExperimentDefinition experiment)
    {
        _declared = experiment.Metrics.ToDictionary(m => m.Name, m => m.Ranks);
        _ranks = experiment.Launch.Ranks?.Processes;
    }

    /// <summary>Last values of every rank that reported, by rank and name.</summary>
    public IReadOnlyDictionary<int, Dictionary<string, double>> Ranks => _last;

    /// <summary>Metrics of which values of the whole run were made while it ran.</summary>
    public HashSet<string> Passed { get; } = [];

    /// <summary>Takes a value.</summary>
    /// <returns>The run's value at this step, when this was the last that was missing.</returns>
    public MetricPoint? Add(int rank, MetricPoint point)
    {
        var whole = Take(rank, point);
        if (whole is { } made)
            Passed.Add(made.Metric);
        return whole;
    }

    /// <summary>The values of the whole run: those that every rank reported, or rank 0 where that is what counts.</summary>
    /// <param name="missing">For each metric without a value: the ranks that did not report it.</param>
    public IReadOnlyDictionary<string, double> Final(out IReadOnlyList<(string Metric, IReadOnlyList<int> Ranks)> missing)
    {
        var final = new Dictionary<string, double>();
        var without = new List<(string, IReadOnlyList<int>)>();
        var all = Enumerable.Range(0, _ranks ?? _last.Keys.DefaultIfEmpty(-1).Max() + 1).ToList();
        foreach (var name in _last.Values.SelectMany(v => v.Keys).Distinct().Order(StringComparer.Ordinal))
        {
            var aggregation = Aggregation(name);
            var needed = aggregation == RankAggregation.RankZero ? [0] : all;
            var absent = needed.Where(r => !_last.TryGetValue(r, out var values) || !values.ContainsKey(name)).ToList();
            if (absent.Count == 0)
                final[name] = Combined(aggregation, needed.Select(r => _last[r][name]));
            else if (_declared.ContainsKey(name))
                without.Add((name, absent));
        }

        missing = without;
        return final;
    }

    private MetricPoint? Take(int rank, MetricPoint point)
    {
        if (!_last.TryGetValue(rank, out var values))
            _last.Add(rank, values = []);
        values[point.Metric] = point.Value;
        var aggregation = Aggregation(point.Metric);
        if (aggregation == RankAggregation.RankZero)
            return rank == 0 ? point : null;
        if (point.Step is not { } step || _ranks is not { } count)
            return null;
        if (!_open.TryGetValue(point.Metric, out var steps))
            _open.Add(point.Metric, steps = []);
        if (!steps.TryGetValue(step, out var reported))
            steps.Add(step, reported = []);
        reported[rank] = point.Value;
        if (reported.Count < count)
        {
            if (steps.Count > OpenStepsMax)
                steps.Remove(steps.Keys.First());
            return null;
        }

        // Every rank reports in order, so nothing more comes for earlier steps.
        foreach (var earlier in steps.Keys.TakeWhile(s => s <= step).ToList())
            steps.Remove(earlier);
        return point with { Value = Combined(aggregation, reported.Values) };
    }

    private RankAggregation Aggregation(string metric) => _declared.GetValueOrDefault(metric, RankAggregation.RankZero);

    private static double Combined(RankAggregation aggregation, IEnumerable<double> values) => aggregation switch
    {
        RankAggregation.Sum => values.Sum(),
        RankAggregation.Mean => values.Average(),
        RankAggregation.Max => values.Max(),
        RankAggregation.Min => values.Min(),
        _ => values.First(),
    };
}
