using System.CommandLine;

namespace Experiments.CommandLine;

/// <summary><c>leaderboard</c>: the best completed runs.</summary>
internal sealed class LeaderboardCommand : ExperimentCommand
{
    private const int TopDefault = 10;

    private readonly Argument<string?> _target = Syntax.Among();
    private readonly FilterSyntax _filter = new();
    private readonly Option<string?> _metric = Syntax.Word("--metric", "NAME", "Metric to rank by. Default: the experiment's primary metric");
    private readonly Option<Setting<Goal>?> _goal = Syntax.Goal();
    private readonly Option<Setting<int>?> _top = Syntax.Number("--top", $"Show this many. Default: {TopDefault}");

    public LeaderboardCommand(CommandContext context)
        : base("leaderboard", "Rank completed runs by a metric", context)
    {
        Add(_target);
        Add(_metric);
        Add(_goal);
        Add(_top);
        _filter.AddTo(this, status: false);
    }

    protected override async Task<ExitCode> RunAsync(Session session, ParseResult parsed, CancellationToken cancel)
    {
        await using var registry = await session.OpenExistingRegistryAsync().ConfigureAwait(false);
        var scope = await Scope.FindAsync(session, registry, parsed.GetValue(_target), cancel).ConfigureAwait(false);
        var filter = await _filter.ReadAsync(parsed, session, registry, scope.Filter, cancel).ConfigureAwait(false);
        if (filter.Experiment is { } experiment)
            scope = scope with { Experiments = [.. scope.Experiments.Where(e => e.Name == experiment)] };
        var ranking = Ranking.Choose(scope, parsed.GetValue(_metric), parsed.GetValue(_goal)?.Value);
        var runs = await registry.LeaderboardAsync(filter, ranking.Metric, ranking.Goal, parsed.GetValue(_top)?.Value ?? TopDefault, cancel).ConfigureAwait(false);
        if (session.Json)
            session.Terminal.WriteJson(json => RunJson.Write(json, runs));
        else if (runs.Count == 0)
            session.Terminal.Advise($"no completed run has `{ranking.Metric}` yet");
        else
            LeaderboardTable.Write(session.Terminal, runs, ranking);
        return ExitCode.Success;
    }
}
