using Experiments.Registry.Tests.Kit;

namespace Experiments.Registry.Tests;

public sealed class AskingSpecs : RegistrySpecs
{
    [Fact]
    public async Task Lists_are_filtered_by_every_condition_and_in_order_of_submission()
    {
        await Registry.SubmitAsync(Given.Plan("One", Given.Run("a", tags: ["x"]), Given.Run("b", tags: ["x", "y"]), Given.Run("c", experiment: Given.Experiment("other"))), new SubmitOptions());
        await Registry.SubmitAsync(Given.Plan("Two", Given.Run("d", tags: ["y"])), new SubmitOptions());
        await Registry.CancelAsync(new RunFilter { Ids = ["b", "d"] });

        Assert.Equal("a b c d", await ListAsync(RunFilter.All));
        Assert.Equal("a b", await ListAsync(new RunFilter { Limit = 2 }));
        Assert.Equal("b d", await ListAsync(new RunFilter { Status = [RunStatus.Cancelled] }));
        Assert.Equal("a b c d", await ListAsync(new RunFilter { Status = [RunStatus.Cancelled, RunStatus.Pending] }));
        Assert.Equal("c", await ListAsync(new RunFilter { Experiment = "other" }));
        Assert.Equal("a b c", await ListAsync(new RunFilter { Collection = "One" }));
        Assert.Equal("b", await ListAsync(new RunFilter { Collection = "One", Status = [RunStatus.Cancelled] }));
        Assert.Equal("a b", await ListAsync(new RunFilter { Tag = "x" }));
        Assert.Equal("b d", await ListAsync(new RunFilter { Tag = "y" }));
        Assert.Equal("a d", await ListAsync(new RunFilter { Ids = ["d", "a", "nothing", "A"] }));
        Assert.Equal("d", await ListAsync(new RunFilter { Ids = ["d", "a"], Tag = "y" }));
        Assert.Equal("a", await ListAsync(new RunFilter { Collection = "One", Experiment = "classifier", Tag = "x", Status = [RunStatus.Pending], Limit = 5 }));
        foreach (var nothing in new[] { new RunFilter { Experiment = "?" }, new RunFilter { Collection = "?" }, new RunFilter { Tag = "?" }, new RunFilter { Ids = ["?"] } })
        {
            Assert.Equal("", await ListAsync(nothing));
            Assert.Equal("0 pending, 0 running, 0 completed, 0 failed, 0 cancelled, 0 blocked", await CountsAsync(nothing));
        }

        Assert.Equal("0 pending, 0 running, 0 completed, 0 failed, 1 cancelled, 0 blocked", await CountsAsync(new RunFilter { Tag = "y", Collection = "Two" }));
        Assert.Equal("1 pending, 0 running, 0 completed, 0 failed, 1 cancelled, 0 blocked", await CountsAsync(new RunFilter { Collection = "One", Experiment = "classifier" }));
    }

    [Fact]
    public async Task Blocked_runs_are_found_with_the_run_that_is_to_blame()
    {
        var data = Given.Run("data");
        var teacher = Given.Run("teacher", inputs: data);
        await Registry.SubmitAsync(data, teacher, Given.Run("student", inputs: teacher), Given.Run("alone"));
        Assert.Equal("", await ListAsync(new RunFilter { Blocked = true }));

        await Registry.EndAttemptAsync((await Registry.ClaimOneAsync()).Lease, Given.Failure());

        Assert.Equal(
            [("teacher", "input `data` failed"), ("student", "input `data` failed")],
            (await Registry.ListAsync(new RunFilter { Blocked = true, Collection = "Sweep" })).Select(r => (r.Id, r.BlockedBy!)));
        Assert.Equal("0 pending, 0 running, 0 completed, 0 failed, 0 cancelled, 2 blocked", await CountsAsync(new RunFilter { Blocked = true }));
        Assert.Equal("teacher", await ListAsync(new RunFilter { Blocked = true, Limit = 1 }));
    }

    [Fact]
    public async Task What_is_unknown_is_not_found()
    {
        Assert.Null(await Registry.FindAsync("nothing"));
        Assert.Empty(await Registry.SeriesAsync("nothing", "acc"));
        Assert.Empty(await Registry.LeaderboardAsync(RunFilter.All, "acc", Goal.Maximize, 10));
    }

