namespace Experiments.CommandLine;

/// <summary>Two groups by one metric.</summary>
/// <param name="Ranking">The metric and its goal.</param>
/// <param name="FirstName">The first group.</param>
/// <param name="First">Its figures.</param>
/// <param name="SecondName">The second group.</param>
/// <param name="Second">Its figures.</param>
/// <param name="Paired">Second less first, over the pairs.</param>
/// <param name="SecondWins">Pairs whose second run is better.</param>
/// <param name="Apart">Configuration values that tell the groups apart.</param>
internal sealed record Comparison(
    Ranking Ranking, string FirstName, Statistics First, string SecondName, Statistics Second, Statistics Paired, int SecondWins, IReadOnlyList<string> Apart)
{
    /// <summary>Below 0: the first group's mean is better; above: the second's; 0: neither.</summary>
    public int Better => Math.Sign(Second.Mean - First.Mean is var difference && double.IsNaN(difference) ? 0 : difference) * (Ranking.Goal == Goal.Maximize ? 1 : -1);

    public static Comparison Of(RunGroup first, RunGroup second, Ranking ranking)
    {
        var a = first.Runs.Where(r => r.Metrics.ContainsKey(ranking.Metric)).ToList();
        var b = second.Runs.Where(r => r.Metrics.ContainsKey(ranking.Metric)).ToList();
        var pairing = Pairing.Of(a, b);
        var differences = pairing.Pairs.Select(p => p.Second.Metrics[ranking.Metric] - p.First.Metrics[ranking.Metric]).ToList();
        return new Comparison(ranking,
            first.Name, Statistics.Of([.. a.Select(r => r.Metrics[ranking.Metric])], ranking.Goal),
            second.Name, Statistics.Of([.. b.Select(r => r.Metrics[ranking.Metric])], ranking.Goal),
            Statistics.Of(differences, ranking.Goal), differences.Count(d => ranking.Goal == Goal.Maximize ? d > 0 : d < 0), pairing.Apart);
    }
}
