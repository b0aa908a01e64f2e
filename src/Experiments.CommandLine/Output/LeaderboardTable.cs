using System.Globalization;
using Experiments.Registry;

namespace Experiments.CommandLine;

/// <summary>Runs ranked by a metric, as a table.</summary>
internal static class LeaderboardTable
{
    /// <summary>Writes it; other metrics follow the ranked one as far as the terminal is wide.</summary>
    /// <param name="terminal">Where.</param>
    /// <param name="runs">Best first.</param>
    /// <param name="ranking">What they are ranked by.</param>
    public static void Write(Terminal terminal, IReadOnlyList<RunRecord> runs, Ranking ranking)
    {
        var columns = Columns(runs, ranking);
        var ids = runs.Max(r => r.Id.Length);
        // The rank, the id and the time, with their gaps, stay.
        var room = terminal.Width - (2 + 2 + ids + 2 + 6);
        var shown = columns.TakeWhile(c => (room -= c.Width + 2) >= 0).ToList();
        if (shown.Count == 0)
            shown.Add(columns[0]);
        var table = new ListTable().Column("#", number: true).Column("run");
        foreach (var column in shown)
            table.Column(column.Name, number: true);
        table.Column("time", number: true);
        for (var i = 0; i < runs.Count; i++)
        {
            var first = i == 0 ? Looks.Good : null;
            var cells = new List<Cell> { new((i + 1).ToString(CultureInfo.InvariantCulture), Looks.Quiet), new(runs[i].Id, first) };
            for (var c = 0; c < shown.Count; c++)
                cells.Add(new Cell(shown[c].Values[i], c > 0 ? null : first ?? Looks.Strong));
            cells.Add(new Cell(runs[i] is { Started: { } started, Ended: { } ended } ? Words.Duration(ended - started) : "", Looks.Quiet));
            table.Row([.. cells]);
        }

        table.Write(terminal);
    }

    private static List<(string Name, string[] Values, int Width)> Columns(IReadOnlyList<RunRecord> runs, Ranking ranking)
    {
        var names = runs.SelectMany(r => r.Metrics.Keys).Where(m => m != ranking.Metric && !SystemMetrics.Has(m)).Distinct().Order(StringComparer.Ordinal).Prepend(ranking.Metric);
        var columns = new List<(string, string[], int)>();
        foreach (var name in names)
        {
            var format = MetricFormat.Of(runs.Where(r => r.Metrics.ContainsKey(name)).Select(r => r.Metrics[name]));
            var values = runs.Select(r => r.Metrics.TryGetValue(name, out var value) ? format.Write(value) : "").ToArray();
            columns.Add((name, values, Math.Max(name.Length, values.Max(v => v.Length))));
        }

        return columns;
    }
}
