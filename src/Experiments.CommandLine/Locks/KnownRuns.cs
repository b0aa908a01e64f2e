using System.Collections.Immutable;
using System.Text;
using Experiments.Registry;

namespace Experiments.CommandLine;

/// <summary>A run of the registry that today's program would not find again.</summary>
/// <param name="Id">Its id in the registry.</param>
/// <param name="Experiment">Its experiment.</param>
/// <param name="Status">Its state.</param>
/// <param name="NewId">The id that its configuration has now; <see langword="null"/> when it is no configuration any more.</param>
/// <param name="Reason">What became of it; <see langword="null"/> when its id is simply another.</param>
internal sealed record EstrangedRun(string Id, string Experiment, RunStatus Status, string? NewId, string? Reason);

/// <summary>
/// What a change of identity costs, run by run: stored configurations are planned again with today's declarations, which must give the id and
/// the content hash that the registry has, and sweeps must give known ids the configurations they have.
/// </summary>
internal sealed class KnownRuns
{
    private readonly IRegistry _registry;
    private readonly List<(SweepType Sweep, Dictionary<string, ContentHash> Runs)> _sweeps;

    private KnownRuns(IRegistry registry, IEnumerable<SweepType> sweeps)
    {
        _registry = registry;
        _sweeps = [.. sweeps.Select(s => (s, Runs(s)))];
    }

    /// <summary>The runs that have become others, in order of submission.</summary>
    /// <param name="registry">Knows them.</param>
    /// <param name="scope">Which experiments and sweeps to look at.</param>
    /// <param name="changed">Experiments and sweeps that are not as locked. Of the others, runs that have become others did so before the lock was written.</param>
    /// <param name="cancel">Stops.</param>
    public static async Task<ImmutableArray<EstrangedRun>> EstrangedAsync(IRegistry registry, Catalogue scope, IReadOnlySet<string> changed, CancellationToken cancel)
    {
        var known = new KnownRuns(registry, scope.Sweeps);
        var estranged = ImmutableArray.CreateBuilder<EstrangedRun>();
        foreach (var experiment in scope.Experiments)
        {
            var left = await known.LeftAsync(experiment, changed, cancel).ConfigureAwait(false);
            foreach (var run in await registry.ListAsync(new RunFilter { Experiment = experiment.Name }, cancel).ConfigureAwait(false))
            {
                if (((changed.Contains(experiment.Name) ? Other(experiment, run) : null) ?? known.Contested(run) ?? (left.TryGetValue(run.Id, out var sweep) ? Of(run, run.Id, $"`{sweep}` does not have it any more") : null)) is { } other)
                    estranged.Add(other);
            }
        }

        return estranged.ToImmutable();
    }

    private static EstrangedRun? Other(ExperimentType experiment, RunRecord run)
    {
        PlannedRun planned;
        try
        {
            planned = experiment.Plan(Encoding.UTF8.GetBytes(run.Config));
        }
        catch (ExperimentsException e)
        {
            return Of(run, null, e.Message);
        }

        if (planned.Id != run.Id)
            return Of(run, planned.Id, null);
        return planned.Hash != run.Hash ? Of(run, run.Id, "its configuration counts as another one") : null;
    }

    /// <summary>A run that a sweep would be refused for, because its id is known with another configuration.</summary>
    private EstrangedRun? Contested(RunRecord run)
    {
        foreach (var (sweep, runs) in _sweeps)
        {
            if (runs.TryGetValue(run.Id, out var hash) && hash != run.Hash)
                return Of(run, run.Id, $"`{sweep.Name}` gives its id to another configuration");
        }

        return null;
    }

    /// <summary>The runs that changed sweeps of an experiment had and have no more, with the sweep.</summary>
    private async Task<Dictionary<string, string>> LeftAsync(ExperimentType experiment, IReadOnlySet<string> changed, CancellationToken cancel)
    {
        var left = new Dictionary<string, string>();
        foreach (var (sweep, runs) in _sweeps.Where(s => s.Sweep.Experiment.Name == experiment.Name && changed.Contains(s.Sweep.Name)))
        {
            foreach (var id in (await _registry.StatesAsync(new RunFilter { Collection = sweep.Name }, cancel).ConfigureAwait(false)).Keys.Where(id => !runs.ContainsKey(id)))
                left.TryAdd(id, sweep.Name);
        }

        return left;
    }

    private static Dictionary<string, ContentHash> Runs(SweepType sweep)
    {
        var runs = new Dictionary<string, ContentHash>();
        sweep.VisitIds((id, hash) => runs[Encoding.UTF8.GetString(id)] = hash);
        return runs;
    }

    private static EstrangedRun Of(RunRecord run, string? newId, string? reason) => new(run.Id, run.Experiment, run.Status, newId, reason);
}
