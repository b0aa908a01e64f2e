namespace Experiments.CommandLine;

/// <summary>What a command was asked to plan: a sweep or experiment of the program, or a plan file.</summary>
internal abstract record Target(string Name)
{
    /// <summary>Plans it, with every launch resolved for this host.</summary>
    /// <param name="overrides">Options and <c>key=value</c> words of the experiment.</param>
    /// <exception cref="ExperimentsException">EXP8010: an override is wrong. EXP8020: an entrypoint was not found. EXP2xxx: ids collide.</exception>
    public abstract Plan Plan(IReadOnlyList<string> overrides);
}

/// <summary>An experiment with its defaults, or a sweep of it.</summary>
internal sealed record CatalogueTarget(string Name, ExperimentType Experiment, SweepType? Sweep) : Target(Name)
{
    public override Plan Plan(IReadOnlyList<string> overrides) =>
        Resolution.Plan(Name, Sweep is null ? [Experiment.Plan(overrides)] : Sweep.Expand(overrides));
}

/// <summary>A script, which this process has become: all its sweeps, else all its experiments.</summary>
internal sealed record ScriptTarget(string Name, Catalogue Catalogue) : Target(Name)
{
    public const string Extension = ".csx";

    /// <summary>What a script's name means in a program that declares this.</summary>
    /// <exception cref="ExperimentsException">EXP8102: the script declares nothing, or this program can't read scripts.</exception>
    public static Target Of(Catalogue catalogue, string script)
    {
        if (catalogue.Sweeps is [var sweep])
            return new CatalogueTarget(sweep.Name, sweep.Experiment, sweep);
        return !catalogue.Sweeps.IsEmpty || !catalogue.Experiments.IsEmpty
            ? new ScriptTarget(System.IO.Path.GetFileName(script), catalogue)
            : throw new ExperimentsException("EXP8102", $"expected script `{script}` to declare an experiment or a sweep, got none",
                "declare a record with `[Experiment]` in it; scripts are run by the tool: `exp run " + script + "`", ExitCode.NotFound);
    }

    public override Plan Plan(IReadOnlyList<string> overrides) => Resolution.Plan(Name, Catalogue.Sweeps.IsEmpty
        ? Catalogue.Experiments.Select(e => e.Plan(overrides))
        : Catalogue.Sweeps.SelectMany(s => s.Expand(overrides)));
}

/// <summary>A file that <c>plan --out</c> wrote.</summary>
internal sealed record PlanFileTarget(string Path) : Target(Path)
{
    public override Plan Plan(IReadOnlyList<string> overrides) => overrides is []
        ? PlanFile.Read(Path)
        : throw new ExperimentsException("EXP8101", $"expected nothing more after a plan file, got {Words.List(overrides)}",
            "the runs of a plan file are fixed: give overrides to `plan` when you write it");
}
