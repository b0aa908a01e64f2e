using System.Diagnostics;
using System.Globalization;
using Experiments.Registry;
using Experiments.Runtime.Processes;

namespace Experiments.Runtime.Tests.Workers;

public sealed class StoppingTests
{
    /// <summary>Ignores SIGTERM, and starts a child in the same group and one in a session of its own, which do too.</summary>
    private const string Stubborn = """
        trap '' TERM
        sleep 1000 & echo $! > "$EXP_RUN_DIR/child"
        setsid sleep 1000 & echo $! > "$EXP_RUN_DIR/daemon"
        echo $$ > "$EXP_RUN_DIR/self"
        while true; do sleep 1000; done
        """;

    [Fact]
    public async Task A_trainer_that_ignores_SIGTERM_is_killed_with_all_its_descendants_when_the_grace_period_is_over()
    {
        await using var bench = await Workbench.OpenAsync();
        await bench.SubmitAsync(Workbench.Shell("r", Stubborn), Workbench.Shell("later", "exit 0"));
        using var stop = new CancellationTokenSource();
        var draining = bench.DrainAsync(o => o with { Slots = 1, Grace = TimeSpan.FromMilliseconds(200) }, stop: stop.Token);
        var staging = bench.Root.Run("r").Staging(1);
        await Eventually.TrueAsync(() => File.Exists(Path.Combine(staging, "self")), "the trainer runs");

        var began = Stopwatch.StartNew();
        await stop.CancelAsync();
        var witness = await draining;

        Assert.InRange(began.Elapsed, TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(5));
        Assert.True(witness.Report!.Interrupted);
        foreach (var name in new[] { "self", "child", "daemon" })
            await Eventually.TrueAsync(() => IsGone(Path.Combine(staging, name)), $"process `{name}` is gone");
        var attempt = Assert.Single(await bench.AttemptsAsync("r"));
        Assert.Equal((AttemptOutcome.Preempted, 9), (attempt.Outcome, attempt.Signal));
        Assert.Equal(RunStatus.Pending, (await bench.RunAsync("r")).Status);
        Assert.Equal(0, (await bench.RunAsync("later")).Attempts);
    }

    [Fact]
    public async Task Descendants_that_outlive_a_finished_trainer_are_ended()
    {
        await using var bench = await Workbench.OpenAsync();
        await bench.SubmitAsync(Workbench.Shell("r", """
            sleep 1000 & echo $! > "$EXP_RUN_DIR/child"
            setsid sh -c 'sleep 1000 & sleep 1000' & echo $! > "$EXP_RUN_DIR/daemon"
            """));

        await bench.DrainAsync();

        var home = bench.Root.Run("r").Directory;
        Assert.Equal(RunStatus.Completed, (await bench.RunAsync("r")).Status);
        await Eventually.TrueAsync(() => IsGone(Path.Combine(home, "child")) && IsGone(Path.Combine(home, "daemon")), "both are gone");
    }

    [Fact]
    public async Task A_trainer_that_saves_and_exits_with_0_when_asked_to_stop_is_not_completed_but_tried_again()
    {
        await using var bench = await Workbench.OpenAsync();
        await bench.SubmitAsync(Workbench.Shell("shell", """trap 'exit 0' TERM; touch "$EXP_RUN_DIR/ready"; while true; do sleep 0.01; done"""), Workbench.Method("method", "return when stopped"));
        using var stop = new CancellationTokenSource();
        var draining = bench.DrainAsync(stop: stop.Token);
        await Eventually.TrueAsync(() => File.Exists(Path.Combine(bench.Root.Run("shell").Staging(1), "ready"))
            && File.Exists(bench.Root.Run("method").StagingEvents(1)), "both run");

        await stop.CancelAsync();
        await draining;

        foreach (var id in new[] { "shell", "method" })
        {
            Assert.Equal(AttemptOutcome.Preempted, Assert.Single(await bench.AttemptsAsync(id)).Outcome);
            Assert.Equal(RunStatus.Pending, (await bench.RunAsync(id)).Status);
        }
    }

    [Fact]
    public async Task A_trainer_that_a_shell_waits_for_has_the_grace_period_though_the_shell_dies_at_once()
    {
        await using var bench = await Workbench.OpenAsync();
        await bench.SubmitAsync(
            Workbench.Shell("wrapped", """
                /bin/sh -c 'trap "sleep 0.5; touch $EXP_CHECKPOINT_DIR/saved; exit 0" TERM; touch $EXP_RUN_DIR/ready; while true; do sleep 0.01; done'
                true
                """),
            Workbench.Shell("deaf", """
                /bin/sh -c 'trap "" TERM; touch $EXP_RUN_DIR/ready; echo $$ > $EXP_RUN_DIR/self; while true; do sleep 0.01; done'
                true
                """));
        using var stop = new CancellationTokenSource();
        var draining = bench.DrainAsync(o => o with { Grace = TimeSpan.FromSeconds(3) }, stop: stop.Token);
        await Eventually.TrueAsync(() => new[] { "wrapped", "deaf" }.All(id => File.Exists(Path.Combine(bench.Root.Run(id).Staging(1), "ready"))), "both run");
        var began = Stopwatch.StartNew();

        await stop.CancelAsync();
        await draining;

        Assert.True(File.Exists(Path.Combine(bench.Root.Run("wrapped").Checkpoints, "saved")));
        Assert.InRange(began.Elapsed, TimeSpan.FromSeconds(2.9), TimeSpan.FromSeconds(15));
        Assert.True(IsGone(Path.Combine(bench.Root.Run("deaf").Staging(1), "self")));
        foreach (var id in new[] { "wrapped", "deaf" })
        {
            var attempt = Assert.Single(await bench.AttemptsAsync(id));
            Assert.Equal((AttemptOutcome.Preempted, 15), (attempt.Outcome, attempt.Signal));
        }
    }

