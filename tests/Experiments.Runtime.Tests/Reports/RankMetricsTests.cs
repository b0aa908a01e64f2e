using Experiments.Registry;
using Experiments.Runtime.Reports;

namespace Experiments.Runtime.Tests.Reports;

public sealed class RankMetricsTests
{
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(RankAggregation.Sum, 9)]
    [InlineData(RankAggregation.Mean, 3)]
    [InlineData(RankAggregation.Max, 5)]
    [InlineData(RankAggregation.Min, 1)]
    [InlineData(RankAggregation.RankZero, 3)]
    public void The_value_of_a_run_is_made_of_its_ranks_as_declared(RankAggregation aggregation, double expected)
    {
        var ranks = Ranks(3, aggregation);
        foreach (var (rank, value) in new[] { (2, 5.0), (0, 3.0), (1, 1.0) })
            ranks.Add(rank, Point(value));

        Assert.Equal(expected, ranks.Final(out var missing)["x"]);
        Assert.Empty(missing);
    }

    [Fact]
    public void A_sum_without_all_ranks_is_no_sum()
    {
        var ranks = Ranks(4, RankAggregation.Sum);
        ranks.Add(0, Point(1));
        ranks.Add(2, Point(1));

        Assert.Empty(ranks.Final(out var missing));
        var (metric, silent) = Assert.Single(missing);
        Assert.Equal("x", metric);
        Assert.Equal([1, 3], silent);
    }

    [Fact]
    public void Without_a_declared_number_of_ranks_those_up_to_the_largest_seen_count()
    {
        var ranks = Ranks(null, RankAggregation.Sum);
        ranks.Add(0, Point(1));
        ranks.Add(2, Point(1));

        Assert.Empty(ranks.Final(out var missing));
        Assert.Equal([1], Assert.Single(missing).Ranks);
    }

    [Fact]
    public void A_step_has_a_value_when_the_last_rank_has_reported_it()
    {
        var ranks = Ranks(2, RankAggregation.Mean);

        Assert.Null(ranks.Add(0, Point(1, step: 1)));
        Assert.Null(ranks.Add(0, Point(3, step: 2)));
        Assert.Equal(Point(2, step: 1), ranks.Add(1, Point(3, step: 1)));
        Assert.Equal(Point(4, step: 2), ranks.Add(1, Point(5, step: 2)));
        Assert.Contains("x", ranks.Passed);
    }

    [Fact]
    public void A_metric_that_is_not_declared_is_that_of_rank_zero()
    {
        var ranks = Ranks(2, RankAggregation.Sum);

        Assert.NotNull(ranks.Add(0, Point(1) with { Metric = "other" }));
        Assert.Null(ranks.Add(1, Point(2) with { Metric = "other" }));
        Assert.Equal(1, ranks.Final(out _)["other"]);
    }

    [Fact]
    public void A_rank_that_is_no_rank_is_malformed()
    {
        foreach (var rank in (string[])["-1", "1.5", "\"three\"", "70000", "99999999999"])
        {
            var batch = new ReportBatch();
            EventLine.Read(System.Text.Encoding.UTF8.GetBytes($$$"""{"metrics":{"x":1},"rank":{{{rank}}}}"""), Now, batch);
            Assert.Equal("malformed", Assert.Single(batch.Events).Name);
        }
    }

    private static RankMetrics Ranks(int? processes, RankAggregation aggregation) => new(new ExperimentDefinition
    {
        Name = "x",
        IdTemplate = "{hash}",
        Launch = new Launch { Kind = LaunchKind.File, Ranks = processes is { } count ? new RankLaunch(Launcher.Torchrun, count) : null },
        Metrics = [new("x", Goal.Maximize) { Ranks = aggregation }],
    });

    private static MetricPoint Point(double value, long? step = null) => new("x", step, value, Now);
}
