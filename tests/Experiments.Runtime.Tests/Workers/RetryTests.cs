using Experiments.Registry;

namespace Experiments.Runtime.Tests.Workers;

public sealed class RetryTests
{
    [Fact]
    public async Task A_failed_run_is_tried_again_after_its_backoff_has_passed()
    {
        var time = new ManualTime();
        await using var bench = await Workbench.OpenAsync(time);
        await bench.SubmitAsync(Workbench.Shell("r", "exit $((2 - EXP_ATTEMPT))", d => d with { Retry = new RetryPolicy { Limit = 1, BackoffBase = 100 } }));
        var witness = new Witness();
        var draining = bench.DrainAsync(host: new WorkerHost { Time = time }, witness: witness);
        await Eventually.TrueAsync(() => !witness.Ended.IsEmpty, "the first attempt has failed");

        Assert.True(witness.Ended.TryPeek(out var first));
        Assert.InRange(first.End.Delay.TotalSeconds, 90, 110);
        Assert.Equal(RunStatus.Pending, (await bench.RunAsync("r")).Status);
        await Eventually.TrueAsync(() =>
        {
            time.Advance(TimeSpan.FromSeconds(10));
            return draining.IsCompleted;
        }, "the run is tried again");
        await draining;

        var attempts = await bench.AttemptsAsync("r");
        Assert.Equal([AttemptOutcome.Failed, AttemptOutcome.Succeeded], attempts.Select(a => a.Outcome));
        Assert.True(attempts[1].Started - attempts[0].Ended >= first.End.Delay, "expected the second attempt not to begin before the backoff was over");
    }

    [Fact]
    public async Task A_run_fails_for_good_when_its_retries_are_used_up()
    {
        await using var bench = await Workbench.OpenAsync();
        await bench.SubmitAsync(Workbench.Shell("r", "echo 'RuntimeError: loss is bad' >&2; exit 3", d => d with { Retry = new RetryPolicy { Limit = 2, BackoffBase = 0.01 } }));

        var witness = await bench.DrainAsync();

        var run = await bench.RunAsync("r");
        Assert.Equal((RunStatus.Failed, 3, "unknown", "exit code 3: RuntimeError: loss is bad"), (run.Status, run.Attempts, run.Category, run.Message));
        Assert.Equal(new WorkerReport(0, 1, false), witness.Report);
        Assert.Equal("../../../runs/r", "../" + new FileInfo(Path.Combine(bench.Root.Views, "failed", "r")).LinkTarget);
    }

    [Fact]
    public async Task A_run_that_waits_for_a_failed_input_does_not_keep_a_worker_waiting()
    {
        await using var bench = await Workbench.OpenAsync();
        var bad = Workbench.Shell("bad", "exit 1");
        await bench.SubmitAsync(bad, Workbench.Shell("after", "exit 0") with { Inputs = [new PlannedInput("bad", bad)] });

        await bench.DrainAsync();

        Assert.Equal(0, (await bench.RunAsync("after")).Attempts);
    }
}
