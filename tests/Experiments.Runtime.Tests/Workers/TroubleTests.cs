using Experiments.Registry;

namespace Experiments.Runtime.Tests.Workers;

/// <summary>What goes wrong around one attempt costs that attempt at most: neither its worker, nor later ones, nor a second trainer beside a first.</summary>
public sealed class TroubleTests
{
    [Fact]
    public async Task Text_that_is_no_Unicode_costs_a_character_and_nothing_else()
    {
        await using var bench = await Workbench.OpenAsync();
        await bench.SubmitAsync(Workbench.Python("r", """
            import os
            with open(os.environ["EXP_EVENTS"], "ab") as f:
                f.write(b'{"event":"\\ud800","data":{"file":"a\\udcff","smile":"\\ud83d\\ude00","path":"C:\\\\udc00"}}\n')
                f.write(b'{"metrics":{"gr\xf6\xdfe":1,"half\\ude00":2,"acc":0.5}}\n')
                f.write(b'{"artifact":"m\xfcll","path":"\\ud800.pt"}\n')
                f.write(b'{"metrics":{"loss":"\xfc"}}\n')
            with open(os.environ["EXP_RUN_DIR"] + "/metrics.json", "wb") as f:
                f.write(b'{"f1\xe9":3,"note":"\\ud800","val":0.75}')
            """));

        await bench.DrainAsync();

        var run = (await bench.Registry.FindAsync("r"))!;
        var events = (await bench.Registry.EventsAsync("r")).Latest;
        Assert.Equal(RunStatus.Completed, run.Run.Status);
        Assert.Equal(["acc", "f1�", "gr��e", "half�", "val"], run.Run.Metrics.Keys.Where(k => !k.StartsWith("system/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Equal("""{"file":"a\ufffd","smile":"\ud83d\ude00","path":"C:\\udc00"}""", Assert.Single(events, e => e.Name == "�").Data);
        Assert.Contains("to be a number", Assert.Single(events, e => e.Name == "malformed").Data);
    }

    [Fact]
    public async Task A_mistake_while_watching_ends_the_process_before_the_run_is_tried_again()
    {
        await using var bench = await Workbench.OpenAsync();
        var directory = bench.Scratch;
        // The second attempt tells whether the first one's process was still there.
        await bench.SubmitAsync(Workbench.Shell("r", $$"""
            if [ "$EXP_ATTEMPT" = 1 ]; then echo $$ > {{directory}}/pid; exec sleep 60; fi
            kill -0 $(cat {{directory}}/pid) 2>/dev/null && exit 7
            exit 0
            """, d => d with { Retry = new RetryPolicy { Limit = 1, BackoffBase = 0 } }));
        var watcher = new Careless(new Witness(), throwOn: () => File.Exists(Path.Combine(directory, "pid")));

        await new Worker(bench.Registry, bench.Root, Options, watcher, Host).RunAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60));

        var attempts = await bench.AttemptsAsync("r");
        Assert.Equal([AttemptOutcome.Failed, AttemptOutcome.Succeeded], attempts.Select(a => a.Outcome));
        Assert.Equal("unexpected InvalidOperationException in its worker: careless", attempts[0].Message);
    }

    [Fact]
    public async Task A_worker_that_can_not_go_on_leaves_what_runs_to_the_next_one_in_the_same_process()
    {
        await using var bench = await Workbench.OpenAsync();
        var (pids, go) = (Path.Combine(bench.Scratch, "pids"), Path.Combine(bench.Scratch, "go"));
        await bench.SubmitAsync(
            Workbench.Shell("r", $"echo $$ >> {pids}; while [ ! -e {go} ]; do sleep 0.05; done"),
            Workbench.Shell("too-large", "exit 0", d => d with { Resources = new Resources { Gpus = 4 } }));
        var watcher = new Careless(new Witness(), throwOnNotice: () => File.Exists(pids));

        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => new Worker(bench.Registry, bench.Root, Options, watcher, Host).RunAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60)));
        var next = bench.DrainAsync(witness: new Witness());
        await Eventually.TrueAsync(async () => (await bench.AttemptsAsync("r"))[0].Epoch > 1, "the attempt is adopted");
        await File.WriteAllTextAsync(go, "");
        await next;

        Assert.Equal("careless", thrown.Message);
        Assert.Equal(AttemptOutcome.Succeeded, Assert.Single(await bench.AttemptsAsync("r")).Outcome);
        Assert.Single(await File.ReadAllLinesAsync(pids));
    }

    private static WorkerOptions Options => new() { Slots = 2, Gpus = [], Drain = true, Grace = TimeSpan.FromSeconds(5), Heartbeat = TimeSpan.FromMilliseconds(100) };

    private static WorkerHost Host => new() { Program = [Workbench.TestProgram] };

    /// <summary>An observer with a mistake in it, which stands for one anywhere in the worker.</summary>
    private sealed class Careless(IWorkerObserver inner, Func<bool>? throwOn = null, Func<bool>? throwOnNotice = null) : IWorkerObserver
    {
        private bool _hasThrown;

        public void Started(WorkerRecord worker, IReadOnlyList<string> slots) => inner.Started(worker, slots);

        public void AttemptStarted(string slot, ClaimedRun run) => Err(throwOn);

        public void Metrics(string slot, ClaimedRun run, IReadOnlyList<MetricPoint> points) => inner.Metrics(slot, run, points);

        public void Progress(string slot, ClaimedRun run, double fraction) => inner.Progress(slot, run, fraction);

        public void AttemptEnded(string slot, ClaimedRun run, AttemptEnd end, TimeSpan duration) => inner.AttemptEnded(slot, run, end, duration);

        public void Notice(string message) => Err(throwOnNotice);

        private void Err(Func<bool>? when)
        {
            if (when is null || _hasThrown || !SpinWait.SpinUntil(when, TimeSpan.FromSeconds(20)))
                return;
            _hasThrown = true;
            throw new InvalidOperationException("careless");
        }
    }
}
