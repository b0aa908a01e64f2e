using System.CommandLine;
using Experiments.Registry;
using Experiments.Runtime;

namespace Experiments.CommandLine;

/// <summary><c>registry check</c>: whether the file is whole and everything holds that must.</summary>
internal sealed class RegistryCheckCommand : ExperimentCommand
{
    private readonly Option<bool> _views = Syntax.Flag("--views", "Also make the links under `experiments/` anew");

    public RegistryCheckCommand(CommandContext context)
        : base("check", "Check the file and everything that must always hold; upgrade an older registry", context) => Add(_views);

    protected override async Task<ExitCode> RunAsync(Session session, ParseResult parsed, CancellationToken cancel)
    {
        await using var registry = await session.OpenRegistryToChangeAsync().ConfigureAwait(false);
        var problems = await registry.CheckAsync(cancel).ConfigureAwait(false);
        if (parsed.GetValue(_views))
            RunViews.Rebuild(session.Root, await registry.ListAsync(RunFilter.All, cancel).ConfigureAwait(false));
        if (session.Json)
        {
            session.Terminal.WriteJson(json =>
            {
                json.WriteStartObject();
                json.WriteStrings("problems", problems);
                json.WriteEndObject();
            });
        }
        else
        {
            foreach (var problem in problems)
                session.Terminal.WriteLine(problem);
        }

        if (problems.Count > 0)
            throw new ExperimentsException("EXP7023", $"expected `{registry.File}` to be whole, got {Words.Count(problems.Count, "problem")}",
                "keep a copy, then go back to a backup, or export what can be read and import it elsewhere", ExitCode.RegistryUnavailable);
        session.Terminal.Advise("all is well");
        return ExitCode.Success;
    }
}
