using System.CommandLine;
using Experiments.Registry;

namespace Experiments.CommandLine;

/// <summary><c>retry</c>: failed or cancelled runs become pending again.</summary>
internal sealed class RetryCommand : ExperimentCommand
{
    private readonly Argument<string[]> _runs = Syntax.Runs();
    private readonly Option<bool> _failed = Syntax.Flag("--failed", "All failed runs");
    private readonly FilterSyntax _filter = new();
    private readonly Option<bool> _dryRun = Syntax.Flag("--dry-run", "Show which, and do nothing");

    public RetryCommand(CommandContext context)
        : base("retry", "Queue failed or cancelled runs again", context)
    {
        Add(_runs);
        Add(_failed);
        _filter.AddTo(this, status: false);
        Add(_dryRun);
    }

    protected override async Task<ExitCode> RunAsync(Session session, ParseResult parsed, CancellationToken cancel)
    {
        var words = parsed.GetValue(_runs) ?? [];
        if (words.Length > 0 == parsed.GetValue(_failed))
            throw new ExperimentsException("EXP8101", "expected run ids or `--failed`, got " + (words.Length == 0 ? "neither" : "both"), "`retry RUN…` or `retry --failed [--experiment NAME]`");
        var filter = _filter.Read(parsed, new RunFilter { Status = words.Length == 0 ? [RunStatus.Failed] : [RunStatus.Failed, RunStatus.Cancelled] });
        return await RunChange.ApplyAsync(session, words, filter, parsed.GetValue(_dryRun),
            new RunChange("queued again", "would be queued again", "only failed and cancelled runs can be: `run TARGET --rerun` repeats completed ones",
                (registry, chosen) => registry.RetryAsync(chosen, cancel)), cancel).ConfigureAwait(false);
    }
}
