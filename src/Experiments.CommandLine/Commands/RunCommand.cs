using System.CommandLine;
using System.Text.Json;
using Experiments.Registry;
using Experiments.Runtime;

namespace Experiments.CommandLine;

/// <summary><c>run</c>: submit and execute here. Done runs are skipped; the same command resumes what was interrupted.</summary>
internal sealed class RunCommand : ExperimentCommand
{
    private const int Top = 10;

    private readonly Argument<string> _target;
    private readonly OverridesArgument _overrides = new();
    private readonly WorkerSyntax _worker = new();
    private readonly SubmitSyntax _submit = new();
    private readonly Option<Setting<TimeSpan>?> _maxHours = Syntax.Hours("--max-hours", "Refuse if the runs left are estimated to take more GPU-hours");
    private readonly Option<bool> _dryRun = Syntax.Flag("--dry-run", "Show what would run, and do nothing");
    private readonly Option<bool> _validateOnly = Syntax.Flag("--validate-only", "Check configurations, ids, inputs and entrypoints, and do nothing");

    public RunCommand(CommandContext context)
        : base("run", "Submit and execute here; done runs are skipped, Ctrl-C is safe", context)
    {
        Add(_target = Syntax.Target(context));
        Add(_overrides);
        _worker.AddTo(this);
        _submit.AddTo(this);
        Add(_maxHours);
        Add(_dryRun);
        Add(_validateOnly);
    }

    protected override async Task<ExitCode> RunAsync(Session session, ParseResult parsed, CancellationToken cancel)
    {
        var plan = session.Plan(parsed.GetRequiredValue(_target), parsed.GetValue(_overrides) ?? [], this);
        var submit = _submit.Read(parsed);
        if (parsed.GetValue(_maxHours) is { Value: var limit })
            PlanCost.Of(plan, await PlanStates.ReadAsync(session, plan, submit, cancel).ConfigureAwait(false)).Require(plan, limit);
        if (!parsed.GetValue(_dryRun))
            PlanSecrets.Require(plan);
        if (parsed.GetValue(_validateOnly) || parsed.GetValue(_dryRun))
            return await PreviewAsync(session, plan, submit, parsed.GetValue(_dryRun), cancel).ConfigureAwait(false);

        var worker = _worker.Read(parsed);
        await Worker.RequireSlotsAsync(worker, cancel: cancel).ConfigureAwait(false);
        await using var registry = await session.OpenRegistryAsync().ConfigureAwait(false);
        var submitted = await registry.SubmitAsync(plan, submit, cancel).ConfigureAwait(false);
        if (!session.Json && submitted.Done.Count < plan.Runs.Length)
        {
            session.Terminal.WriteLine(RunHeader.Of(plan, submitted));
            session.Terminal.Out.Flush();
        }

        // Nothing to do: what is done need not be read for a line that says so.
        var outcome = !session.Json && submitted.Done.Count == plan.Runs.Length ? new PlanOutcome(plan, submitted, [], TimeSpan.Zero, Interrupted: false)
            : await PlanExecution.RunAsync(registry, session.Root, plan, submitted, worker, session.Terminal, toError: session.Json, cancel).ConfigureAwait(false);

        if (session.Json)
            session.Terminal.WriteJson(json => Write(json, outcome));
        else
            await ReportAsync(session, registry, outcome).ConfigureAwait(false);
        return outcome.ExitCode;
    }

    private static async Task<ExitCode> PreviewAsync(Session session, Plan plan, SubmitOptions submit, bool show, CancellationToken cancel)
    {
        var states = await PlanStates.ReadAsync(session, plan, submit, cancel).ConfigureAwait(false);
        if (!show && await states.RefusalAsync(session, cancel).ConfigureAwait(false) is { } refusal)
            throw refusal;
        if (session.Json)
            session.Terminal.WriteJson(json => PlanCommand.Write(json, session, plan, states));
        else if (show)
            PlanCommand.Write(session, plan, states, commands: false);
        else
            session.Terminal.WriteLine($"{plan.Target}: {Words.Count(plan.Runs.Length, "run")} valid, {states.Counts}");
        return ExitCode.Success;
    }

    private static async Task ReportAsync(Session session, IRegistry registry, PlanOutcome outcome)
    {
        var terminal = session.Terminal;
        var runs = outcome.Plan.Runs.Where(r => !outcome.Plan.AddedInputs.Contains(r.Id)).ToList();
        var ranking = runs.Select(r => Ranking.Of(r.Experiment)).OfType<Ranking>().FirstOrDefault();
        // Not the target's: earlier runs under its name, with other overrides, are no part of this.
        var board = ranking is null ? [] : await registry.LeaderboardAsync(new RunFilter { Ids = [.. runs.Select(r => r.Id)] }, ranking.Metric, ranking.Goal, Top).ConfigureAwait(false);
        if (outcome.Submitted.Done.Count < outcome.Plan.Runs.Length)
            terminal.WriteLine();
        if (board.Count > 0)
        {
            LeaderboardTable.Write(terminal, board, ranking!);
            terminal.WriteLine();
        }

        RunSummary.Write(session, outcome, ranking, board.FirstOrDefault());
    }

    private static void Write(Utf8JsonWriter json, PlanOutcome outcome)
    {
        json.WriteStartObject();
        json.WriteString("target"u8, outcome.Plan.Target);
        json.WriteNumber("count"u8, outcome.Runs.Count);
        json.WriteNumber("skipped"u8, outcome.Submitted.Done.Count);
        json.WriteNumber("completed"u8, outcome.Count(RunStatus.Completed));
        json.WriteNumber("failed"u8, outcome.Count(RunStatus.Failed));
        json.WriteNumber("cancelled"u8, outcome.Count(RunStatus.Cancelled));
        json.WriteNumber("pending"u8, outcome.Count(RunStatus.Pending));
        json.WriteNumber("running"u8, outcome.Count(RunStatus.Running));
        json.WriteBoolean("interrupted"u8, outcome.Interrupted);
        json.WriteNumber("seconds"u8, Math.Round(outcome.Elapsed.TotalSeconds, 3));
        json.WritePropertyName("runs"u8);
        RunJson.Write(json, outcome.Runs);
        json.WriteEndObject();
    }
}
