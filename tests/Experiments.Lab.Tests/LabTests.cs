using System.Diagnostics;

namespace Experiments.LabSpecs;

/// <summary>A program that uses <c>Lab</c>, as real processes.</summary>
public sealed class LabTests : IDisposable
{
    private readonly string _results = Path.Combine(Path.GetTempPath(), $"exp-lab-{Guid.NewGuid():n}");

    public void Dispose()
    {
        if (Directory.Exists(_results))
            Directory.Delete(_results, recursive: true);
    }

    [Fact]
    public async Task Staged_work_is_ordinary_code_and_done_runs_are_skipped()
    {
        var (code, output, error) = await EndAsync(Start("staged"));
        Assert.Equal((0, "parabola/x1 1 then parabola/x0.5 0.25\n"), (code, output));
        Assert.Contains("Bracket: 3 runs\n", error);
        Assert.Contains("completed  parabola/x-2  height 4", error);

        Assert.Equal((0, output, "Bracket: 3 runs done already, skipped\nparabola: 1 run done already, skipped\n"), await EndAsync(Start("staged")));
    }

    [Fact]
    public async Task Failed_runs_are_in_the_outcome_with_metrics_that_are_not_numbers()
    {
        var (code, output, error) = await EndAsync(Start("failing"));

        Assert.Equal((0, "1 completed, parabola/x0_fails failed with NaN\n"), (code, output));
        Assert.Contains("failed     parabola/x0_fails", error);
        Assert.Contains("no such point", error);
    }

    [Fact]
    public async Task A_cancelled_token_stops_gracefully_and_throws() => Assert.Equal((0, "cancelled\n"), Without(await EndAsync(Start("cancelled"))));

    [Fact]
    public async Task Ctrl_C_stops_gracefully_and_ends_the_program_with_130()
    {
        using var program = Start("waiting");
        var started = Path.Combine(_results, "runs", "parabola", "x0_waits", "checkpoints", "started");
        for (var clock = Stopwatch.StartNew(); !File.Exists(started); await Task.Delay(10))
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30), "expected the trainer to start within 30 seconds");

        using var kill = Process.Start("kill", ["-INT", $"{program.Id}"])!;
        var (code, output, error) = await EndAsync(program);

        Assert.Equal((130, ""), (code, output));
        Assert.EndsWith("interrupted: 0 of 1 run completed; the same command goes on from here\n", error);
    }

    private static (int, string) Without((int Code, string Output, string Error) end) => (end.Code, end.Output);

    private Process Start(string scenario)
    {
        // Where the tests run in the background of a shell, SIGINT is ignored, and by inheritance everywhere below.
        var start = new ProcessStartInfo("env", ["--default-signal=INT,TERM,HUP", Path.Combine(AppContext.BaseDirectory, "Experiments.Lab.Tests"), scenario]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment[ProtocolVariables.Results] = _results;
        return Process.Start(start)!;
    }

    private static async Task<(int Code, string Output, string Error)> EndAsync(Process process)
    {
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        return (process.ExitCode, await output, await error);
    }
}
