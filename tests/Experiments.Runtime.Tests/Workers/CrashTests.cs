using System.Diagnostics;
using System.Globalization;
using Experiments.Registry;
using Experiments.Runtime.Processes;
using Experiments.Runtime.Workers;

namespace Experiments.Runtime.Tests.Workers;

public sealed class CrashTests
{
    [Fact]
    public async Task A_run_whose_worker_was_killed_runs_on_and_its_successor_adopts_it()
    {
        await using var bench = await Workbench.OpenAsync();
        await bench.SubmitAsync(Waiting("r", bench));
        await KillWorkerAsync(bench, () => File.Exists(Path.Combine(bench.Scratch, "r.ready")));
        var draining = bench.DrainAsync(o => o with { Slots = 1 }, witness: new Witness());

        await Eventually.TrueAsync(async () => (await bench.AttemptsAsync("r"))[0].Epoch > 1, "the attempt is adopted");
        await File.WriteAllTextAsync(Path.Combine(bench.Scratch, "r.go"), "");
        var witness = await draining;

        Assert.Contains("adopted", Assert.Single(witness.Notices));
        Assert.Equal(RunStatus.Completed, (await bench.RunAsync("r")).Status);
        Assert.Single(await bench.AttemptsAsync("r"));
        Assert.Equal("x", await File.ReadAllTextAsync(Path.Combine(bench.Scratch, "r.executions")));
        Assert.Equal(0.5, (await bench.RunAsync("r")).Metrics["val_acc"]);
    }

    [Theory]
    [InlineData(0, RunStatus.Completed)]
    [InlineData(3, RunStatus.Failed)]
    public async Task A_run_that_ended_after_its_worker_was_killed_keeps_its_exit_code(int exitCode, RunStatus expected)
    {
        await using var bench = await Workbench.OpenAsync();
        await bench.SubmitAsync(Waiting("r", bench, exitCode));
        await KillWorkerAsync(bench, () => File.Exists(Path.Combine(bench.Scratch, "r.ready")));
        await File.WriteAllTextAsync(Path.Combine(bench.Scratch, "r.go"), "");
        await Eventually.TrueAsync(() => File.Exists(bench.Root.Run("r").ProcessRecord(1)) && File.ReadAllText(bench.Root.Run("r").ProcessRecord(1)).Contains("exit_code", StringComparison.Ordinal), "the keeper has recorded the end");

        await bench.DrainAsync();

        Assert.Equal(expected, (await bench.RunAsync("r")).Status);
        Assert.Equal(exitCode, Assert.Single(await bench.AttemptsAsync("r")).ExitCode);
        Assert.Equal("x", await File.ReadAllTextAsync(Path.Combine(bench.Scratch, "r.executions")));
    }

    [Fact]
    public async Task A_run_whose_worker_and_keeper_were_killed_while_it_ended_is_tried_again_without_penalty()
    {
        await using var bench = await Workbench.OpenAsync();
        await bench.SubmitAsync(Waiting("r", bench));
        await KillWorkerAsync(bench, () => File.Exists(Path.Combine(bench.Scratch, "r.ready")), keeperToo: true);
        await File.WriteAllTextAsync(Path.Combine(bench.Scratch, "r.go"), "");
        await Eventually.TrueAsync(() => File.Exists(Path.Combine(bench.Scratch, "r.ended")), "the trainer has ended");

        await bench.DrainAsync();

        Assert.Equal([AttemptOutcome.Lost, AttemptOutcome.Succeeded], (await bench.AttemptsAsync("r")).Select(a => a.Outcome));
        Assert.Equal(RunStatus.Completed, (await bench.RunAsync("r")).Status);
    }

    [Fact]
    public async Task What_a_lost_attempt_left_running_is_ended_before_the_run_is_tried_again()
    {
        await using var bench = await Workbench.OpenAsync();
        var daemon = Path.Combine(bench.Scratch, "daemon");
        // Its first attempt leaves a daemon and kills the keeper, which would have seen to that, and itself.
        await bench.SubmitAsync(Workbench.Shell("r", $"if [ $EXP_ATTEMPT = 1 ]; then setsid sleep 1000 & echo $! > {daemon}; kill -9 $PPID; kill -9 $$; fi"));

        await bench.DrainAsync();

        Assert.Equal([AttemptOutcome.Lost, AttemptOutcome.Succeeded], (await bench.AttemptsAsync("r")).Select(a => a.Outcome));
        var pid = int.Parse(await File.ReadAllTextAsync(daemon), CultureInfo.InvariantCulture);
        await Eventually.TrueAsync(() => ProcFs.Identify(pid) is not { } process || !ProcFs.IsRunning(process), "the daemon is gone");
    }

