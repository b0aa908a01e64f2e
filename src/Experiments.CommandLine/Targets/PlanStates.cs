using System.Collections.Immutable;
using Experiments.Registry;

namespace Experiments.CommandLine;

/// <summary>What the registry knows of a plan's runs, and what submitting the plan would do to them.</summary>
internal sealed class PlanStates
{
    private static readonly Cell New = new("new", Looks.Strong), Done = new("done", Looks.Good), Again = new("again", Looks.Strong),
        Replaced = new("replaced", Looks.Odd), Contested = new("conflict", Looks.Bad);

    private static readonly string[] Words = ["new", "again", "replaced", "pending", "running", "done", "failed", "cancelled", "conflict"];

    private readonly Plan _plan;
    private readonly IReadOnlyDictionary<string, RunState> _known;
    private readonly SubmitOptions? _submit;

    private PlanStates(Plan plan, IReadOnlyDictionary<string, RunState> known, SubmitOptions? submit) => (_plan, _known, _submit) = (plan, known, submit);

    /// <summary>Asks the registry, if there is one.</summary>
    /// <param name="session">The results root.</param>
    /// <param name="plan">The plan.</param>
    /// <param name="submit">How the plan would be submitted; <see langword="null"/>: it is only looked at.</param>
    /// <param name="cancel">Stops.</param>
    public static async Task<PlanStates> ReadAsync(Session session, Plan plan, SubmitOptions? submit, CancellationToken cancel)
    {
        await using var registry = await session.FindRegistryAsync().ConfigureAwait(false);
        return new PlanStates(plan, registry is null ? ImmutableDictionary<string, RunState>.Empty
            : await registry.StatesAsync(new RunFilter { Ids = [.. plan.Runs.Select(r => r.Id)] }, cancel).ConfigureAwait(false), submit);
    }

    /// <summary>The runs in order, as submitting them would record them.</summary>
    public IEnumerable<PlannedRun> Runs => _submit is { Priority: null, Tags: [] } or null
        ? _plan.Runs
        : _plan.Runs.Select(run => Of(run) is var state && (state == New || state == Again || state == Replaced)
            ? run with { Priority = _submit.Priority ?? run.Priority, Tags = [.. run.Tags.Union(_submit.Tags)] }
            : run);

    /// <summary>
    /// <c>new</c>, <c>pending</c>, <c>running</c>, <c>done</c>, <c>failed</c>, <c>cancelled</c>, or <c>conflict</c>: known with another configuration.
    /// Where the plan would be submitted also <c>again</c>, for a run that would be queued once more, and <c>replaced</c>, for one that would take this configuration.
    /// </summary>
    public Cell Of(PlannedRun run)
    {
        if (!_known.TryGetValue(run.Id, out var known))
            return New;
        if (!known.Is(run))
            return _submit?.Known == Known.Force && known.Status != RunStatus.Running ? Replaced : Contested;
        if (_submit?.Requeues(known.Status) == true)
            return Again;
        return known.Status == RunStatus.Completed ? Done : Looks.Of(known.Status);
    }

    /// <summary>Whether a run is still to be executed.</summary>
    public bool IsLeft(PlannedRun run) => !_known.TryGetValue(run.Id, out var known) || !known.Is(run)
        || known.Status is RunStatus.Pending or RunStatus.Running || (_submit ?? new SubmitOptions()).Requeues(known.Status);

    /// <summary>The first run whose id is known with another configuration, so that the plan would be refused.</summary>
    public PlannedRun? Conflict => _plan.Runs.FirstOrDefault(run => Of(run) == Contested);

    /// <summary>The error that submitting the plan would give; <see langword="null"/>: none.</summary>
    public async Task<ExperimentsException?> RefusalAsync(Session session, CancellationToken cancel)
    {
        if (Conflict is not { } run)
            return null;
        await using var registry = await session.OpenExistingRegistryAsync().ConfigureAwait(false);
        return await registry.ListAsync(new RunFilter { Ids = [run.Id] }, cancel).ConfigureAwait(false) is [var known]
            ? Registry.Conflict.Of(run, known.Experiment, known.Config, _submit?.Known ?? Known.Resume)
            : null;
    }

    /// <summary><c>15 new, 12 done</c>.</summary>
    public string Counts
    {
        get
        {
            var counts = _plan.Runs.CountBy(run => Of(run).Text).ToDictionary();
            return string.Join(", ", Words.Where(counts.ContainsKey).Select(state => $"{CommandLine.Words.Number(counts[state])} {state}"));
        }
    }
}
