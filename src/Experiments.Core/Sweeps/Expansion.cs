using System.Collections.Immutable;
using System.ComponentModel;

namespace Experiments.Core;

/// <summary>Turns the points of a sweep into planned runs.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Expansion
{
    /// <summary>The runs of a sweep, lazily, in order. Overrides are parsed at once, so that mistakes show before the first run.</summary>
    /// <exception cref="ExperimentsException">EXP8010: an override is unknown or malformed.</exception>
    public static IEnumerable<PlannedRun> Runs<TConfig>(ISweepExpansion<TConfig> sweep, IReadOnlyList<string> overrides)
        where TConfig : class, IExperiment<TConfig>
    {
        var apply = overrides.Count > 0 ? TConfig.Overriding(overrides) : null;
        var runs = Lazily(sweep, apply);
        return sweep.ShuffleSeed is { } seed ? Shuffled(runs, seed) : runs;
    }

    /// <summary>Fisher and Yates's shuffle with our own numbers, since those of the framework differ between versions.</summary>
    private static IEnumerable<PlannedRun> Shuffled(IEnumerable<PlannedRun> ordered, int seed)
    {
        var runs = ordered.ToList();
        for (var i = runs.Count - 1; i > 0; i--)
        {
            var other = (int)new RandomAxis(seed, "run order", 0, i).UniformInteger(i);
            (runs[i], runs[other]) = (runs[other], runs[i]);
        }

        foreach (var run in runs)
            yield return run;
    }

    /// <summary>Adds the tags a point computes to those declared.</summary>
    public static ImmutableArray<string> Tags(ImmutableArray<string> declared, IEnumerable<string>? computed) =>
        computed is null ? declared : [.. declared.Concat(computed).Distinct()];

    /// <summary>The values of a long axis.</summary>
    public static T[] Values<T>(int count, Func<int, T> value)
    {
        var values = new T[count];
        for (var i = 0; i < count; i++)
            values[i] = value(i);
        return values;
    }

    /// <summary>The number of values of axes that are walked together.</summary>
    /// <exception cref="ExperimentsException">EXP3006: they differ.</exception>
    public static int ZipLength(string group, params ReadOnlySpan<(string Axis, int Count)> axes)
    {
        foreach (var axis in axes)
        {
            if (axis.Count != axes[0].Count)
                throw new ExperimentsException("EXP3006", $"expected the axes of `{group}` to have the same number of values, got {axes[0].Count} for `{axes[0].Axis}` and {axis.Count} for `{axis.Axis}`",
                    "axes with the same `Zip` are walked together");
        }

        return axes[0].Count;
    }

    private static IEnumerable<PlannedRun> Lazily<TConfig>(ISweepExpansion<TConfig> sweep, Func<TConfig, TConfig>? apply)
        where TConfig : class, IExperiment<TConfig>
    {
        foreach (var point in sweep.Walk())
        {
            var run = TConfig.Experiment.Plan(apply is null ? point.Config : apply(point.Config));
            yield return run with
            {
                Priority = point.Priority is >= 0 and <= PlannedRun.PriorityMax
                    ? point.Priority
                    : throw new ExperimentsException("EXP8010", $"expected the priority of `{run.Id}` to be from 0 to {PlannedRun.PriorityMax}, got `{point.Priority}`",
                        $"change `Priority` of the sweep `{sweep.SweepName}`"),
                Tags = Tags(run.Tags, point.Tags),
            };
        }
    }
}
