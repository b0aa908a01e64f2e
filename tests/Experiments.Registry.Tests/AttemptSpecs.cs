using System.Globalization;
using Experiments.Registry.Tests.Kit;

namespace Experiments.Registry.Tests;

public sealed class AttemptSpecs : RegistrySpecs
{
    private static readonly ProcessIdentity s_process = new(4321, 777, "boot-1");

    [Fact]
    public async Task An_attempt_that_succeeds_completes_its_run()
    {
        await Registry.SubmitAsync(Given.Run("a"));
        var claimed = await Registry.ClaimOneAsync();
        Assert.True(await Registry.RecordProcessAsync(claimed.Lease, s_process));
        Folder.Time.Advance(TimeSpan.FromSeconds(3));
        await Registry.CompleteAsync(claimed, ("acc", 0.9));

        var details = (await Registry.FindAsync("a"))!;
        Assert.Equal(RunStatus.Completed, details.Run.Status);
        Assert.Equal(0.9, details.Run.Metrics["acc"]);
        Assert.Equal(TimeSpan.FromSeconds(3), details.Run.Ended - details.Run.Started);
        var attempt = Assert.Single(details.Attempts);
        Assert.Equal((AttemptOutcome.Succeeded, 0, 4321, "w1"), (attempt.Outcome, attempt.ExitCode, attempt.Pid, attempt.WorkerId));
    }

    [Fact]
    public async Task An_attempt_that_fails_says_why()
    {
        await Registry.SubmitAsync(Given.Run("a"));
        var claimed = await Registry.ClaimOneAsync();
        await Registry.EndAttemptAsync(claimed.Lease, Given.Failure() with { Category = "out_of_memory", Message = "CUDA out of memory", ExitCode = null, Signal = 9 });

        var details = (await Registry.FindAsync("a"))!;
        Assert.Equal((RunStatus.Failed, "out_of_memory", "CUDA out of memory"), (details.Run.Status, details.Run.Category, details.Run.Message));
        Assert.Equal(9, details.Attempts[0].Signal);
    }

    [Fact]
    public async Task Attempts_that_do_not_count_leave_the_retries()
    {
        await Registry.SubmitAsync(Given.Run("a"));
        await Registry.EndAttemptAsync((await Registry.ClaimOneAsync()).Lease, Given.Failure(RunStatus.Pending) with { Outcome = AttemptOutcome.Preempted, Counts = false });
        await Registry.EndAttemptAsync((await Registry.ClaimOneAsync()).Lease, Given.Failure(RunStatus.Pending));

        var third = await Registry.ClaimOneAsync();
        Assert.Equal((3, 1), (third.Attempt, third.Failures));
    }

    [Fact]
    public async Task A_retry_starts_afresh()
    {
        await Registry.SubmitAsync(Given.Run("a"));
        await Registry.EndAttemptAsync((await Registry.ClaimOneAsync()).Lease, Given.Failure());
        await Registry.RetryAsync(RunFilter.All);

        Assert.Null((await Registry.RunAsync("a")).Message);
        var second = await Registry.ClaimOneAsync();
        Assert.Equal((2, 0), (second.Attempt, second.Failures));
    }

    [Fact]
    public async Task Nothing_is_written_under_a_stale_epoch()
    {
        await Registry.SubmitAsync(Given.Run("a"));
        var zombie = await Registry.ClaimOneAsync();
        await Registry.EndAttemptAsync(zombie.Lease, Given.Failure(RunStatus.Pending));
        await AssertRefusedAsync();
        var successor = await Registry.ClaimOneAsync();
        await AssertRefusedAsync();
        await Registry.CompleteAsync(successor, ("acc", 1));
        await AssertRefusedAsync();

        Assert.Equal(1, (await Registry.RunAsync("a")).Metrics["acc"]);
        Assert.Equal(0, (await Registry.EventsAsync("a")).Count);

        async Task AssertRefusedAsync()
        {
            Assert.False(await Registry.RecordProcessAsync(zombie.Lease, s_process));
            Assert.False(await Registry.AppendReportsAsync(zombie.Lease, new AttemptReports([new MetricPoint("acc", 1, 0.5, default)], [new RunEvent("e", "{}", default)], 10)));
            Assert.False(await Registry.EndAttemptAsync(zombie.Lease, Given.Success(("acc", 0.5))));
            Assert.False(await Registry.RecordPublishedAsync(zombie.Lease));
            Assert.Null(await Registry.AdoptAsync(zombie.Lease, "w1", TimeSpan.FromMinutes(1)));
            Assert.Equal([new StopOrder(zombie.Lease, StopReason.Stale)], await Registry.HeartbeatAsync("w1", [zombie.Lease], TimeSpan.FromMinutes(1)));
        }
    }

