using System.Collections;
using Experiments.Registry;

namespace Experiments;

/// <summary>The runs of a sweep or experiment after they were executed, in the order of the sweep.</summary>
/// <typeparam name="TConfig">The experiment's record.</typeparam>
/// <typeparam name="TResults">Its results record.</typeparam>
public sealed class SweepOutcome<TConfig, TResults> : IReadOnlyList<RunResult<TConfig, TResults>>
    where TConfig : class
    where TResults : IResults<TResults>
{
    private readonly ExperimentDefinition _experiment;
    private readonly IReadOnlyList<RunResult<TConfig, TResults>> _runs;

    internal SweepOutcome(ExperimentDefinition experiment, IReadOnlyList<RunResult<TConfig, TResults>> runs)
    {
        _experiment = experiment;
        _runs = runs;
    }

    /// <inheritdoc/>
    public int Count => _runs.Count;

    /// <inheritdoc/>
    public RunResult<TConfig, TResults> this[int index] => _runs[index];

    /// <summary>The runs that completed, in the order of the sweep.</summary>
    public IReadOnlyList<RunResult<TConfig, TResults>> Completed => [.. _runs.Where(r => r.Status == RunStatus.Completed)];

    /// <summary>The runs that failed, in the order of the sweep.</summary>
    public IReadOnlyList<RunResult<TConfig, TResults>> Failed => [.. _runs.Where(r => r.Status == RunStatus.Failed)];

    /// <summary>The best completed run by a metric, in the direction that the metric declares: <c>Best(r => r.ValAcc)</c>.</summary>
    /// <param name="metric">A metric of the results record, as it is.</param>
    /// <exception cref="ExperimentsException">EXP8111: not a declared metric as it is. EXP8112: no completed run has it.</exception>
    public RunResult<TConfig, TResults> Best(Func<TResults, double> metric) => First(Ranked(metric));

    /// <summary>The best completed run by any number computed from its results.</summary>
    /// <param name="value">The number.</param>
    /// <param name="goal">Which direction is better.</param>
    /// <exception cref="ExperimentsException">EXP8112: no completed run has it.</exception>
    public RunResult<TConfig, TResults> Best(Func<TResults, double> value, Goal goal) => First(Ranked(value, goal));

    /// <summary>The completed runs by a metric, best first in the direction that the metric declares; those without a number last.</summary>
    /// <param name="metric">A metric of the results record, as it is.</param>
    /// <exception cref="ExperimentsException">EXP8111: not a declared metric as it is.</exception>
    public IReadOnlyList<RunResult<TConfig, TResults>> Ranked(Func<TResults, double> metric) => Ranked(metric, MetricProbe<TResults>.Find(_experiment, metric).Goal);

    /// <summary>The completed runs by any number computed from their results, best first; those without a number last.</summary>
    /// <param name="value">The number.</param>
    /// <param name="goal">Which direction is better.</param>
    public IReadOnlyList<RunResult<TConfig, TResults>> Ranked(Func<TResults, double> value, Goal goal)
    {
        ArgumentNullException.ThrowIfNull(value);
        var runs = Completed.Select(run => (run, value: value(run.Results))).OrderBy(r => double.IsNaN(r.value));
        return [.. (goal == Goal.Maximize ? runs.ThenByDescending(r => r.value) : runs.ThenBy(r => r.value)).Select(r => r.run)];

    }

    /// <inheritdoc/>
    public IEnumerator<RunResult<TConfig, TResults>> GetEnumerator() => _runs.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private RunResult<TConfig, TResults> First(IReadOnlyList<RunResult<TConfig, TResults>> ranked) => ranked is [var best, ..]
        ? best
        : throw new ExperimentsException("EXP8112", $"expected a completed run of `{_experiment.Name}`, got none of {_runs.Count}",
            Failed.Count > 0 ? $"{Failed.Count} failed: `list --status failed` says why" : null, ExitCode.RunFailed);
}
