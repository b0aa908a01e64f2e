using System.Diagnostics;

namespace Experiments.CommandLine.Tests;

/// <summary>What people see: the program on a pseudo-terminal, as <c>script</c> of util-linux gives it.</summary>
public sealed class TerminalTests : IDisposable
{
    private const string Green = "\e[32m";

    private readonly CommandLineSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public async Task On_a_terminal_progress_moves_and_has_colours()
    {
        var screen = await OnTerminalAsync([], "run", "LearningRates", "--slots", "2");

        Assert.Contains($"{Green} ✓ ", screen, StringComparison.Ordinal);
        Assert.Contains("digits/lr0.1_s1", screen, StringComparison.Ordinal);
        // The cursor goes back up to draw the moving part again, and is shown again at the end.
        Assert.Matches("\e\\[\\d+A", screen);
        Assert.Contains("\e[?25h", screen, StringComparison.Ordinal);
        Assert.DoesNotContain("started", screen, StringComparison.Ordinal);
        Assert.Contains("6 runs completed in", screen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_color_takes_the_colours_away_and_leaves_the_words()
    {
        var screen = await OnTerminalAsync([("NO_COLOR", "1")], "run", "LearningRates", "--slots", "2");

        Assert.Contains(" ✓ digits/lr0.1_s1", screen, StringComparison.Ordinal);
        Assert.DoesNotContain("\e[32m", screen, StringComparison.Ordinal);
        Assert.DoesNotContain("\e[1;31m", await OnTerminalAsync([("NO_COLOR", "1")], "plan", "Nothing"));
    }

    [Fact]
    public async Task A_dumb_terminal_gets_plain_lines()
    {
        var screen = await OnTerminalAsync([("TERM", "dumb")], "run", "LearningRates", "--slots", "2");

        Assert.Contains("completed  digits/lr0.1_s1  test_accuracy 0.9110", screen, StringComparison.Ordinal);
        Assert.DoesNotContain("\e", screen, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_trainer_printed_does_not_reach_the_terminal_as_escape_sequences()
    {
        var screen = await OnTerminalAsync([], "run", "digits", "--mode", "escape");

        Assert.Contains("failed:", screen, StringComparison.Ordinal);
        Assert.Contains("ValueError:", screen, StringComparison.Ordinal);
        Assert.DoesNotContain("owned", screen, StringComparison.Ordinal);
    }

    private async Task<string> OnTerminalAsync((string Name, string Value)[] environment, params string[] args)
    {
        var command = ShellWords.Join([Path.Combine(AppContext.BaseDirectory, "Experiments.CommandLine.Tests"), .. args, "--results", _session.Root]);
        var start = new ProcessStartInfo("script", ["-qec", $"stty cols 100 rows 30; {command}", "/dev/null"]) { RedirectStandardOutput = true, RedirectStandardInput = true };
        start.Environment["TERM"] = "xterm-256color";
        start.Environment.Remove("NO_COLOR");
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync().WaitAsync(TimeSpan.FromMinutes(1));
        await process.WaitForExitAsync();
        return output;
    }
}
