using System.Text;
using Experiments.Registry;

namespace Experiments.Runtime.Tests.Workers;

/// <summary>What real processes that fail become of.</summary>
public sealed class FailureTests
{
    private static readonly RetryPolicy Soon = new() { Limit = 3, BackoffBase = 0.01 };

    [Fact]
    public async Task A_run_out_of_memory_goes_on_with_a_smaller_batch_and_keeps_its_id()
    {
        await using var bench = await Workbench.OpenAsync();
        // Reads its batch from the frozen configuration, as trainers do, and fits from 16 on.
        var run = OutOfMemory("big", """{"batch":64,"steps":1}""", fits: 16, min: 4);
        await bench.SubmitAsync(run);

        await bench.DrainAsync();

        var details = (await bench.Registry.FindAsync("big"))!;
        Assert.Equal((RunStatus.Completed, 3), (details.Run.Status, details.Run.Attempts));
        Assert.Equal([null, """{"batch":32,"steps":2}""", """{"batch":16,"steps":4}"""], details.Attempts.Select(a => a.Config));
        Assert.EndsWith("CUDA out of memory. Tried to allocate 2.00 GiB; next with batch 64 → 32, steps 1 → 2", details.Attempts[0].Message, StringComparison.Ordinal);
        Assert.Equal("""{"batch":64,"steps":1}""", details.Run.Config);
        Assert.Contains("\"batch\": 16", await File.ReadAllTextAsync(bench.Root.Run("big").Config), StringComparison.Ordinal);
        Assert.Equal(RunStatus.Completed, (await bench.Registry.FindAsync("big"))!.Run.Status);
        Assert.Equal(["big"], (await bench.Registry.SubmitAsync(Plan.Create("test", [run]), new SubmitOptions())).Done);
    }

    [Fact]
    public async Task After_the_last_step_the_run_fails_with_the_whole_ladder_and_a_retry_begins_anew()
    {
        await using var bench = await Workbench.OpenAsync();
        await bench.SubmitAsync(OutOfMemory("huge", """{"batch":16,"steps":1}""", fits: 1, min: 4));

        await bench.DrainAsync();

        var failed = await bench.RunAsync("huge");
        Assert.Equal((RunStatus.Failed, "out-of-memory", 3), (failed.Status, failed.Category, failed.Attempts));
        Assert.EndsWith("; no remedy is left: batch 16 → 8 → 4, steps 1 → 2 → 4", failed.Message, StringComparison.Ordinal);

        await bench.Registry.RetryAsync(RunFilter.All);
        await bench.DrainAsync();
        Assert.Equal([null, """{"batch":8,"steps":2}""", """{"batch":4,"steps":4}""", null], (await bench.AttemptsAsync("huge")).Take(4).Select(a => a.Config));
    }

    [Fact]
    public async Task A_trainer_that_really_runs_out_of_its_memory_limit_is_remedied_too()
    {
        await using var bench = await Workbench.OpenAsync();
        const string program = """
            import json, os, resource
            resource.setrlimit(resource.RLIMIT_AS, (400 << 20, 400 << 20))
            batch = json.load(open(os.environ["EXP_CONFIG"]))["batch"]
            memory = bytearray(batch << 20)
            """;
        await bench.SubmitAsync(Workbench.Planned("limited", Launch("/usr/bin/python3", "-c", program), """{"batch":1024}""",
            d => d with { Remedies = [new Remedy("batch", 0.5, Min: 1, IsInteger: true)] }));

        await bench.DrainAsync();

        var attempts = await bench.AttemptsAsync("limited");
        Assert.Equal(AttemptOutcome.Succeeded, attempts[^1].Outcome);
        Assert.All(attempts.SkipLast(1), a => Assert.Equal("host-out-of-memory", a.Category));
        Assert.Equal("""{"batch":256}""", attempts[^1].Config);
    }

