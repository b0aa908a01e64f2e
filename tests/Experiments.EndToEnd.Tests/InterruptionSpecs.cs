using Xunit;

namespace Experiments.EndToEnd.Tests;

/// <summary>What is left when the program is stopped or killed in the middle, and how it goes on.</summary>
public sealed class InterruptionSpecs : IDisposable
{
    private const int Runs = 36;

    private static readonly string[] Sweep = ["run", "LearningRates", "--slots", "2"];

    // The experiment's defaults, but for the width.
    private const string Id = "lr0.1_h256_wd1e-4_s0";

    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task After_kill_9_the_same_command_completes_the_sweep_and_no_run_succeeds_twice()
    {
        await using (var program = _workspace.Start(Sweep))
        {
            await Workspace.UntilAsync("some runs to be done", () => Published() >= 4);
            program.Signal(Command.Kill);
            await program.EndAsync();
        }

        Assert.InRange(Published(), 4, Runs - 4);
        (await _workspace.RunAsync(Sweep)).Exits(0);
        await AllHaveSucceededOnceAsync();
        NoTrainerEndedTwice();
    }

    [Fact]
    public async Task Killed_again_and_again_the_sweep_still_completes_and_no_run_succeeds_twice()
    {
        for (var done = 3; done <= 18; done += 5)
        {
            await using var program = _workspace.Start(Sweep);
            await Workspace.UntilAsync($"{done} runs to be done", () => Published() >= done);
            program.Signal(Command.Kill);
            await program.EndAsync();
        }

        (await _workspace.RunAsync(Sweep)).Exits(0);
        await AllHaveSucceededOnceAsync();
        NoTrainerEndedTwice();
    }

    [Fact]
    public async Task When_everything_is_killed_the_same_command_goes_on_from_the_checkpoint_and_ends_as_an_undisturbed_one()
    {
        string[] training = ["run", "Classifier", "--hidden", "256", "--epochs", "400"];
        await using (var program = _workspace.Start(training))
        {
            await Workspace.UntilAsync("a checkpoint", () => File.Exists(_workspace.RunFile(Id, "checkpoints", "training.bin")));
            _workspace.KillAll();
            await program.EndAsync();
        }

        (await _workspace.RunAsync(training)).Exits(0);
        var run = await _workspace.JsonAsync("show", Id);
        Assert.Equal("completed", run.GetProperty("status").GetString());
        Assert.Equal(["lost", "succeeded"], run.GetProperty("attempts").EnumerateArray().Select(attempt => attempt.GetProperty("outcome").GetString()));
        Assert.Contains("resumed", File.ReadAllText(_workspace.RunFile(Id, "metrics.jsonl")));

        using var undisturbed = new Workspace();
        (await undisturbed.RunAsync(training)).Exits(0);
        Assert.Equal((await undisturbed.JsonAsync("show", Id)).GetProperty("metrics").ToString(), run.GetProperty("metrics").ToString());
    }

    [Fact]
    public async Task Ctrl_C_exits_130_and_the_same_command_goes_on()
    {
        await using (var program = _workspace.Start(Sweep))
        {
            await Workspace.UntilAsync("some runs to be done", () => Published() >= 4);
            program.SignalGroup(Command.Interrupt);
            (await program.EndAsync()).Exits(130);
        }

        var status = await _workspace.JsonAsync("status");
        Assert.Equal(0, status.GetProperty("running").GetInt32());
        Assert.Equal(0, status.GetProperty("failed").GetInt32());
        Assert.Equal(Runs, status.GetProperty("completed").GetInt32() + status.GetProperty("pending").GetInt32());
        Assert.NotEqual(0, status.GetProperty("pending").GetInt32());

        (await _workspace.RunAsync(Sweep)).Exits(0);
        await AllHaveSucceededOnceAsync();
    }

    private async Task AllHaveSucceededOnceAsync()
    {
        var runs = (await _workspace.JsonAsync("list")).EnumerateArray().ToList();
        Assert.Equal(Runs, runs.Count);
        Assert.All(runs, run => Assert.Equal("completed", run.GetProperty("status").GetString()));
        foreach (var run in runs.Where(run => run.GetProperty("attempts").GetInt32() > 1))
        {
            var shown = await _workspace.JsonAsync("show", run.GetProperty("id").GetString()!);
            Assert.Single(shown.GetProperty("attempts").EnumerateArray(), attempt => attempt.GetProperty("outcome").GetString() == "succeeded");
        }
    }

    /// <summary>What the trainers themselves wrote, independent of what the registry believes.</summary>
    private void NoTrainerEndedTwice() =>
        Assert.All(Directory.EnumerateDirectories(_workspace.PathOf("results", "runs")), run =>
            Assert.Equal(1, Directory.EnumerateFiles(Path.Combine(run, "logs")).Sum(log => File.ReadLines(log).Count(line => line.StartsWith("done:", StringComparison.Ordinal)))));

    private int Published() => Directory.Exists(_workspace.PathOf("results", "runs"))
        ? Directory.EnumerateDirectories(_workspace.PathOf("results", "runs")).Count(run => File.Exists(Path.Combine(run, "best_model.bin")))
        : 0;
}
