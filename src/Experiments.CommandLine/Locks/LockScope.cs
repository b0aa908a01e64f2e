namespace Experiments.CommandLine;

/// <summary>Narrows what is compared to one target.</summary>
internal static class LockScope
{
    /// <summary>What a target is about: a sweep and its experiment, or an experiment and all its sweeps; without a target everything.</summary>
    /// <exception cref="ExperimentsException">EXP8102: there is no such target.</exception>
    public static Catalogue Scope(this Catalogue catalogue, string? target)
    {
        if (target is null)
            return catalogue;
        if (Targets.Find(catalogue, target) is { } found)
            return new Catalogue([found.Experiment], found.Sweep is { } sweep ? [sweep] : [.. catalogue.Sweeps.Where(s => s.Experiment.Name == found.Experiment.Name)]);
        throw new ExperimentsException("EXP8102", $"expected a sweep or experiment of this program, got `{target}`",
            DidYouMean.Ask(target, Targets.NamesOf(catalogue)) ?? $"there are {Words.List([.. Targets.NamesOf(catalogue)])}", ExitCode.NotFound);
    }

    /// <summary>The part of a lock that a scope is about.</summary>
    public static IdentityLock Within(this IdentityLock value, Catalogue scope, string? target) => target is null ? value : new IdentityLock(
        value.Experiments.RemoveRange(value.Experiments.Keys.Where(name => scope.Experiments.All(e => e.Name != name))),
        value.Sweeps.RemoveRange(value.Sweeps.Keys.Where(name => scope.Sweeps.All(s => s.Name != name))));
}