    [Fact]
    public async Task Details_name_inputs_and_users()
    {
        var teacher = Given.Run("teacher");
        await Registry.SubmitAsync(Given.Run("s1", inputs: teacher), Given.Run("s2", inputs: teacher));

        Assert.Equal([("input_0", "teacher")], (await Registry.FindAsync("s1"))!.Inputs);
        Assert.Equal(["s1", "s2"], (await Registry.FindAsync("teacher"))!.UsedBy);
    }

    [Theory]
    [InlineData(Goal.Maximize, "inf high tie1 tie2 low neg nan")]
    [InlineData(Goal.Minimize, "neg low tie1 tie2 high inf nan")]
    public async Task A_leaderboard_has_the_best_first_and_NaN_last(Goal goal, string expected)
    {
        await CompleteAsync("Sweep", ("low", 0.1), ("nan", double.NaN), ("high", 0.9), ("tie1", 0.5), ("tie2", 0.5), ("inf", double.PositiveInfinity), ("neg", double.NegativeInfinity));

        foreach (var top in (int[])[1, 2, 3, 4, 6, 7, 20])
            Assert.Equal(expected.Split(' ').Take(top), (await Registry.LeaderboardAsync(RunFilter.All, "acc", goal, top)).Ids());
        Assert.Equal(expected.Split(' ').Take(3), (await Registry.LeaderboardAsync(new RunFilter { Collection = "Sweep" }, "acc", goal, 3)).Ids());
        Assert.Equal(expected.Split(' ').Take(3), (await Registry.LeaderboardAsync(new RunFilter { Experiment = "classifier" }, "acc", goal, 3)).Ids());
    }

    [Fact]
    public async Task Only_completed_runs_are_ranked()
    {
        await CompleteAsync("Sweep", ("a", 0.1), ("b", 0.2));
        await Registry.SubmitAsync(Given.Run("running"));
        await Registry.AppendReportsAsync((await Registry.ClaimOneAsync()).Lease, new AttemptReports([new MetricPoint("acc", 1, 0.9, default)], [], 0));
        await Registry.SubmitAsync(Given.Plan(Given.Run("b")), new SubmitOptions { Known = Known.Rerun });

        Assert.Equal(["a"], (await Registry.LeaderboardAsync(RunFilter.All, "acc", Goal.Maximize, 10)).Ids());
    }

    [Fact]
    public async Task A_leaderboard_ranks_across_experiments_and_within_filters()
    {
        await CompleteAsync("One", ("a", 0.1), ("b", 0.3));
        await Registry.SubmitAsync(Given.Plan("Two", Given.Run("c", experiment: Given.Experiment("other"), tags: ["t"])), new SubmitOptions());
        await Registry.CompleteAsync(await Registry.ClaimOneAsync(), ("acc", 0.2));

        Assert.Equal(["b", "c", "a"], (await Registry.LeaderboardAsync(RunFilter.All, "acc", Goal.Maximize, 10)).Ids());
        Assert.Equal(["c"], (await Registry.LeaderboardAsync(new RunFilter { Experiment = "other" }, "acc", Goal.Maximize, 10)).Ids());
        Assert.Equal(["b", "a"], (await Registry.LeaderboardAsync(new RunFilter { Collection = "One" }, "acc", Goal.Maximize, 10)).Ids());
        Assert.Equal(["c"], (await Registry.LeaderboardAsync(new RunFilter { Tag = "t" }, "acc", Goal.Maximize, 10)).Ids());
        Assert.Equal(["a", "b"], (await Registry.LeaderboardAsync(new RunFilter { Ids = ["a", "b"] }, "acc", Goal.Minimize, 10)).Ids());
    }

    private async Task<string> ListAsync(RunFilter filter) => string.Join(' ', (await Registry.ListAsync(filter)).Ids());

    private async Task CompleteAsync(string target, params (string Id, double Value)[] runs)
    {
        await Registry.SubmitAsync(Given.Plan(target, [.. runs.Select(r => Given.Run(r.Id))]), new SubmitOptions());
        var values = runs.ToDictionary(r => r.Id, r => r.Value);
        foreach (var claimed in await Registry.ClaimAsync(count: runs.Length))
            await Registry.CompleteAsync(claimed, ("acc", values[claimed.RunId]));
    }
}
