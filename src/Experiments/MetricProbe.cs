namespace Experiments;

/// <summary>
/// Finds which metric a selector such as <c>r => r.ValLoss</c> selects, so that a metric to be minimised is never maximised by mistake.
/// It reads results records filled with numbers that tell the metrics apart, and looks which number the selector gives back: twice, so that
/// a computed value can't pass for a metric.
/// </summary>
internal static class MetricProbe<TResults>
    where TResults : IResults<TResults>
{
    // Whole numbers that every numeric type holds exactly, a single included, and whose sums and differences are none of them.
    private static readonly Func<int, double>[] Numbers = [index => 1_009 * (index + 1) + index * index, index => 2_003 * (index + 1) + 3 * index * index + 7];

    /// <exception cref="ExperimentsException">EXP8111: the selector computes something else.</exception>
    public static MetricDefinition Find(ExperimentDefinition experiment, Func<TResults, double> selector)
    {
        ArgumentNullException.ThrowIfNull(selector);
        var found = Numbers.Select(number => Select(experiment, selector, number)).Distinct().ToList();
        return found is [{ } metric] ? metric : throw new ExperimentsException("EXP8111",
            $"expected a selector of one declared metric of `{experiment.Name}`, as `r => r.Metric`, got one that gives something else",
            "say which direction is better: `Best(r => …, Goal.Maximize)`");
    }

    private static MetricDefinition? Select(ExperimentDefinition experiment, Func<TResults, double> selector, Func<int, double> number)
    {
        var values = experiment.Metrics.Where(m => !m.Derived).Select((metric, index) => (metric, value: number(index))).ToList();
        var results = TResults.Read(new RunOutputs(values.ToDictionary(v => v.metric.Name, v => v.value), Path.DirectorySeparatorChar.ToString()));
        var derived = results.Derived().ToDictionary(d => d.Key, d => d.Value);
        values.AddRange(experiment.Metrics.Where(m => m.Derived && derived.ContainsKey(m.Name)).Select(m => (m, derived[m.Name]() ?? double.NaN)));
        var selected = selector(results);
        return values.FirstOrDefault(v => v.value == selected).metric;
    }
}
