using Experiments.Registry;

namespace Experiments.CommandLine;

/// <summary>Completed runs under one name: a target, a tag, a run id or a pattern of run ids.</summary>
/// <param name="Name">As typed.</param>
/// <param name="Runs">In order of submission.</param>
/// <param name="Experiments">What they are runs of.</param>
internal sealed record RunGroup(string Name, IReadOnlyList<RunRecord> Runs, IReadOnlyList<ExperimentDefinition> Experiments)
{
    /// <summary>Finds the completed runs a word means.</summary>
    /// <exception cref="ExperimentsException">EXP8102: it means nothing.</exception>
    public static async Task<RunGroup> FindAsync(Session session, IRegistry registry, string word, CancellationToken cancel)
    {
        var targets = await registry.TargetsAsync(cancel).ConfigureAwait(false);
        var runs = await FindRunsAsync(session, registry, targets, word, cancel).ConfigureAwait(false);
        var names = runs.Select(r => r.Experiment).ToHashSet();
        return new RunGroup(word, [.. runs.Where(r => r.Status == RunStatus.Completed)],
            [.. targets.SelectMany(t => t.Experiments).Where(e => names.Contains(e.Name)).DistinctBy(e => e.Name)]);
    }

    /// <summary>The experiments whose metrics can compare two groups: those that both have runs of, since a pattern may also meet runs of others; all, when they share none.</summary>
    public IReadOnlyList<ExperimentDefinition> ComparableWith(RunGroup other) =>
        Experiments.IntersectBy(other.Experiments.Select(e => e.Name), e => e.Name).ToList() is { Count: > 0 } shared
            ? shared
            : [.. Experiments.Concat(other.Experiments).DistinctBy(e => e.Name)];

    private static async Task<IReadOnlyList<RunRecord>> FindRunsAsync(Session session, IRegistry registry, IReadOnlyList<TargetRecord> targets, string word, CancellationToken cancel)
    {
        if (RunSelection.IsPattern(word))
            return await RunSelection.FindAsync(registry, [word], cancel).ConfigureAwait(false);
        if (Targets.Find(session.Catalogue, word) is not null || targets.Any(t => t.Name == word))
            return await registry.ListAsync((await Scope.FindAsync(session, registry, word, cancel).ConfigureAwait(false)).Filter, cancel).ConfigureAwait(false);
        if (await registry.ListAsync(new RunFilter { Tag = word }, cancel).ConfigureAwait(false) is { Count: > 0 } tagged)
            return tagged;
        if (await registry.ListAsync(new RunFilter { Ids = [word] }, cancel).ConfigureAwait(false) is { Count: > 0 } single)
            return single;
        throw new ExperimentsException("EXP8102", $"expected a target, a tag, a run id or a pattern of run ids, got `{word}`",
            DidYouMean.Ask(word, targets.Select(t => t.Name).Concat(Targets.NamesOf(session.Catalogue))) ?? "a pattern holds `*`, as in `'hcrl_sa/teacher_*'`", ExitCode.NotFound);
    }
}
