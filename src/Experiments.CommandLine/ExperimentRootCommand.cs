using System.CommandLine;
using System.CommandLine.Help;

namespace Experiments.CommandLine;

/// <summary>All commands.</summary>
internal sealed class ExperimentRootCommand : RootCommand
{
    public ExperimentRootCommand(Catalogue catalogue, Terminal terminal, Func<CommandContext, IEnumerable<Command>>? more = null)
        : base("Plans, runs and compares machine-learning experiments.")
    {
        Globals = new GlobalOptions();
        Add(Globals.Results);
        Add(Globals.Json);
        Add(Globals.Debug);
        var context = new CommandContext(catalogue, terminal, Globals);
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
internal sealed record CommandContext(Catalogue Catalogue, Terminal Terminal, GlobalOptions Globals);

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
