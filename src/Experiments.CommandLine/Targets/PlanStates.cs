using Experiments.Registry;

namespace Experiments.CommandLine;

/// <summary>What the registry knows of a plan's runs.</summary>
internal sealed class PlanStates
{
    private static readonly (RunStatus? Status, Cell Cell)[] Order =
    [
        (null, new Cell("new", Looks.Strong)), (RunStatus.Pending, new Cell("pending", Looks.Quiet)), (RunStatus.Running, new Cell("running", Looks.Busy)),
        (RunStatus.Completed, new Cell("done", Looks.Good)), (RunStatus.Failed, new Cell("failed", Looks.Bad)), (RunStatus.Cancelled, new Cell("cancelled", Looks.Odd)),
    ];

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
    public Cell Of(PlannedRun run)
    {
        RunStatus? status = _known.TryGetValue(run.Id, out var known) ? known : null;
        return Order.First(o => o.Status == status).Cell;
    }

    /// <summary><c>15 new, 12 done</c>.</summary>
    public string Counts(Plan plan)
    {
        var counts = plan.Runs.CountBy(r => Of(r).Text).ToDictionary();
        return string.Join(", ", Order.Where(o => counts.ContainsKey(o.Cell.Text)).Select(o => $"{Words.Number(counts[o.Cell.Text])} {o.Cell.Text}"));
    }
}
