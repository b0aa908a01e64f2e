using Experiments.Registry.Tests.Kit;

namespace Experiments.Registry.Tests;

public sealed class ClaimingSpecs : RegistrySpecs
{
    [Fact]
    public async Task Higher_priority_goes_first_then_age()
    {
        await Registry.SubmitAsync(Given.Run("old"), Given.Run("urgent", priority: 200), Given.Run("young"), Given.Run("last", priority: 0));

        Assert.Equal(["urgent", "old"], (await Registry.ClaimAsync(count: 2)).Ids());
        Assert.Equal(["young", "last"], (await Registry.ClaimAsync(count: 5)).Ids());
        Assert.Empty(await Registry.ClaimAsync());
    }

    [Fact]
    public async Task Priority_and_age_hold_across_experiments_and_sizes()
    {
        await Registry.SubmitAsync(
            Given.Run("a", experiment: Given.Experiment("one", gpus: 1)),
            Given.Run("b", experiment: Given.Experiment("two")),
            Given.Run("c", experiment: Given.Experiment("one", gpus: 2)),
            Given.Run("d", experiment: Given.Experiment("one"), priority: 101));

        Assert.Equal(["d", "a", "b", "c"], (await Registry.ClaimAsync(count: 9, gpusMax: 2)).Ids());
    }

    [Fact]
    public async Task Runs_that_need_more_or_fewer_gpus_are_passed_over()
    {
        await Registry.SubmitAsync(Given.Run("cpu", priority: 300), Given.Run("one", experiment: Given.Experiment(gpus: 1)), Given.Run("four", experiment: Given.Experiment(gpus: 4), priority: 500));

        Assert.Equal(["one"], (await Registry.ClaimAsync(count: 9, gpusMin: 1, gpusMax: 2)).Ids());
        Assert.Equal(["cpu"], (await Registry.ClaimAsync(count: 9)).Ids());
    }

    [Fact]
    public async Task A_claim_carries_all_that_an_attempt_needs()
    {
        var teacher = Given.Run("teacher", priority: 500);
        await Registry.SubmitAsync(Given.Run("student", """{"lr":0.1}""", inputs: teacher));
        await Registry.CompleteAsync(await Registry.ClaimOneAsync());

        var claimed = await Registry.ClaimOneAsync();

        Assert.Equal("student", claimed.RunId);
        Assert.Equal(1, claimed.Attempt);
        Assert.Equal(0, claimed.Failures);
        Assert.Equal(1, claimed.Lease.Epoch);
        Assert.Equal("""{"lr":0.1}"""u8, claimed.Config.Span);
        Assert.Equal(("input_0", "teacher"), Assert.Single(claimed.Inputs));
        Assert.Equal(DefinitionJson.Write(Given.Experiment()), DefinitionJson.Write(claimed.Experiment));
    }

    [Fact]
    public async Task Every_claim_raises_the_epoch()
    {
        await Registry.SubmitAsync(Given.Run("a"));
        var first = await Registry.ClaimOneAsync();
        await Registry.EndAttemptAsync(first.Lease, Given.Failure(RunStatus.Pending));

        var second = await Registry.ClaimOneAsync();

        Assert.Equal(first.Lease with { Epoch = first.Lease.Epoch + 1 }, second.Lease);
        Assert.Equal(2, second.Attempt);
        Assert.Equal(1, second.Failures);
    }

    [Fact]
    public async Task A_run_waits_until_its_inputs_are_published()
    {
        var teacher = Given.Run("teacher");
        await Registry.SubmitAsync(Given.Run("student", inputs: teacher));

        var claimed = Assert.Single(await Registry.ClaimAsync(count: 9));
        Assert.Equal("teacher", claimed.RunId);
        await Registry.EndAttemptAsync(claimed.Lease, Given.Success());
        Assert.Empty(await Registry.ClaimAsync());
        await Registry.RecordPublishedAsync(claimed.Lease);
        Assert.Equal(["student"], (await Registry.ClaimAsync()).Ids());
    }

    [Fact]
    public async Task A_failed_input_blocks_all_behind_it_and_a_retry_frees_them()
    {
        var first = Given.Run("first");
        var second = Given.Run("second", inputs: first);
        await Registry.SubmitAsync(Given.Run("third", inputs: [second, first]));
        await Registry.EndAttemptAsync((await Registry.ClaimOneAsync()).Lease, Given.Failure());

        Assert.Equal("0 pending, 0 running, 0 completed, 1 failed, 0 cancelled, 2 blocked", await CountsAsync());
        Assert.Equal("input `first` failed", (await Registry.RunAsync("third")).BlockedBy);
        Assert.Equal("input `first` failed", (await Registry.RunAsync("second")).BlockedBy);

        Assert.Equal(["first"], await Registry.RetryAsync(new RunFilter { Status = [RunStatus.Failed] }));
        Assert.Equal("3 pending, 0 running, 0 completed, 0 failed, 0 cancelled, 0 blocked", await CountsAsync());
        Assert.Null((await Registry.RunAsync("third")).BlockedBy);

        await Registry.CompleteAsync(await Registry.ClaimOneAsync());
        await Registry.CompleteAsync(await Registry.ClaimOneAsync());
        Assert.Equal("third", (await Registry.ClaimOneAsync()).RunId);
    }