    [Fact]
    public async Task A_run_is_completed_once()
    {
        await Registry.SubmitAsync(Given.Run("a"));
        var claimed = await Registry.ClaimOneAsync();

        Assert.True(await Registry.EndAttemptAsync(claimed.Lease, Given.Success()));
        Assert.False(await Registry.EndAttemptAsync(claimed.Lease, Given.Success()));
        Assert.False(await Registry.EndAttemptAsync(claimed.Lease, Given.Failure()));
        Assert.Equal(RunStatus.Completed, (await Registry.RunAsync("a")).Status);
    }

    [Fact]
    public async Task Publication_may_be_recorded_twice()
    {
        await Registry.SubmitAsync(Given.Run("a"));
        var claimed = await Registry.ClaimOneAsync();
        Assert.False(await Registry.RecordPublishedAsync(claimed.Lease)); // not won yet
        await Registry.EndAttemptAsync(claimed.Lease, Given.Success());

        Assert.True(await Registry.RecordPublishedAsync(claimed.Lease));
        Assert.True(await Registry.RecordPublishedAsync(claimed.Lease));
    }

    [Fact]
    public async Task Series_keep_every_value_in_order_with_NaN_and_infinities()
    {
        await Registry.SubmitAsync(Given.Run("a"));
        var claimed = await Registry.ClaimOneAsync();
        double[] values = [0.1, double.NaN, double.PositiveInfinity, double.NegativeInfinity, -0.0, double.Epsilon, 1e308, 0.1];
        var time = Folder.Time.GetUtcNow();
        await Registry.AppendReportsAsync(claimed.Lease, new AttemptReports([.. values[..4].Select((v, i) => new MetricPoint("loss", i, v, time))], [], 100));
        await Registry.AppendReportsAsync(claimed.Lease, new AttemptReports([new MetricPoint("acc", null, 7, time), .. values[4..].Select((v, i) => new MetricPoint("loss", i, v, time))], [], 200));

        var series = await Registry.SeriesAsync("a", "loss");

        Assert.Equal(values, series.Select(p => p.Value));
        Assert.Equal([0L, 1, 2, 3, 0, 1, 2, 3], series.Select(p => p.Step!.Value));
        Assert.All(series, p => Assert.Equal(time, p.Time));
        Assert.Null(Assert.Single(await Registry.SeriesAsync("a", "acc")).Step);
        Assert.Equal(0.1, (await Registry.RunAsync("a")).Metrics["loss"]);
    }

    [Fact]
    public async Task The_end_of_a_series_begins_with_what_was_reported_at_the_last_two_moments_before()
    {
        await Registry.SubmitAsync(Given.Run("a"));
        var claimed = await Registry.ClaimOneAsync();
        var begin = Folder.Time.GetUtcNow();
        await Registry.AppendReportsAsync(claimed.Lease, new AttemptReports([.. Enumerable.Range(0, 10).SelectMany(i => (MetricPoint[])[new("loss", i, i, begin.AddSeconds(i / 2)), new("acc", i, -i, begin.AddSeconds(i / 2))])], [], 100));

        Assert.Equal([4, 5, 6, 7, 8, 9], await SinceAsync(3));
        Assert.Equal([4, 5, 6, 7, 8, 9], await SinceAsync(3.5));
        Assert.Equal([6, 7, 8, 9], await SinceAsync(9));
        Assert.Equal(10, (await SinceAsync(-1)).Count());

        async Task<IEnumerable<double>> SinceAsync(double seconds) => (await Registry.SeriesAsync("a", "loss", begin.AddSeconds(seconds))).Select(p => p.Value);
    }

    [Fact]
    public async Task The_last_values_of_a_completed_run_are_its_metrics()
    {
        await Registry.SubmitAsync(Given.Run("a"));
        var claimed = await Registry.ClaimOneAsync();
        await Registry.AppendReportsAsync(claimed.Lease, new AttemptReports([new MetricPoint("loss", 1, double.NaN, default), new MetricPoint("acc", 1, 0.5, default)], [], 0));
        await Registry.CompleteAsync(claimed, ("acc", 0.8), ("f1", double.PositiveInfinity));

        Assert.Equal(["acc=0.8", "f1=Infinity", "loss=NaN"], (await Registry.RunAsync("a")).Metrics.Select(m => string.Create(CultureInfo.InvariantCulture, $"{m.Key}={m.Value}")));
    }

