using Experiments.Registry;

namespace Experiments.CommandLine;

/// <summary>The part of a registry that a command looks at.</summary>
/// <param name="Name">The name given; <see langword="null"/>: everything.</param>
/// <param name="Filter">The same as a filter.</param>
/// <param name="Experiments">The experiments whose runs may be in it.</param>
internal sealed record Scope(string? Name, RunFilter Filter, IReadOnlyList<ExperimentDefinition> Experiments)
{
    /// <summary>Finds what a name means: an experiment or sweep of the program, or one the registry knows.</summary>
    /// <exception cref="ExperimentsException">EXP8102: nobody knows the name.</exception>
    public static async Task<Scope> FindAsync(Session session, IRegistry registry, string? name, CancellationToken cancel)
    {
        if (name is not null && Targets.Find(session.Catalogue, name) is { } target)
        {
            return new Scope(target.Name, target.Sweep is null ? new RunFilter { Experiment = target.Name } : new RunFilter { Collection = target.Name },
                [target.Experiment.Definition]);
        }

        var known = await registry.TargetsAsync(cancel).ConfigureAwait(false);
        if (name is null)
            return new Scope(null, RunFilter.All, [.. known.SelectMany(t => t.Experiments).DistinctBy(e => e.Name)]);
        // An experiment's runs include those submitted under its name.
        if (known.Where(t => t.Name == name).OrderByDescending(t => t.IsExperiment).FirstOrDefault() is { } record)
            return new Scope(name, record.IsExperiment ? new RunFilter { Experiment = name } : new RunFilter { Collection = name }, record.Experiments);
        var names = Targets.NamesOf(session.Catalogue).Concat(known.Select(t => t.Name)).Distinct().ToList();
        throw new ExperimentsException("EXP8102", $"expected a sweep or an experiment, got `{name}`",
            DidYouMean.Ask(name, names) ?? (names.Count == 0 ? $"nothing was submitted to `{session.Root.Directory}` yet" : $"there are {Words.List(names)}"), ExitCode.NotFound);
    }
}
