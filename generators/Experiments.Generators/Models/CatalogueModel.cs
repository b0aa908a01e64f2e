using System.Collections.Immutable;

namespace Experiments.Generators.Models;

/// <summary>The types of an assembly's catalogue, by their full names, sorted.</summary>
internal sealed record CatalogueModel(EquatableArray<string> Experiments, EquatableArray<string> Sweeps)
{
    public bool IsEmpty => Experiments.Count + Sweeps.Count == 0;

    /// <summary>The assembly's own experiments, and those of others that its sweeps and inputs refer to.</summary>
    public static CatalogueModel Of(ImmutableArray<ExperimentModel> experiments, ImmutableArray<SweepModel> sweeps)
    {
        var reachable = experiments.Where(e => e.Type.IsReachable).ToList();
        var types = reachable.Select(e => e.Type.FullName)
            .Concat(sweeps.Where(s => s.Experiment.Type.IsReachable).Select(s => s.Experiment.Type.FullName))
            .Concat(reachable.SelectMany(e => e.Inputs).Select(i => i.ExperimentType));
        return new CatalogueModel(
            types.Distinct().OrderBy(t => t, StringComparer.Ordinal).ToEquatableArray(),
            sweeps.Where(s => s is { Creation: not null, Type.IsReachable: true }).Select(s => s.Type.FullName).OrderBy(t => t, StringComparer.Ordinal).ToEquatableArray());
    }
}