    [Fact]
    public async Task A_new_attempt_starts_with_no_metrics()
    {
        await Registry.SubmitAsync(Given.Run("a"));
        var claimed = await Registry.ClaimOneAsync();
        await Registry.AppendReportsAsync(claimed.Lease, new AttemptReports([new MetricPoint("acc", 1, 0.5, default)], [], 0));
        await Registry.EndAttemptAsync(claimed.Lease, Given.Failure(RunStatus.Pending));
        await Registry.ClaimOneAsync();

        Assert.Empty((await Registry.RunAsync("a")).Metrics);
        Assert.Empty(await Registry.SeriesAsync("a", "acc"));
    }

    [Fact]
    public async Task Events_are_kept_in_order_over_all_attempts()
    {
        await Registry.SubmitAsync(Given.Run("a"));
        var first = await Registry.ClaimOneAsync();
        await Registry.AppendReportsAsync(first.Lease, new AttemptReports([], [new RunEvent("one", """{"x":1}""", Folder.Time.GetUtcNow()), new RunEvent("two", "{}", Folder.Time.GetUtcNow())], 5));
        await Registry.EndAttemptAsync(first.Lease, Given.Failure(RunStatus.Pending));
        var second = await Registry.ClaimOneAsync();
        await Registry.AppendReportsAsync(second.Lease, new AttemptReports([], [new RunEvent("three", "{}", Folder.Time.GetUtcNow())], 5));

        var events = await Registry.EventsAsync("a");
        Assert.Equal(["one", "two", "three"], events.Latest.Select(e => e.Name));
        Assert.Equal("""{"x":1}""", events.Latest[0].Data);
        var latest = await Registry.EventsAsync("a", latest: 2);
        Assert.Equal((3, "two three"), (latest.Count, string.Join(' ', latest.Latest.Select(e => e.Name))));
    }

    [Fact]
    public async Task Cancelling_a_pending_run_is_immediate_and_a_running_one_is_told_to_its_worker()
    {
        await Registry.SubmitAsync(Given.Run("running"), Given.Run("pending"), Given.Run("done", priority: 200));
        await Registry.CompleteAsync(await Registry.ClaimOneAsync());
        var claimed = await Registry.ClaimOneAsync();

        Assert.Equal(["running", "pending"], await Registry.CancelAsync(RunFilter.All));
        Assert.Equal("0 pending, 1 running, 1 completed, 0 failed, 1 cancelled, 0 blocked", await CountsAsync());
        Assert.Equal([new StopOrder(claimed.Lease, StopReason.Cancelled)], await Registry.HeartbeatAsync("w1", [claimed.Lease], TimeSpan.FromMinutes(1)));

        await Registry.EndAttemptAsync(claimed.Lease, new AttemptEnd { Outcome = AttemptOutcome.Cancelled, Next = RunStatus.Cancelled, Counts = false });
        Assert.Equal("0 pending, 0 running, 1 completed, 0 failed, 2 cancelled, 0 blocked", await CountsAsync());
    }

    [Fact]
    public async Task A_run_that_is_being_cancelled_does_not_go_back_to_pending()
    {
        await Registry.SubmitAsync(Given.Run("a"));
        var claimed = await Registry.ClaimOneAsync();
        await Registry.CancelAsync(RunFilter.All);
        await Registry.EndAttemptAsync(claimed.Lease, Given.Failure(RunStatus.Pending, TimeSpan.FromSeconds(5)));

        Assert.Equal(RunStatus.Cancelled, (await Registry.RunAsync("a")).Status);
        await Registry.RetryAsync(RunFilter.All);
        Assert.Empty(await Registry.HeartbeatAsync("w1", [(await Registry.ClaimOneAsync()).Lease], TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public async Task A_run_that_completes_while_it_is_being_cancelled_is_completed()
    {
        await Registry.SubmitAsync(Given.Run("a"));
        var claimed = await Registry.ClaimOneAsync();
        await Registry.CancelAsync(RunFilter.All);
        await Registry.CompleteAsync(claimed);

        Assert.Equal(RunStatus.Completed, (await Registry.RunAsync("a")).Status);
    }

    [Fact]
    public async Task An_end_that_makes_no_sense_is_a_mistake_of_the_caller()
    {
        await Registry.SubmitAsync(Given.Run("a"));
        var claimed = await Registry.ClaimOneAsync();
        await Assert.ThrowsAsync<ArgumentException>(() => Registry.EndAttemptAsync(claimed.Lease, new AttemptEnd { Outcome = AttemptOutcome.Failed, Next = RunStatus.Completed }));
        await Assert.ThrowsAsync<ArgumentException>(() => Registry.EndAttemptAsync(claimed.Lease, new AttemptEnd { Outcome = AttemptOutcome.Failed, Next = RunStatus.Running }));
    }
}
