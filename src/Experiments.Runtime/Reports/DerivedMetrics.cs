using System.Collections.Immutable;
using Experiments.Registry;

namespace Experiments.Runtime.Reports;

/// <summary>Metrics that the results record computes from others: ordinary C# of the program that declares the experiment.</summary>
internal static class DerivedMetrics
{
    /// <summary>The values a run ends with: those it reported, and what follows from them.</summary>
    /// <param name="run">The run.</param>
    /// <param name="reported">What it reported.</param>
    /// <param name="measured">What its worker measured of it, by name without prefix: it can be computed with, and is recorded already.</param>
    /// <param name="directory">Where its artifacts are.</param>
    /// <param name="notice">Told of what could not be computed. That fails no run: it has its results.</param>
    public static IReadOnlyDictionary<string, double> Added(ClaimedRun run, IReadOnlyDictionary<string, double> reported, IReadOnlyDictionary<string, double>? measured, string directory, Action<string> notice)
    {
        var declared = run.Experiment.Metrics.Where(m => m.Derived).Select(m => m.Name).ToHashSet();
        if (declared.Count == 0)
            return reported;
        if (Catalogue.Registered.Experiments.FirstOrDefault(e => e.Name == run.Experiment.Name) is not { } experiment)
        {
            notice($"`{run.RunId}` has no `{string.Join("`, `", declared)}`: they are computed by the program that declares `{run.Experiment.Name}`, and this worker is another one");
            return reported;
        }

        var all = new Dictionary<string, double>(reported);
        var known = new Dictionary<string, double>(reported);
        foreach (var (name, value) in measured ?? ImmutableDictionary<string, double>.Empty)
            known[SystemMetrics.Prefix + name] = value;
        try
        {
            foreach (var (name, compute) in experiment.Derived(new RunOutputs(known, directory)))
                Add(name, compute);
        }
        catch (Exception e)
        {
            notice($"`{run.RunId}` has no derived metrics: its results could not be read: {e.Message}");
        }

        return all;

        void Add(string name, Func<double?> compute)
        {
            try
            {
                if (compute() is { } value && !double.IsNaN(value))
                    all[name] = value;
                else
                    all.Remove(name);
            }
            catch (Exception e)
            {
                // Their code may throw anything, and the run is done whatever it throws.
                notice($"`{run.RunId}` has no `{name}`: {e.GetType().Name}: {e.Message}");
            }
        }
    }
}
