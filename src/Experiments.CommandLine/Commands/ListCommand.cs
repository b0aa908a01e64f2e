using System.CommandLine;
using System.Globalization;
using Experiments.Registry;

namespace Experiments.CommandLine;

/// <summary><c>list</c>: runs in order of submission.</summary>
internal sealed class ListCommand : ExperimentCommand
{
    private readonly Argument<string?> _target = Syntax.Among();
    private readonly FilterSyntax _filter = new();
    private readonly Option<Setting<int>?> _limit = Syntax.Number("--limit", "Show at most this many");

    public ListCommand(CommandContext context)
        : base("list", "List runs, in order of submission", context)
    {
        Add(_target);
        _filter.AddTo(this, status: true);
        Add(_limit);
    }

    protected override async Task<ExitCode> RunAsync(Session session, ParseResult parsed, CancellationToken cancel)
    {
        await using var registry = await session.OpenExistingRegistryAsync().ConfigureAwait(false);
        var scope = await Scope.FindAsync(session, registry, parsed.GetValue(_target), cancel).ConfigureAwait(false);
        var filter = await _filter.ReadAsync(parsed, session, registry, scope.Filter, cancel).ConfigureAwait(false);
        var runs = await registry.ListAsync(filter with { Limit = parsed.GetValue(_limit)?.Value }, cancel).ConfigureAwait(false);
        if (session.Json)
            session.Terminal.WriteJson(json => RunJson.Write(json, runs));
        else if (runs.Count == 0)
            session.Terminal.Advise("no such runs");
        else
            Write(session.Terminal, runs, scope);
        return ExitCode.Success;
    }

    private static void Write(Terminal terminal, IReadOnlyList<RunRecord> runs, Scope scope)
    {
        var experiments = runs.Select(r => r.Experiment).Distinct().Count() > 1;
        var tags = runs.Any(r => !r.Tags.IsEmpty);
        var primary = scope.Experiments.ToDictionary(e => e.Name, Ranking.Of);
        var shared = primary.Values.OfType<Ranking>().Select(r => r.Metric).Distinct().ToList();
        var why = runs.Any(r => r.BlockedBy is not null || r.Category is not null);
        var now = DateTimeOffset.UtcNow;
        var table = new ListTable().Column("run");
        if (experiments)
            table.Column("experiment");
        table.Column("status").Column("attempts", number: true);
        if (shared.Count > 0)
            table.Column(shared is [var only] ? only : "metric", number: true);
        table.Column("time", number: true);
        if (tags)
            table.Column("tags");
        if (why)
            table.Column("why");
        foreach (var run in runs)
        {
            var cells = new List<Cell> { run.Id };
            if (experiments)
                cells.Add(run.Experiment);
            cells.Add(Looks.Of(run.Status, run.BlockedBy is not null));
            cells.Add(run.Attempts.ToString(CultureInfo.InvariantCulture));
            if (shared.Count > 0)
                cells.Add(primary.GetValueOrDefault(run.Experiment) is { } ranking && run.Metrics.TryGetValue(ranking.Metric, out var value) ? Words.Number(value) : "");
            cells.Add(run.Started is { } started ? Words.Duration((run.Ended >= started ? run.Ended.Value : now) - started) : "");
            if (tags)
                cells.Add(new Cell(string.Join(' ', run.Tags), Looks.Quiet));
            if (why)
                cells.Add(new Cell(run.BlockedBy ?? run.Category ?? "", Looks.Odd));
            table.Row([.. cells]);
        }

        table.Write(terminal);
    }
}