    [Fact]
    public async Task What_a_cancelled_attempt_without_a_keeper_left_running_is_ended_too()
    {
        await using var bench = await Workbench.OpenAsync();
        var daemon = Path.Combine(bench.Scratch, "daemon");
        await bench.SubmitAsync(Workbench.Shell("r", $"setsid sleep 1000 & sleep 0.5; kill -9 $PPID; echo $! > {daemon}; exec sleep 1000"));
        var draining = bench.DrainAsync();
        await Eventually.TrueAsync(() => File.Exists(daemon) && new FileInfo(daemon).Length > 0, "the daemon runs");

        await bench.Registry.CancelAsync(new RunFilter { Ids = ["r"] });
        await draining;

        Assert.Equal(AttemptOutcome.Cancelled, Assert.Single(await bench.AttemptsAsync("r")).Outcome);
        var pid = int.Parse(await File.ReadAllTextAsync(daemon), CultureInfo.InvariantCulture);
        await Eventually.TrueAsync(() => ProcFs.Identify(pid) is not { } process || !ProcFs.IsRunning(process), "the daemon is gone");
    }

    [Fact]
    public async Task A_worker_survives_the_death_of_its_keeper()
    {
        await using var bench = await Workbench.OpenAsync();
        await bench.SubmitAsync(Waiting("r", bench), Workbench.Shell("next", "exit 0"));
        var draining = bench.DrainAsync(o => o with { Slots = 1 });
        await Eventually.TrueAsync(() => File.Exists(Path.Combine(bench.Scratch, "r.ready")), "the trainer runs");

        Kill(await KeeperOfAsync(bench, "r"));
        await File.WriteAllTextAsync(Path.Combine(bench.Scratch, "r.go"), "");
        await draining;

        Assert.Equal([AttemptOutcome.Lost, AttemptOutcome.Succeeded], (await bench.AttemptsAsync("r")).Select(a => a.Outcome));
        Assert.Equal(RunStatus.Completed, (await bench.RunAsync("next")).Status);
    }

    [Fact]
    public async Task A_run_that_is_lost_three_times_in_a_row_fails()
    {
        await using var bench = await Workbench.OpenAsync();
        // It kills its parent, the keeper, and itself: nobody sees how it ends.
        await bench.SubmitAsync(Workbench.Shell("poison", "kill -9 $PPID; kill -9 $$"));

        await bench.DrainAsync();

        var run = await bench.RunAsync("poison");
        Assert.Equal((RunStatus.Failed, "worker-lost", 3), (run.Status, run.Category, run.Attempts));
    }

    [Fact]
    public async Task A_completed_run_whose_worker_died_before_publishing_is_rolled_forward()
    {
        await using var bench = await Workbench.OpenAsync();
        await bench.SubmitAsync(Waiting("r", bench), Workbench.Shell("needs", """cp "$EXP_INPUT_R/model" "$EXP_RUN_DIR/copy" """) with { Inputs = [new PlannedInput("r", Waiting("r", bench))] });
        await KillWorkerAsync(bench, () => File.Exists(Path.Combine(bench.Scratch, "r.ready")));
        await File.WriteAllTextAsync(Path.Combine(bench.Scratch, "r.go"), "");
        await Eventually.TrueAsync(() => File.Exists(Path.Combine(bench.Scratch, "r.ended")), "the trainer has ended");
        // As a worker does that dies right after the registry has said completed.
        Assert.True(await bench.Registry.EndAttemptAsync(new LeaseKey(await KeyAsync(bench, "r"), 1), new AttemptEnd { Outcome = AttemptOutcome.Succeeded, Next = RunStatus.Completed }));

        await bench.DrainAsync();

        Assert.Equal("weights\n", await File.ReadAllTextAsync(Path.Combine(bench.Root.Run("r").Directory, "model")));
        Assert.Equal("weights\n", await File.ReadAllTextAsync(Path.Combine(bench.Root.Run("needs").Directory, "copy")));
        Assert.Single(await bench.AttemptsAsync("r"));
    }

    [Fact]
    public async Task An_attempt_that_was_replaced_can_not_publish()
    {
        await using var bench = await Workbench.OpenAsync();
        await bench.SubmitAsync(Waiting("r", bench));
        var draining = bench.DrainAsync(o => o with { Slots = 1, Drain = true, Heartbeat = TimeSpan.FromHours(1) });
        await Eventually.TrueAsync(() => File.Exists(Path.Combine(bench.Scratch, "r.ready")), "the trainer runs");

        // Another worker takes the run over, as if this one had been partitioned away.
        var now = DateTimeOffset.UtcNow;
        await bench.Registry.RegisterWorkerAsync(new WorkerRecord
        {
            Id = "somebody-else", Host = "elsewhere", Process = new ProcessIdentity(1, 1, "another boot"), Slots = 1, Started = now, Seen = now,
        });
        var taken = await bench.Registry.AdoptAsync(new LeaseKey(await KeyAsync(bench, "r"), 1), "somebody-else", TimeSpan.FromMinutes(1));
        await File.WriteAllTextAsync(Path.Combine(bench.Scratch, "r.go"), "");
        Assert.True(await bench.Registry.EndAttemptAsync(taken!.Value, new AttemptEnd { Outcome = AttemptOutcome.Cancelled, Next = RunStatus.Cancelled }));
        var witness = await draining;

        Assert.Equal(RunStatus.Cancelled, (await bench.RunAsync("r")).Status);
        Assert.False(File.Exists(Path.Combine(bench.Root.Run("r").Directory, "model")));
        Assert.Empty(witness.Ended);
    }

