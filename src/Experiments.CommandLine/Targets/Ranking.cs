using Experiments.Registry;

namespace Experiments.CommandLine;

/// <summary>What runs are ranked by.</summary>
/// <param name="Metric">Name of the metric.</param>
/// <param name="Goal">Which direction is better.</param>
internal sealed record Ranking(string Metric, Goal Goal)
{
    /// <summary>The primary metric of an experiment; <see langword="null"/> when it declares none.</summary>
    public static Ranking? Of(ExperimentDefinition experiment) => experiment.PrimaryMetric() is { } primary ? new Ranking(primary.Name, primary.Goal) : null;

    /// <summary>The metric that was asked for, or the one the experiments in scope declare as primary.</summary>
    /// <exception cref="ExperimentsException">EXP8104: no such metric, or no one way to rank.</exception>
    public static Ranking Choose(Scope scope, string? metric, Goal? goal)
    {
        var declared = scope.Experiments.SelectMany(e => e.Metrics).ToList();
        if (metric is not null)
        {
            var goals = declared.Where(m => m.Name == metric).Select(m => m.Goal).Distinct().ToList();
            if (goal is null && goals is not [_])
                throw Unknown(metric, declared, goals.Count);
            return new Ranking(metric, goal ?? goals[0]);
        }

        var primaries = scope.Experiments.Select(Of).OfType<Ranking>().Distinct().ToList();
        return primaries switch
        {
            [var only] => only with { Goal = goal ?? only.Goal },
            [] => throw new ExperimentsException("EXP8104", $"expected {Subject(scope)} to declare a metric to rank by, got none", "name one with `--metric NAME --goal max` (or `min`)"),
            _ => throw new ExperimentsException("EXP8104", $"expected one metric to rank by, got {Words.List([.. primaries.Select(p => p.Metric).Distinct()])} of several experiments",
                "name a target, or a metric with `--metric NAME`"),
        };
    }

    private static ExperimentsException Unknown(string metric, IReadOnlyList<MetricDefinition> declared, int goals) => goals > 1
        ? new ExperimentsException("EXP8104", $"expected one goal for `{metric}`, got a different one from each experiment", "name a target, or add `--goal max` or `--goal min`")
        : new ExperimentsException("EXP8104", $"expected a declared metric, got `{metric}`",
            DidYouMean.Ask(metric, declared.Select(m => m.Name))
            ?? $"{(declared.Count == 0 ? "none is declared" : $"declared are {Words.List([.. declared.Select(m => m.Name).Distinct()])}")}; for an undeclared one add `--goal max` or `--goal min`");

    private static string Subject(Scope scope) => scope.Name is { } name ? $"`{name}`" : "the experiments";
}