    [Fact]
    public async Task A_run_submitted_behind_a_cancelled_one_is_blocked()
    {
        var teacher = Given.Run("teacher");
        await Registry.SubmitAsync(teacher);
        await Registry.CancelAsync(RunFilter.All);

        await Registry.SubmitAsync(Given.Plan(Given.Run("student", inputs: teacher)), new SubmitOptions { Known = Known.SkipExisting });

        Assert.Equal("0 pending, 0 running, 0 completed, 0 failed, 1 cancelled, 1 blocked", await CountsAsync());
        Assert.Equal("input `teacher` was cancelled", (await Registry.RunAsync("student")).BlockedBy);
    }

    [Fact]
    public async Task Running_an_input_again_makes_the_runs_behind_it_wait()
    {
        var teacher = Given.Run("teacher");
        await Registry.SubmitAsync(Given.Run("student", inputs: teacher));
        await Registry.CompleteAsync(await Registry.ClaimOneAsync());
        await Registry.SubmitAsync(Given.Plan(teacher), new SubmitOptions { Known = Known.Rerun });

        Assert.Equal(["teacher"], (await Registry.ClaimAsync(count: 9)).Ids());
    }

    [Fact]
    public async Task A_backoff_is_waited_for()
    {
        await Registry.SubmitAsync(Given.Run("a"), Given.Run("b", priority: 50));
        await Registry.EndAttemptAsync((await Registry.ClaimOneAsync()).Lease, Given.Failure(RunStatus.Pending, TimeSpan.FromSeconds(10)));

        Assert.Equal(["b"], (await Registry.ClaimAsync(count: 9)).Ids());
        Folder.Time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.Empty(await Registry.ClaimAsync());
        Folder.Time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(["a"], (await Registry.ClaimAsync()).Ids());
    }

    [Fact]
    public async Task A_clock_that_is_set_back_does_not_prolong_a_backoff()
    {
        await Registry.SubmitAsync(Given.Run("a"));
        await Registry.EndAttemptAsync((await Registry.ClaimOneAsync()).Lease, Given.Failure(RunStatus.Pending, TimeSpan.FromSeconds(10)));

        Folder.Time.JumpWallClock(TimeSpan.FromHours(-5));
        Assert.Equal(["a"], (await Registry.ClaimAsync()).Ids());
    }

    [Fact]
    public async Task The_outlook_tells_what_is_left()
    {
        var teacher = Given.Run("teacher", priority: 500);
        await Registry.SubmitAsync(Given.Run("student", inputs: teacher), Given.Run("b"), Given.Run("large", experiment: Given.Experiment(gpus: 4)));
        var request = new ClaimRequest { WorkerId = "w1", GpusMax = 1 };
        Assert.Equal(new Outlook(Ready: 2, Waiting: 1, Running: 0, NextDue: null, TooLarge: 1), await Registry.OutlookAsync(request));

        var claimed = await Registry.ClaimOneAsync();
        Assert.Equal(new Outlook(1, 1, 1, null, 1), await Registry.OutlookAsync(request));

        await Registry.EndAttemptAsync(claimed.Lease, Given.Failure(RunStatus.Pending, TimeSpan.FromSeconds(5)));
        Folder.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(new Outlook(1, 2, 0, TimeSpan.FromSeconds(4), 1), await Registry.OutlookAsync(request));

        Folder.Time.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(new Outlook(2, 1, 0, null, 1), await Registry.OutlookAsync(request));

        await Registry.CancelAsync(new RunFilter { Ids = ["teacher"] });
        Assert.Equal(new Outlook(1, 0, 0, null, 1), await Registry.OutlookAsync(request));
    }

    [Fact]
    public async Task The_outlook_of_a_collection_counts_its_added_inputs()
    {
        await Registry.SubmitAsync(Given.Plan("Others", Given.Run("x"), Given.Run("y")), new SubmitOptions());
        var report = await Registry.SubmitAsync(Given.Plan("Students", Given.Run("student", inputs: Given.Run("teacher"))), new SubmitOptions());
        var request = new ClaimRequest { WorkerId = "w1", Collection = report.Collection };

        Assert.Equal(new Outlook(1, 1, 0, null, 0), await Registry.OutlookAsync(request));
        var teacher = Assert.Single(await Registry.ClaimAsync(collection: report.Collection));
        await Registry.EndAttemptAsync(teacher.Lease, Given.Success());
        Assert.Equal(new Outlook(0, 1, 1, null, 0), await Registry.OutlookAsync(request)); // completed, not published: still under way
    }