    [Fact]
    public async Task Rules_of_the_experiment_come_before_built_in_ones_and_their_action_holds()
    {
        await using var bench = await Workbench.OpenAsync();
        await bench.SubmitAsync(Workbench.Shell("r", "echo 'Lustre: evicted; CUDA out of memory'; test $EXP_ATTEMPT -gt 2",
            d => d with { FailureRules = [new FailureRule("no such thing", FailureCategory.Data), new FailureRule("^Lustre: (evicted|lost)", FailureCategory.Communication, FailureAction.Requeue)], Retry = Soon with { Limit = 0 } }));

        await bench.DrainAsync();

        var attempts = await bench.AttemptsAsync("r");
        Assert.Equal(AttemptOutcome.Succeeded, attempts[^1].Outcome);
        Assert.Equal(("communication", "exit code 1: Lustre: evicted; CUDA out of memory", true), (attempts[0].Category, attempts[0].Message, attempts[0].Requeued));
    }

    [Fact]
    public async Task What_a_trainer_says_of_its_failure_counts_most()
    {
        await using var bench = await Workbench.OpenAsync();
        await bench.SubmitAsync(Workbench.Shell("r", """echo '{"event":"failure","data":{"category":"data","message":"shard 7 is empty"}}' > "$EXP_EVENTS"; echo CUDA out of memory; exit 1"""));

        await bench.DrainAsync();

        Assert.Equal(("data", "shard 7 is empty"), await bench.RunAsync("r") is var run ? (run.Category, run.Message) : default);
    }

    [Fact]
    public async Task An_attempt_that_hangs_is_stopped_and_tried_again()
    {
        await using var bench = await Workbench.OpenAsync();
        await bench.SubmitAsync(Workbench.Shell("hangs", "echo step 1 of 2; test $EXP_ATTEMPT -gt 1 || sleep 600",
            d => d with { Stall = TimeSpan.FromSeconds(1), Retry = Soon }));

        await bench.DrainAsync();

        var attempts = await bench.AttemptsAsync("hangs");
        Assert.Equal([AttemptOutcome.TimedOut, AttemptOutcome.Succeeded], attempts.Select(a => a.Outcome));
        Assert.Equal(("stall", "printed and reported nothing for 00:00:01; the last was: step 1 of 2"), (attempts[0].Category, attempts[0].Message));
    }

    [Fact]
    public async Task An_attempt_that_only_reports_does_not_hang()
    {
        await using var bench = await Workbench.OpenAsync();
        await bench.SubmitAsync(Workbench.Shell("slow", """for i in 1 2 3 4 5 6 7 8; do sleep 0.3; echo '{"progress":0.'$i'}' >> "$EXP_EVENTS"; done""",
            d => d with { Stall = TimeSpan.FromSeconds(1.5) }));

        await bench.DrainAsync();

        Assert.Equal(RunStatus.Completed, (await bench.RunAsync("slow")).Status);
    }

    [Fact]
    public async Task Runs_that_failed_for_good_are_listed_once_for_spreadsheets()
    {
        await using var bench = await Workbench.OpenAsync();
        await bench.SubmitAsync(
            Workbench.Planned("a/b", Launch("/bin/sh", "-c", "printf '\\033]0;mine\\007\\033[31mValueError: \"odd\",\\033[2J very\\033[0m\\n'; exit 1"), """{"model_name":"gpt-tiny"}""", d => d with { Retry = Soon with { Limit = 1 } }),
            Workbench.Shell("fine", "exit 0"));

        await bench.DrainAsync();

        var lines = await File.ReadAllLinesAsync(Path.Combine(bench.Root.Directory, "failed.csv"));
        Assert.Equal("timestamp,experiment_id,config_name,model_name,error_message,category,attempt", lines[0]);
        Assert.Equal(",a/b,x-a-b,gpt-tiny,\"exit code 1: ValueError: \"\"odd\"\", very\",unknown,2", lines[1][20..]);
        Assert.Equal(2, lines.Length);
    }

    private static PlannedRun OutOfMemory(string id, string config, int fits, int min) => Workbench.Planned(id,
        Launch("/bin/sh", "-c", $$"""batch=$(sed -n 's/.*"batch": \([0-9]*\).*/\1/p' "$EXP_CONFIG"); [ $batch -le {{fits}} ] || { echo "torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB"; exit 1; }"""), config,
        d => d with { Remedies = [new Remedy("batch", 0.5, Min: min, IsInteger: true), new Remedy("steps", 2, IsInteger: true)], Invariants = [new Invariant("batch", "steps")] });

    private static Launch Launch(params string[] program) =>
        new() { Kind = LaunchKind.Executable, Target = program[0], Program = [.. program], Style = ArgumentStyle.None, WorkingDirectory = "/" };
}