    [Fact]
    public async Task Workers_killed_again_and_again_complete_every_run_exactly_once()
    {
        await using var bench = await Workbench.OpenAsync();
        var runs = Enumerable.Range(0, 40).Select(i => Workbench.Shell($"r{i}",
            $$"""sleep 0.05; echo '{"metrics":{"i":{{i}}},"step":1}' >> "$EXP_EVENTS"; echo done >> {{bench.Scratch}}/r{{i}}.executions""")).ToArray();
        await bench.SubmitAsync(runs);

        for (var kill = 1; kill <= 5; kill++)
            await KillWorkerAsync(bench, () => Directory.GetFiles(bench.Scratch, "*.executions").Length >= kill * 5);
        await bench.DrainAsync();

        foreach (var run in runs)
        {
            Assert.Equal(RunStatus.Completed, (await bench.RunAsync(run.Id)).Status);
            Assert.Equal("done\n", await File.ReadAllTextAsync(Path.Combine(bench.Scratch, $"{run.Id}.executions")));
            Assert.Single(await bench.Registry.SeriesAsync(run.Id, "i"));
        }
    }

    [Fact]
    public async Task Two_workers_share_a_results_root_and_no_run_is_executed_twice()
    {
        await using var bench = await Workbench.OpenAsync();
        var runs = Enumerable.Range(0, 30).Select(i => Workbench.Shell($"r{i}", $"echo done >> {bench.Scratch}/r{i}.executions; sleep 0.02")).ToArray();
        await bench.SubmitAsync(runs);

        using var first = bench.StartWorker();
        using var second = bench.StartWorker();
        await first.WaitForExitAsync();
        await second.WaitForExitAsync();

        Assert.All(runs, run => Assert.Equal("done\n", File.ReadAllText(Path.Combine(bench.Scratch, $"{run.Id}.executions"))));
        Assert.Equal(30, (await bench.Registry.StatusAsync(RunFilter.All)).Completed);
    }

    /// <summary>A run that counts its executions and waits until it may end.</summary>
    private static PlannedRun Waiting(string id, Workbench bench, int exitCode = 0) => Workbench.Shell(id, $$"""
        printf x >> {{bench.Scratch}}/{{id}}.executions
        echo weights > "$EXP_RUN_DIR/model"
        echo '{"metrics":{"val_acc":0.5},"step":1}' >> "$EXP_EVENTS"
        touch {{bench.Scratch}}/{{id}}.ready
        while [ ! -e {{bench.Scratch}}/{{id}}.go ]; do sleep 0.02; done
        touch {{bench.Scratch}}/{{id}}.ended
        exit {{exitCode}}
        """);

    private static async Task KillWorkerAsync(Workbench bench, Func<bool> when, bool keeperToo = false)
    {
        using var worker = bench.StartWorker(slots: 2);
        await Eventually.TrueAsync(when, "it is time to kill the worker");
        if (keeperToo)
            Kill(await KeeperOfAsync(bench, "r"));
        worker.Kill();
        await worker.WaitForExitAsync();
    }

    private static async Task<int> KeeperOfAsync(Workbench bench, string id)
    {
        var record = bench.Root.Run(id).ProcessRecord(1);
        await Eventually.TrueAsync(() => Keeper.ProcessRecord.TryRead(record) is not null, "the keeper has recorded the process");
        var pid = Keeper.ProcessRecord.TryRead(record)!.Process.Pid;
        var status = File.ReadAllLines($"/proc/{pid}/status").Single(l => l.StartsWith("PPid:", StringComparison.Ordinal));
        return int.Parse(status["PPid:".Length..], CultureInfo.InvariantCulture);
    }

    private static void Kill(int pid)
    {
        using var process = Process.GetProcessById(pid);
        process.Kill();
    }

    private static async Task<long> KeyAsync(Workbench bench, string id)
    {
        var orphans = await bench.Registry.OrphansAsync(HostName.Current, _ => false);
        return orphans.Single(o => o.Run.RunId == id).Lease.Run;
    }
}