    [Fact]
    public async Task Runs_of_a_paused_experiment_are_not_claimed_until_it_is_resumed()
    {
        await Registry.SubmitAsync(Given.Run("a", priority: 900), Given.Run("b", experiment: Given.Experiment("other")));
        Assert.True(await Registry.PauseAsync("classifier", paused: true));
        Assert.False(await Registry.PauseAsync("nothing", paused: true));

        Assert.Equal(new Outlook(1, 0, 0, null, 0), await Registry.OutlookAsync(new ClaimRequest { WorkerId = "w1" }));
        Assert.Equal(["b"], (await Registry.ClaimAsync(count: 9)).Ids());
        Assert.True((await Registry.TargetsAsync()).Single(t => t.Name == "classifier").Paused);
        await Registry.PauseAsync("classifier", paused: false);
        Assert.Equal(["a"], (await Registry.ClaimAsync(count: 9)).Ids());
    }

    [Fact]
    public async Task No_more_runs_of_a_limited_experiment_are_under_way_than_its_limit()
    {
        await Registry.SubmitAsync(Given.Run("a"), Given.Run("b"), Given.Run("c"), Given.Run("d", experiment: Given.Experiment("other"), priority: 1));
        await Registry.LimitAsync("classifier", 2);

        Assert.Equal(new Outlook(3, 1, 0, null, 0), await Registry.OutlookAsync(new ClaimRequest { WorkerId = "w1" }));
        var claimed = await Registry.ClaimAsync(count: 9);
        Assert.Equal(["a", "b", "d"], claimed.Ids());
        await Registry.CompleteAsync(claimed[0]);
        Assert.Equal(["c"], (await Registry.ClaimAsync(count: 9)).Ids());
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Registry.LimitAsync("classifier", 0));
    }

    [Fact]
    public async Task Only_registered_workers_claim()
    {
        await Registry.SubmitAsync(Given.Run("a"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Registry.ClaimAsync(worker: "nobody"));
        Assert.Equal(RunStatus.Pending, (await Registry.RunAsync("a")).Status);
    }

    [Fact]
    public async Task A_cancelled_call_claims_nothing()
    {
        await Registry.SubmitAsync(Given.Run("a"));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Registry.ClaimAsync(new ClaimRequest { WorkerId = "w1" }, new CancellationToken(canceled: true)));
        Assert.Equal(RunStatus.Pending, (await Registry.RunAsync("a")).Status);
    }

    [Fact]
    public async Task Gpu_runs_are_claimed_only_where_they_have_the_memory()
    {
        await Registry.SubmitAsync(Given.Run("cpu", priority: 50), Given.Run("big", experiment: Given.Experiment("b", gpus: 1)),
            Given.Run("huge", experiment: Given.Experiment("h", gpus: 1)), Given.Run("small", experiment: Given.Experiment("s", gpus: 1)));
        var request = new ClaimRequest { WorkerId = "w1", GpusMax = 1, Fit = new Dictionary<string, GpuFit> { ["b"] = GpuFit.Later, ["h"] = GpuFit.Never, ["s"] = GpuFit.Now } };

        var first = Assert.Single(await Registry.ClaimAsync(request));
        var reserved = await Registry.ClaimAsync(request with { Reserved = first.Overtook });
        var outlook = await Registry.OutlookAsync(request);

        Assert.Equal("small", first.RunId);
        Assert.Empty(reserved);
        Assert.Equal((2, 1), (outlook.Ready, outlook.TooLarge));
        Assert.Equal("cpu", Assert.Single(await Registry.ClaimAsync(request)).RunId);
    }

    [Fact]
    public async Task What_pending_gpu_runs_need_is_declared_or_the_peak_of_completed_ones()
    {
        var declared = Given.Experiment("d", gpus: 2) with { Resources = new Resources { Gpus = 2, MemoryGiB = 8 } };
        await Registry.SubmitAsync(Given.Run("d1", experiment: declared), Given.Run("s1", experiment: Given.Experiment("s", gpus: 1)), Given.Run("s2", experiment: Given.Experiment("s", gpus: 1)), Given.Run("cpu"));
        var run = Assert.Single(await Registry.ClaimAsync(new ClaimRequest { WorkerId = "w1", GpusMin = 1, GpusMax = 1 }));
        await Registry.EndAttemptAsync(run.Lease, Given.Success((SystemMetrics.GpuMemoryPeak, 5.5)));

        Assert.Equal([new GpuDemand("d", 2, 8, null), new GpuDemand("s", 1, 0, 5.5)], (await Registry.GpuDemandsAsync()).OrderBy(d => d.Experiment));
    }

    [Fact]
    public async Task A_smaller_run_may_overtake_one_that_waits_for_gpus_until_that_is_reserved_for()
    {
        await Registry.SubmitAsync(Given.Run("large", experiment: Given.Experiment("l", gpus: 4)), Given.Run("s1", experiment: Given.Experiment("s", gpus: 1)), Given.Run("s2", experiment: Given.Experiment("s", gpus: 1)));
        var request = new ClaimRequest { WorkerId = "w1", GpusMin = 1, GpusMax = 2, GpusTotal = 4 };

        var first = Assert.Single(await Registry.ClaimAsync(request));
        var second = await Registry.ClaimAsync(request with { Reserved = first.Overtook });
        var third = Assert.Single(await Registry.ClaimAsync(request with { GpusMax = 4, Reserved = first.Overtook }));

        Assert.Equal("s1", first.RunId);
        Assert.Empty(second);
        Assert.Equal(("large", null), (third.RunId, third.Overtook));
    }
}
