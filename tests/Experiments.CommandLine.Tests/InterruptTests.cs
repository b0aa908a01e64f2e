using System.Diagnostics;

namespace Experiments.CommandLine.Tests;

/// <summary>Real processes that are interrupted.</summary>
public sealed class InterruptTests : IDisposable
{
    private readonly CommandLineSession _session = new();

    private string Started => Path.Combine(_session.Root, "runs", "digits", "lr0.1_s0_slow", "checkpoints", "started");

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("HUP")]
    public async Task A_signal_stops_gracefully_says_so_and_leaves_the_run_pending(string signal)
    {
        using var run = _session.Start("run", "digits", "--slots", "1", "--mode", "slow");
        await CommandLineSession.UntilAsync("the trainer to start", () => File.Exists(Started));

        await SignalAsync(run, signal);
        var output = await _session.EndAsync(run);

        Assert.Equal(ExitCode.Interrupted, output.Code);
        Assert.Equal("stopping: running attempts get 30s to save their state, the rest stays pending; Ctrl-C again kills them at once\n", output.Error);
        Assert.Contains("stopped    digits/lr0.1_s0_slow  goes on when it is run again", output.Out);
        Assert.EndsWith("interrupted: 0 of 1 run completed; the same command goes on from here\n", output.Out);
        Assert.Contains("pending       1", (await _session.RunAsync("status")).Out);
    }

    [Fact]
    public async Task A_second_signal_kills_at_once()
    {
        using var run = _session.Start("run", "digits", "--slots", "1", "--mode", "stubborn");
        await CommandLineSession.UntilAsync("the trainer to start", () => File.Exists(Started.Replace("_slow", "_stubborn")));
        var clock = Stopwatch.StartNew();

        await SignalAsync(run, "INT");
        await Task.Delay(TimeSpan.FromSeconds(0.3));
        await SignalAsync(run, "INT");
        var output = await _session.EndAsync(run);

        Assert.Equal(ExitCode.Interrupted, output.Code);
        Assert.EndsWith("killing what still runs\n", output.Error);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(15), "expected no grace period after the second signal");
        Assert.Contains("pending       1", (await _session.RunAsync("status")).Out);
    }

    [Theory]
    [InlineData("HUP", "TERM")]
    [InlineData("TERM", "TERM")]
    [InlineData("HUP", "INT")]
    public async Task Signals_that_come_together_are_one(string first, string second)
    {
        using var run = _session.Start("run", "digits", "--slots", "1", "--mode", "slow");
        await CommandLineSession.UntilAsync("the trainer to start", () => File.Exists(Started));

        using (var kill = Process.Start("bash", ["-c", $"kill -{first} {run.Id}; kill -{second} {run.Id}"])!)
            await kill.WaitForExitAsync();
        var output = await _session.EndAsync(run);

        Assert.DoesNotContain("killing", output.Error);
        Assert.Contains("stopped    digits/lr0.1_s0_slow  goes on when it is run again", output.Out);
    }

    [Fact]
    public async Task With_json_standard_output_is_one_document_even_when_interrupted()
    {
        using var run = _session.Start("run", "digits", "--slots", "1", "--mode", "slow", "--json");
        await CommandLineSession.UntilAsync("the trainer to start", () => File.Exists(Started));

        await SignalAsync(run, "INT");
        var output = await _session.EndAsync(run);

        Assert.StartsWith("""
            {
              "target": "digits",
              "count": 1,
              "skipped": 0,
              "completed": 0,
              "failed": 0,
              "cancelled": 0,
              "pending": 1,
              "running": 0,
              "interrupted": true,
              "seconds": 0,
              "runs": [
            """, output.Out);
        Assert.Contains("started    digits/lr0.1_s0_slow\n", output.Error);
    }

    [Fact]
    public async Task Following_a_log_ends_with_its_attempt()
    {
        using var run = _session.Start("run", "digits", "--slots", "1", "--mode", "slow");
        await CommandLineSession.UntilAsync("the trainer to start", () => File.Exists(Started));
        using var logs = _session.Start("logs", "digits/lr0.1_s0_slow", "--follow");
        Assert.Equal("training with 0.1", await logs.StandardOutput.ReadLineAsync());

        await SignalAsync(run, "INT");

        var output = await _session.EndAsync(logs);
        Assert.Equal(ExitCode.Success, output.Code);
        Assert.EndsWith("stopping\n", output.Out);
        await _session.EndAsync(run);
    }

    private static async Task SignalAsync(Process process, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"])!;
        await kill.WaitForExitAsync();
    }
}
