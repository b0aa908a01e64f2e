using System.CommandLine;
using Experiments.Registry;
using Experiments.Runtime;

namespace Experiments.CommandLine;

/// <summary><c>retry</c>: failed or cancelled runs become pending again.</summary>
internal sealed class RetryCommand : ExperimentCommand
{
    private readonly Argument<string[]> _runs = Syntax.Runs();
    private readonly Option<bool> _failed = Syntax.Flag("--failed", "All failed runs");
    private readonly FilterSyntax _filter = new();
    private readonly Option<string?> _fromCheckpoint = new("--from-checkpoint")
    {
        Description = "Go on from this checkpoint instead of the newest; without a name from the newest, even of a run that was completed since",
        HelpName = "NAME",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<bool> _dryRun = Syntax.Flag("--dry-run", "Show which, and do nothing");

    public RetryCommand(CommandContext context)
        : base("retry", "Queue failed or cancelled runs again", context)
    {
        Add(_runs);
        Add(_failed);
        _filter.AddTo(this, status: false);
        Add(_fromCheckpoint);
        Add(_dryRun);
    }

    protected override async Task<ExitCode> RunAsync(Session session, ParseResult parsed, CancellationToken cancel)
    {
        var words = parsed.GetValue(_runs) ?? [];
        if (words.Length > 0 == parsed.GetValue(_failed))
            throw new ExperimentsException("EXP8101", "expected run ids or `--failed`, got " + (words.Length == 0 ? "neither" : "both"), "`retry RUN…` or `retry --failed [--experiment NAME]`");
        var filter = new RunFilter { Status = words.Length == 0 ? [RunStatus.Failed] : [RunStatus.Failed, RunStatus.Cancelled] };
        return await RunChange.ApplyAsync(session, words, registry => _filter.ReadAsync(parsed, session, registry, filter, cancel), parsed.GetValue(_dryRun),
            new RunChange("queued again", "would be queued again", "only failed and cancelled runs can be: `run TARGET --rerun` repeats completed ones",
                (registry, chosen) => RetryAsync(session, parsed, registry, chosen, cancel)), cancel).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<string>> RetryAsync(Session session, ParseResult parsed, IRegistry registry, RunFilter chosen, CancellationToken cancel)
    {
        if (parsed.GetResult(_fromCheckpoint) is not null)
        {
            var name = parsed.GetValue(_fromCheckpoint);
            foreach (var id in (await registry.StatesAsync(chosen, cancel).ConfigureAwait(false)).Keys)
                session.Terminal.Advise($"`{id}` goes on from `{RunCheckpoints.ResumeFrom(session.Root.Run(id), name)}`");
        }

        return await registry.RetryAsync(chosen, cancel).ConfigureAwait(false);
    }
}
