using System.CommandLine;
using System.CommandLine.Help;

namespace Experiments.CommandLine;

/// <summary>All commands.</summary>
internal sealed class ExperimentRootCommand : RootCommand
{
    public ExperimentRootCommand(Catalogue catalogue, Terminal terminal, Func<CommandContext, IEnumerable<Command>>? more = null)
        : base(more is null
            ? "Plans, runs and compares machine-learning experiments."
            : "Plans, runs and compares machine-learning experiments. `SCRIPT.csx` in the place of a command runs a script; `SCRIPT.csx --help` shows what it declares.")
    {
        Globals = new GlobalOptions();
        Add(Globals.Results);
        Add(Globals.Json);
        Add(Globals.Debug);
        var context = new CommandContext(catalogue, terminal, Globals, IsTool: more is not null);
        Add(new PlanCommand(context));
        Add(new RunCommand(context));
        Add(new SubmitCommand(context));
        Add(new WorkerCommand(context));
        Add(new StatusCommand(context));
        Add(new ListCommand(context));
        Add(new ShowCommand(context));
        Add(new LogsCommand(context));
        Add(new LeaderboardCommand(context));
        Add(new CompareCommand(context));
        Add(new RetryCommand(context));
        Add(new CancelCommand(context));
        Add(new PauseCommand(context, paused: true));
        Add(new PauseCommand(context, paused: false));
        Add(new LimitCommand(context));
        Add(new RegistryCommand(context));
        foreach (var command in more?.Invoke(context) ?? [])
            Add(command);
        Options.OfType<HelpOption>().Single().Action = new TargetHelp(catalogue, terminal);
        SetAction(parsed =>
        {
            // No command: what there is to choose from, as a usage error.
            parsed.RootCommandResult.Command.Parse(["--help"]).Invoke(parsed.InvocationConfiguration);
            return (int)ExitCode.Usage;
        });
    }

    /// <summary>Options every command takes.</summary>
    public GlobalOptions Globals { get; }
}

/// <summary>What commands are built from.</summary>
/// <param name="Catalogue">What may be named as a target.</param>
/// <param name="Terminal">Where to write.</param>
/// <param name="Globals">Options every command takes.</param>
/// <param name="IsTool">Whether this is <c>exp</c>, whose targets are scripts, rather than a program of experiments.</param>
internal sealed record CommandContext(Catalogue Catalogue, Terminal Terminal, GlobalOptions Globals, bool IsTool);

/// <summary>Options every command takes.</summary>
internal sealed class GlobalOptions
{
    public Option<string?> Results { get; } = new("--results")
    {
        Description = "Results root. Default: EXP_RESULTS, else `results`",
        HelpName = "DIR",
        Recursive = true,
    };

    public Option<bool> Json { get; } = new("--json") { Description = "Write JSON to standard output", Recursive = true };

    public Option<bool> Debug { get; } = new("--debug") { Description = "Show stack traces of errors", Recursive = true };
}
