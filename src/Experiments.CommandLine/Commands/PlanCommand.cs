using System.CommandLine;
using System.Text.Json;
using Experiments.Runtime;

namespace Experiments.CommandLine;

/// <summary><c>plan</c>: what would run.</summary>
internal sealed class PlanCommand : ExperimentCommand
{
    private readonly Argument<string> _target;
    private readonly OverridesArgument _overrides = new();
    private readonly Option<bool> _commands = Syntax.Flag("--commands", "Show the command line of every run");
    private readonly Option<string?> _out = Syntax.Word("--out", "FILE", "Write the plan to a file, which `run` and `submit` take as a target");

    private readonly Option<Setting<TimeSpan>?> _maxHours = Syntax.Hours("--max-hours", "Refuse if the runs left are estimated to take more GPU-hours");

    private readonly LockSyntax _lock = new();

    public PlanCommand(CommandContext context)
        : base("plan", "Show what would run: ids, states, commands", context)
    {
        Add(_target = Syntax.TargetUnless(context));
        Add(_overrides);
        Add(_commands);
        Add(_out);
        Add(_maxHours);
        _lock.AddTo(this);
    }

    protected override async Task<ExitCode> RunAsync(Session session, ParseResult parsed, CancellationToken cancel)
    {
        var (target, overrides) = (parsed.GetValue(_target), parsed.GetValue(_overrides) ?? []);
        if (_lock.IsAsked(parsed))
            return await _lock.RunAsync(session, target, overrides, parsed, cancel).ConfigureAwait(false);
        if (target is null)
            throw new ExperimentsException("EXP8101", "expected `plan` to be given TARGET, got nothing", $"{_target.Description}; `plan --help` shows more");
        var plan = session.Plan(target, overrides, this);
        var states = await PlanStates.ReadAsync(session, plan, null, cancel).ConfigureAwait(false);
        if (parsed.GetValue(_maxHours) is { Value: var limit })
            PlanCost.Of(plan, states).Require(plan, limit);
        if (parsed.GetValue(_out) is { } file)
            PlanFile.Write(plan, file);
        if (session.Json)
            session.Terminal.WriteJson(json => Write(json, session, plan, states));
        else
            Write(session, plan, states, parsed.GetValue(_commands));
        if (parsed.GetValue(_out) is { } written)
            session.Terminal.Advise($"wrote {Words.Count(plan.Runs.Length, "run")} to `{written}`");
        return ExitCode.Success;
    }

    /// <summary>The table of a plan, with a line that counts it.</summary>
    public static void Write(Session session, Plan plan, PlanStates states, bool commands)
    {
        var terminal = session.Terminal;
        // A column that would say the same in every row says nothing.
        var runs = states.Runs.ToList();
        var priorities = runs.Any(r => r.Priority != PlannedRun.DefaultPriority);
        var tags = runs.Any(r => !r.Tags.IsEmpty);
        var inputs = plan.Runs.Any(r => !r.Inputs.IsEmpty);
        var table = new ListTable().Column("run").Column("state");
        if (priorities)
            table.Column("priority", number: true);
        if (tags)
            table.Column("tags");
        if (inputs)
            table.Column("inputs");
        if (commands)
            table.Column("command");
        foreach (var run in runs)
        {
            var cells = new List<Cell> { run.Id, states.Of(run) };
            if (priorities)
                cells.Add(run.Priority.ToString(System.Globalization.CultureInfo.InvariantCulture));
            if (tags)
                cells.Add(new Cell(string.Join(' ', run.Tags), Looks.Quiet));
            if (inputs)
                cells.Add(new Cell(string.Join(' ', run.Inputs.Select(i => $"{i.Name}={i.Run.Id}")), Looks.Quiet));
            if (commands)
                cells.Add(new Cell(CommandOf(session, run), Looks.Quiet));
            table.Row([.. cells]);
        }

        table.Write(terminal);
        terminal.WriteLine();
        terminal.WriteLine($"{plan.Target}: {Words.Count(plan.Runs.Length, "run")}, {states.Counts}{PlanCost.Of(plan, states).Words}");
        if (states.Conflict is { } conflict)
            terminal.Advise($"`{conflict.Id}` is known with another configuration: `run` and `submit` would refuse (EXP7010); `run --validate-only` says what differs");
    }

    /// <summary>The command line of a run's attempts, as it may be pasted into a shell.</summary>
    public static string CommandOf(Session session, PlannedRun run) =>
        ShellWords.Join(LaunchResolver.CommandLine(run.Experiment.Launch, run.Config, session.Root.Run(run.Id).Config, run.Inputs.Select(i => i.Name).Concat(run.Experiment.Secrets)));

    /// <summary>The JSON shape of a plan.</summary>
    public static void Write(Utf8JsonWriter json, Session session, Plan plan, PlanStates states)
    {
        json.WriteStartObject();
        json.WriteString("target"u8, plan.Target);
        json.WriteNumber("count"u8, plan.Runs.Length);
        if (PlanCost.Of(plan, states).GpuHours is > 0 and var hours)
            json.WriteNumber("estimated_gpu_hours"u8, Math.Round(hours, 3));
        json.WriteStartArray("runs"u8);
        foreach (var run in states.Runs)
        {
            json.WriteStartObject();
            json.WriteString("id"u8, run.Id);
            json.WriteString("experiment"u8, run.Experiment.Name);
            json.WriteString("state"u8, states.Of(run).Text);
            json.WriteString("command"u8, CommandOf(session, run));
            json.WriteNumber("priority"u8, run.Priority);
            json.WriteStrings("tags", run.Tags);
            json.WriteStartObject("inputs"u8);
            foreach (var input in run.Inputs)
                json.WriteString(input.Name, input.Run.Id);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
