namespace Experiments.CommandLine;

/// <summary>From the name on the command line to a target.</summary>
internal static class Targets
{
    /// <summary>The sweep or experiment with a name; an experiment also answers to the name of its record.</summary>
    public static CatalogueTarget? Find(Catalogue catalogue, string name)
    {
        if (catalogue.Sweeps.FirstOrDefault(s => s.Name == name) is { } sweep)
            return new CatalogueTarget(sweep.Name, sweep.Experiment, sweep);
        return catalogue.Experiments.FirstOrDefault(e => e.Name == name || e.TypeName == name) is { } experiment
            ? new CatalogueTarget(experiment.Name, experiment, null)
            : null;
    }

    /// <summary>The target with a name.</summary>
    /// <exception cref="ExperimentsException">EXP8102: there is none.</exception>
    public static Target Require(Catalogue catalogue, string name)
    {
        if (Find(catalogue, name) is { } found)
            return found;
        if (name.EndsWith(ScriptTarget.Extension, StringComparison.OrdinalIgnoreCase))
            return ScriptTarget.Of(catalogue, name);
        if (name.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || File.Exists(name))
            return new PlanFileTarget(name);
        var known = NamesOf(catalogue).ToList();
        throw new ExperimentsException("EXP8102", $"expected a sweep or experiment of this program, or a plan file, got `{name}`",
            DidYouMean.Ask(name, known) ?? (known.Count == 0
                ? "this program declares none: name a plan file, or run the program that declares it"
                : $"there are {Words.List(known)}"), ExitCode.NotFound);
    }

    /// <summary>Every name that is a target.</summary>
    public static IEnumerable<string> NamesOf(Catalogue catalogue) =>
        catalogue.Sweeps.Select(s => s.Name).Concat(catalogue.Experiments.Select(e => e.Name)).Concat(catalogue.Experiments.Select(e => e.TypeName)).Distinct();
}
