namespace Experiments.CommandLine;

/// <summary>From the name on the command line to a target.</summary>
internal static class Targets
{
    /// <summary>The sweep or experiment with a name; an experiment also answers to the name of its record, and all to the full names of their records.</summary>
    /// <exception cref="ExperimentsException">EXP8102: there are several.</exception>
    public static CatalogueTarget? Find(Catalogue catalogue, string name)
    {
        List<CatalogueTarget> found =
        [
            .. catalogue.Sweeps.Where(s => s.Name == name || Qualified(s.FullName) == name).Select(s => new CatalogueTarget(NameOf(catalogue, s), s.Experiment, s)),
            .. catalogue.Experiments.Where(e => e.Name == name || e.TypeName == name || Qualified(e.FullName) == name).Select(e => new CatalogueTarget(e.Name, e, null)),
        ];
        return found.Count < 2 ? found.FirstOrDefault() : throw new ExperimentsException("EXP8102", $"expected the name of one sweep or experiment, got `{name}`, which {found.Count} have",
            $"there are {Words.List([.. found.Select(t => t.Sweep is { } sweep ? Qualified(sweep.FullName) : t.Name)])}", ExitCode.NotFound);
    }

    /// <summary>The name of a sweep as a target: its record's, with the namespace where several have it.</summary>
    public static string NameOf(Catalogue catalogue, SweepType sweep) => catalogue.Sweeps.Count(s => s.Name == sweep.Name) == 1 ? sweep.Name : Qualified(sweep.FullName);

    // What has no namespace gets one, or its full name would mean the others too.
    private static string Qualified(string fullName) => fullName.Contains('.', StringComparison.Ordinal) ? fullName : $"global::{fullName}";

    /// <summary>The target with a name.</summary>
    /// <exception cref="ExperimentsException">EXP8102: there is none, or several.</exception>
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
                ? "name a script such as `sweep.csx` or a plan file, or run the program that declares it"
                : $"there are {Words.List(known)}"), ExitCode.NotFound);
    }

    /// <summary>Every name that is a target.</summary>
    public static IEnumerable<string> NamesOf(Catalogue catalogue) =>
        catalogue.Sweeps.Select(s => NameOf(catalogue, s)).Concat(catalogue.Experiments.Select(e => e.Name)).Concat(catalogue.Experiments.Select(e => e.TypeName)).Distinct();
}
