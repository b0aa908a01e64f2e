using Xunit;

namespace Experiments.EndToEnd.Tests;

/// <summary>Runs that fail, as people see them, and what becomes of them.</summary>
public sealed class FailureSpecs : IDisposable
{
    private readonly Workspace _workspace = new("tests/Experiments.EndToEnd.Tests/Fixtures/Fragile");

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task A_run_that_does_not_fit_is_made_smaller_until_it_does_and_show_tells_how()
    {
        (await _workspace.RunAsync("run", "Large")).Exits(0);

        var shown = (await _workspace.RunAsync("show", "large/need16")).Exits(0).Output;
        Assert.Contains("batch_size = 64", shown);
        Assert.Contains("""
            attempt 1: out-of-memory: exit code 1: torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 64.00 GiB; next with batch_size 64 → 32, accumulation_steps 1 → 2
            attempt 2 ran with accumulation_steps = 2 instead of 1, batch_size = 32 instead of 64
            attempt 2: out-of-memory: exit code 1: torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 32.00 GiB; next with batch_size 32 → 16, accumulation_steps 2 → 4
            attempt 3 ran with accumulation_steps = 4 instead of 1, batch_size = 16 instead of 64
            """, shown);
        var run = await _workspace.JsonAsync("show", "large/need16");
        Assert.Equal(64, run.GetProperty("metrics").GetProperty("score").GetDouble());
        Assert.Equal([64, 32, 16], run.GetProperty("attempts").EnumerateArray().Select(a => a.GetProperty("config").GetProperty("batch_size").GetInt32()));
    }

    [Fact]
    public async Task A_run_that_never_fits_fails_with_the_whole_ladder_in_its_message_and_in_failed_csv()
    {
        const string ladder = "no remedy is left: batch_size 64 → 32 → 16 → 8, accumulation_steps 1 → 2 → 4 → 8";

        var run = (await _workspace.RunAsync("run", "Large", "--fits", "4")).Exits(1);

        Assert.Contains(ladder, (await _workspace.RunAsync("show", "large/need4")).Output);
        var lines = File.ReadAllLines(_workspace.PathOf("results", "failed.csv"));
        Assert.StartsWith("timestamp,experiment_id,config_name,model_name,error_message", lines[0]);
        Assert.Contains("large/need4,large,,", lines[1]);
        Assert.Contains(ladder, lines[1]);
        Assert.Contains("out-of-memory", run.Output + run.Error);
    }

    [Fact]
    public async Task A_run_that_hangs_is_stopped_and_tried_again()
    {
        (await _workspace.RunAsync("run", "Hanging")).Exits(0);

        var shown = (await _workspace.RunAsync("show", "hanging")).Exits(0).Output;
        Assert.Contains("stalled", shown);
        Assert.Contains("attempt 1: stall: printed and reported nothing for 00:00:02; the last was: all-reduce of step 17", shown);
    }

    [Fact]
    public async Task A_job_that_its_scheduler_warns_lets_its_runs_save_and_queues_them_again()
    {
        const int userSignal1 = 10;
        await using (var program = _workspace.Start("run", "Hanging", "--grace", "90s"))
        {
            await Workspace.UntilAsync("the trainer to run", () => File.Exists(_workspace.RunFile("hanging", "logs", "attempt-1.log")));
            program.Signal(userSignal1);
            (await program.EndAsync()).Exits(130);
        }

        var run = await _workspace.JsonAsync("show", "hanging");
        Assert.Equal("pending", run.GetProperty("status").GetString());
        Assert.Equal("preempted", run.GetProperty("attempts")[0].GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task A_rule_of_the_program_says_what_a_failure_is()
    {
        (await _workspace.RunAsync("run", "Evicted")).Exits(0);

        Assert.Contains("attempt 1: node-failure: exit code 5: Lustre: fs1-OST0003 was evicted", (await _workspace.RunAsync("show", "evicted")).Output);
    }

    [Fact]
    public async Task A_failed_run_goes_on_from_the_checkpoint_that_is_named()
    {
        (await _workspace.RunAsync("run", "Saving")).Exits(1);
        Assert.Equal(["attempt1-epoch3", "attempt1-epoch4", "attempt1-epoch5"], Checkpoints());

        var retried = (await _workspace.RunAsync("retry", "saving", "--from-checkpoint", "attempt1-epoch4")).Exits(0);
        Assert.Contains("`saving` goes on from `attempt1-epoch4`", retried.Output + retried.Error);
        (await _workspace.RunAsync("worker", "--drain")).Exits(1);
        Assert.StartsWith("resumed from attempt1-epoch4\n", (await _workspace.RunAsync("logs", "saving")).Output);

        var refused = (await _workspace.RunAsync("retry", "saving", "--from-checkpoint", "epoch9")).Exits(2);
        Assert.Contains("EXP8113", refused.Error);
        Assert.Contains("`attempt2-epoch5`", refused.Error);
        Assert.Equal(0, (await _workspace.JsonAsync("status")).GetProperty("pending").GetInt32());
    }

    [Fact]
    public async Task A_host_without_room_starts_nothing_says_so_and_goes_on_when_it_has_some()
    {
        (await _workspace.RunAsync("submit", "Evicted")).Exits(0);
        await using (var worker = _workspace.Start("worker", "--drain", "--min-free-disk", "99999999"))
        {
            var status = "";
            await Workspace.UntilAsync("the worker to be held", () => (status = _workspace.RunAsync("status").GetAwaiter().GetResult().Output).Contains("starts nothing because"));
            Assert.Contains("less than the 99999999 of `--min-free-disk`", status);
            worker.SignalGroup(Command.Interrupt);
            (await worker.EndAsync()).Exits(130);
        }

        (await _workspace.RunAsync("worker", "--drain")).Exits(0);
    }

    private IEnumerable<string?> Checkpoints() => Directory.EnumerateFiles(_workspace.RunFile("saving", "checkpoints")).Select(Path.GetFileName).Order();
}
