using Experiments.Generators.Models;
using Experiments.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace Experiments.Generators.Analyzers.Proofs;

/// <summary>Runs that two sweeps of one experiment have in common: they are executed once and counted by both. Only what is certain is reported.</summary>
internal static class SharedRunsProof
{
    /// <summary>A sweep of the compilation.</summary>
    internal sealed record Declared(INamedTypeSymbol Type, SweepModel Sweep, ExperimentModel Experiment);

    public static void Check(IEnumerable<Declared> sweeps, Problems problems, CancellationToken cancellation)
    {
        foreach (var group in sweeps.GroupBy(s => s.Sweep.Experiment.Type.FullName).Where(g => g.Count() > 1))
        {
            var known = group.OrderBy(s => s.Type.ToDisplayString(), StringComparer.Ordinal).Select(s => (s.Type, Runs: Runs(s, cancellation))).Where(s => s.Runs.Count > 0).ToList();
            for (var i = 0; i < known.Count; i++)
            {
                for (var j = i + 1; j < known.Count; j++)
                {
                    var shared = known[i].Runs.Where(run => known[j].Runs.ContainsKey(run.Key)).ToList();
                    if (shared.Count > 0)
                        problems.Report(RuleIds.SharedRuns, known[j].Type.Place(), [known[i].Type.Place()], [known[j].Type.Name, known[i].Type.Name, shared.Count, shared[0].Value]);
                }
            }
        }
    }

    /// <summary>The ids of the runs by what tells them apart; empty where that is not known.</summary>
    private static Dictionary<string, string> Runs(Declared declared, CancellationToken cancellation)
    {
        var (type, sweep, experiment) = (declared.Type, declared.Sweep, declared.Experiment);
        var runs = new Dictionary<string, string>(StringComparer.Ordinal);
        var include = sweep.HasInclude ? PointExpression.Of(type, "Include", sweep.Axes, cancellation) : null;
        if (PointWalk.Of(sweep) is not { } points || (sweep.HasInclude && include is null))
            return runs;
        foreach (var point in points)
        {
            cancellation.ThrowIfCancellationRequested();
            if (include is not null && include.Evaluate(point) != true)
                continue;
            var id = IdPreview.Id(experiment, sweep.Axes, point);
            if (sweep.HasBase && id.IndexOf('{') >= 0)
                return [];
            // A hash is of everything, so everything that varies must be the same.
            var rest = experiment.Id.HasHash
                ? string.Concat(sweep.Axes.OrderBy(a => a.PropertyPath, StringComparer.Ordinal).Select(a => $"\0{a.PropertyPath}={point[a.Name].Code}"))
                : "";
            runs[id + rest] = id;
        }

        return runs;
    }
}
