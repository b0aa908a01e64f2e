using Experiments.Runtime;

namespace Experiments.CommandLine;

/// <summary>Plans whose launches are resolved, so that what is submitted can be started from anywhere on this host.</summary>
internal static class Resolution
{
    /// <summary>Resolves every run's launch, once per experiment, and plans.</summary>
    public static Plan Plan(string target, IEnumerable<PlannedRun> runs)
    {
        var definitions = new Dictionary<ExperimentDefinition, ExperimentDefinition>(ReferenceEqualityComparer.Instance);
        var resolved = new Dictionary<PlannedRun, PlannedRun>(ReferenceEqualityComparer.Instance);
        return Experiments.Plan.Create(target, runs.Select(Resolve));

        PlannedRun Resolve(PlannedRun run)
        {
            if (resolved.TryGetValue(run, out var known))
                return known;
            // Its own inputs may lead back to it; `Plan.Create` says so better than a stack overflow would.
            resolved.Add(run, run);
            var result = run with { Experiment = Definition(run.Experiment), Inputs = [.. run.Inputs.Select(i => i with { Run = Resolve(i.Run) })] };
            resolved[run] = result;
            return result;
        }

        ExperimentDefinition Definition(ExperimentDefinition declared)
        {
            if (!definitions.TryGetValue(declared, out var known))
                definitions.Add(declared, known = LaunchResolver.Resolve(declared));
            return known;
        }
    }
}