    [Fact]
    public async Task An_attempt_that_a_scheduler_ended_together_with_its_worker_is_preempted()
    {
        await using var bench = await Workbench.OpenAsync();
        await bench.SubmitAsync(Workbench.Shell("r", "sleep 0.2; kill -TERM $$"));
        using var stop = new CancellationTokenSource();
        stop.CancelAfter(TimeSpan.FromSeconds(0.9));

        await bench.DrainAsync(o => o with { Slots = 1 }, stop: stop.Token);

        Assert.Equal(AttemptOutcome.Preempted, Assert.Single(await bench.AttemptsAsync("r")).Outcome);
        Assert.Equal(RunStatus.Pending, (await bench.RunAsync("r")).Status);
    }

    [Fact]
    public async Task SIGTERM_from_somebody_else_is_a_failure()
    {
        await using var bench = await Workbench.OpenAsync();
        await bench.SubmitAsync(Workbench.Shell("r", "kill -TERM $$"));

        await bench.DrainAsync();

        Assert.Equal((RunStatus.Failed, "killed by SIGTERM"), (await bench.RunAsync("r")) is var run ? (run.Status, run.Message) : default);
    }

    [Fact]
    public async Task A_cancelled_run_is_stopped_and_others_go_on()
    {
        await using var bench = await Workbench.OpenAsync();
        await bench.SubmitAsync(Workbench.Method("endless", "wait"), Workbench.Shell("other", "sleep 0.5"));
        var draining = bench.DrainAsync();
        await Eventually.TrueAsync(() => File.Exists(bench.Root.Run("endless").StagingEvents(1)), "the trainer runs");

        await bench.Registry.CancelAsync(new RunFilter { Ids = ["endless"] });
        await draining;

        Assert.Equal(RunStatus.Cancelled, (await bench.RunAsync("endless")).Status);
        Assert.Equal((AttemptOutcome.Cancelled, 143), (await bench.AttemptsAsync("endless")) is [var attempt] ? (attempt.Outcome, attempt.ExitCode!.Value) : default);
        Assert.Equal(RunStatus.Completed, (await bench.RunAsync("other")).Status);
    }

    [Fact]
    public async Task An_attempt_that_takes_too_long_is_stopped_as_timed_out()
    {
        await using var bench = await Workbench.OpenAsync();
        await bench.SubmitAsync(Workbench.Shell("slow", "sleep 1000", d => d with { Timeout = TimeSpan.FromMilliseconds(300) }));

        var witness = await bench.DrainAsync();

        var run = await bench.RunAsync("slow");
        Assert.Equal((RunStatus.Failed, "timeout"), (run.Status, run.Category));
        Assert.Equal(AttemptOutcome.TimedOut, Assert.Single(witness.Ended).End.Outcome);
    }

    [Fact]
    public async Task After_the_time_limit_nothing_is_claimed_and_what_runs_ends_by_itself()
    {
        await using var bench = await Workbench.OpenAsync();
        await bench.SubmitAsync(Workbench.Shell("first", "sleep 0.7"), Workbench.Shell("second", "exit 0"));

        var witness = await bench.DrainAsync(o => o with { Slots = 1, TimeLimit = TimeSpan.FromMilliseconds(300) });

        Assert.Equal(new WorkerReport(1, 0, false), witness.Report);
        Assert.Equal(RunStatus.Completed, (await bench.RunAsync("first")).Status);
        Assert.Equal(0, (await bench.RunAsync("second")).Attempts);
    }

    [Fact]
    public async Task A_worker_past_its_time_limit_can_still_be_stopped()
    {
        await using var bench = await Workbench.OpenAsync();
        await bench.SubmitAsync(Workbench.Method("endless", "wait"));
        using var stop = new CancellationTokenSource();
        var draining = bench.DrainAsync(o => o with { TimeLimit = TimeSpan.FromMilliseconds(50) }, stop: stop.Token);
        await Eventually.TrueAsync(() => File.Exists(bench.Root.Run("endless").StagingEvents(1)), "the trainer runs");

        await stop.CancelAsync();
        await draining;

        Assert.Equal(RunStatus.Pending, (await bench.RunAsync("endless")).Status);
    }

    private static bool IsGone(string pidFile) => ProcFs.Identify(int.Parse(File.ReadAllText(pidFile), CultureInfo.InvariantCulture)) is not { } process || !ProcFs.IsRunning(process);
}
