using System.CommandLine;

namespace Experiments.CommandLine;

/// <summary>A command: its options and what it does, in one file each.</summary>
internal abstract class ExperimentCommand : Command
{
    protected ExperimentCommand(string name, string description, CommandContext context)
        : base(name, description)
    {
        SetAction(async (parsed, cancel) =>
        {
            var results = parsed.GetValue(context.Globals.Results)
                ?? (Environment.GetEnvironmentVariable(ProtocolVariables.Results) is { Length: > 0 } set ? set : "results");
            var session = new Session(context.Catalogue, context.Terminal, ResultsRoot.At(results), parsed.GetValue(context.Globals.Json));
            return (int)await RunAsync(session, parsed, cancel).ConfigureAwait(false);
        });
    }

    /// <summary>Executes the command.</summary>
    protected abstract Task<ExitCode> RunAsync(Session session, ParseResult parsed, CancellationToken cancel);
}
