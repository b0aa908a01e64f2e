using Experiments.Registry;

namespace Experiments.CommandLine;

/// <summary>What the registry knows of a plan's runs.</summary>
internal sealed class PlanStates
{
    private static readonly Cell New = new("new", Looks.Strong), Done = new("done", Looks.Good);

    private readonly IReadOnlyDictionary<string, RunStatus> _known;

    private PlanStates(IReadOnlyDictionary<string, RunStatus> known) => _known = known;

    /// <summary>Asks the registry, if there is one.</summary>
    public static async Task<PlanStates> ReadAsync(Session session, Plan plan, CancellationToken cancel)
    {
        if (!File.Exists(session.Root.RegistryFile))
            return new PlanStates(new Dictionary<string, RunStatus>());
        await using var registry = await session.OpenExistingRegistryAsync().ConfigureAwait(false);
        return new PlanStates(await registry.StatesAsync(new RunFilter { Ids = [.. plan.Runs.Select(r => r.Id)] }, cancel).ConfigureAwait(false));
    }

    /// <summary><c>new</c>, <c>pending</c>, <c>running</c>, <c>done</c>, <c>failed</c> or <c>cancelled</c>.</summary>
    public Cell Of(PlannedRun run) => !_known.TryGetValue(run.Id, out var status) ? New
        : status == RunStatus.Completed ? Done
        : Looks.Of(status);

    /// <summary>Whether a run is completed.</summary>
    public bool IsDone(PlannedRun run) => _known.TryGetValue(run.Id, out var status) && status == RunStatus.Completed;

    /// <summary><c>15 new, 12 done</c>.</summary>
    public string Counts(Plan plan)
    {
        var states = plan.Runs.Select(r => Of(r).Text).ToList();
        return string.Join(", ", ((string[])["new", "pending", "running", "done", "failed", "cancelled"])
            .Where(states.Contains).Select(state => $"{Words.Number(states.Count(s => s == state))} {state}"));
    }
}
