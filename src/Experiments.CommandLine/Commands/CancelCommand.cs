using System.CommandLine;
using Experiments.Registry;

namespace Experiments.CommandLine;

/// <summary><c>cancel</c>: pending runs won't start, running ones are stopped.</summary>
internal sealed class CancelCommand : ExperimentCommand
{
    private readonly Argument<string[]> _runs = Syntax.Runs();
    private readonly Option<bool> _allPending = Syntax.Flag("--all-pending", "All pending runs");
    private readonly FilterSyntax _filter = new();
    private readonly Option<bool> _dryRun = Syntax.Flag("--dry-run", "Show which, and do nothing");

    public CancelCommand(CommandContext context)
        : base("cancel", "Cancel pending runs and stop running ones", context)
    {
        Add(_runs);
        Add(_allPending);
        _filter.AddTo(this, status: false);
        Add(_dryRun);
    }

    protected override async Task<ExitCode> RunAsync(Session session, ParseResult parsed, CancellationToken cancel)
    {
        var words = parsed.GetValue(_runs) ?? [];
        if (words.Length > 0 == parsed.GetValue(_allPending))
            throw new ExperimentsException("EXP8101", "expected run ids or `--all-pending`, got " + (words.Length == 0 ? "neither" : "both"), "`cancel RUN…` or `cancel --all-pending [--experiment NAME]`");
        var filter = new RunFilter { Status = words.Length == 0 ? [RunStatus.Pending] : [RunStatus.Pending, RunStatus.Running] };
        return await RunChange.ApplyAsync(session, words, registry => _filter.ReadAsync(parsed, session, registry, filter, cancel), parsed.GetValue(_dryRun),
            new RunChange("cancelled", "would be cancelled", "only pending and running runs can be",
                (registry, chosen) => registry.CancelAsync(chosen, cancel)), cancel).ConfigureAwait(false);
    }
}
