using Xunit;

namespace Experiments.EndToEnd.Tests;

/// <summary>Trainers that do what trainers should not.</summary>
public sealed class MisbehavingTrainerSpecs : IDisposable
{
    private readonly Workspace _workspace = new("tests/Experiments.EndToEnd.Tests/Fixtures/Misbehaving");

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task Two_hundred_megabytes_of_output_go_to_the_log_and_nothing_is_lost()
    {
        (await _workspace.RunAsync("run", "Noisy", "--megabytes", "200")).Exits(0);
        var log = new FileInfo(_workspace.RunFile("noisy", "logs", "attempt-1.log"));
        Assert.InRange(log.Length, 200_000_000, 201_000_000);
        Assert.Equal("the last line", File.ReadLines(log.FullName).Last());

        var shown = (await _workspace.RunAsync("logs", "noisy", "--tail", "1")).Exits(0);
        Assert.Equal("the last line\n", shown.Output);
    }

    [Fact]
    public async Task A_trainer_that_ignores_sigterm_is_killed_after_the_grace_period_and_its_run_is_pending_again()
    {
        await using (var program = _workspace.Start("run", "Stubborn", "--grace", "2s"))
        {
            await Workspace.UntilAsync("the trainer to start", () => File.Exists(_workspace.RunFile("stubborn", "attempts", "1", "started")));
            program.SignalGroup(Command.Interrupt);
            (await program.EndAsync()).Exits(130);
        }

        var status = await _workspace.JsonAsync("status");
        Assert.Equal(1, status.GetProperty("pending").GetInt32());
        Assert.Equal(0, status.GetProperty("running").GetInt32());
        await Workspace.UntilAsync("every process to be gone", () => _workspace.Processes().Count == 0);
    }

    [Fact]
    public async Task Event_lines_that_are_not_json_are_noticed_kept_and_never_fatal()
    {
        (await _workspace.RunAsync("run", "Garbled")).Exits(0);
        var run = await _workspace.JsonAsync("show", "garbled");
        Assert.Equal(0.75, run.GetProperty("metrics").GetProperty("score").GetDouble());
        Assert.Contains("malformed", run.GetProperty("events").ToString());
        Assert.Contains("loss = 0.3 (this is not JSON)", run.GetProperty("events").ToString());
        Assert.Contains("loss = 0.3 (this is not JSON)", File.ReadAllText(_workspace.RunFile("garbled", "metrics.jsonl")));
    }

    [Fact]
    public async Task Metrics_that_are_nan_or_infinite_are_kept_shown_as_such_and_ranked_last()
    {
        (await _workspace.RunAsync("run", "Divergence")).Exits(0);

        var board = (await _workspace.JsonAsync("leaderboard", "Divergence", "--metric", "loss")).EnumerateArray().ToList();
        Assert.Equal(["diverging/1", "diverging/2", "diverging/0"], board.Select(run => run.GetProperty("id").GetString()));
        Assert.Equal("Infinity", board[1].GetProperty("metrics").GetProperty("loss").GetString());
        Assert.Equal("NaN", board[2].GetProperty("metrics").GetProperty("loss").GetString());
        Assert.Equal("-Infinity", board[2].GetProperty("metrics").GetProperty("bound").GetString());

        var table = (await _workspace.RunAsync("leaderboard", "Divergence", "--metric", "loss")).Exits(0).Output;
        Assert.Contains("NaN", table);
        Assert.Contains("Infinity", table);
    }

    [Fact]
    public async Task A_failure_is_told_with_its_last_words_and_its_log()
    {
        var failed = (await _workspace.RunAsync("run", "Failing")).Exits(1);
        Assert.Contains("ValueError: the data set has no labels", failed.Output);
        Assert.Contains("attempt-1.log", failed.Output);

        var run = await _workspace.JsonAsync("show", "failing");
        Assert.Equal("failed", run.GetProperty("status").GetString());
        Assert.Equal(7, run.GetProperty("attempts")[0].GetProperty("exit_code").GetInt32());
    }

    [Fact]
    public async Task What_a_trainer_leaves_need_not_be_files()
    {
        for (var execution = 1; execution <= 2; execution++)
            (await _workspace.RunAsync("run", "Strange", "--rerun")).Exits(0);

        Assert.Equal("kept\n", File.ReadAllText(_workspace.RunFile("strange", "closed", "file")));
        Assert.True(File.Exists(_workspace.RunFile("strange", "pipe")));
        Assert.Equal("/usr", new FileInfo(_workspace.RunFile("strange", "everything")).LinkTarget);
        Assert.Equal(2, (await _workspace.JsonAsync("show", "strange")).GetProperty("attempts").GetArrayLength());
    }

    [Theory]
    [InlineData("../../escaped")]
    [InlineData("/etc/passwd")]
    [InlineData("a/../../b")]
    [InlineData("..")]
    [InlineData("CON")]
    [InlineData("with space ")]
    [InlineData("new\nline")]
    [InlineData("semi;colon")]
    [InlineData("$(reboot)")]
    [InlineData("`reboot`")]
    [InlineData("it's")]
    [InlineData("a\\b")]
    [InlineData("")]
    [InlineData("\u202Egnp.exe")]
    public async Task A_value_that_would_make_a_hostile_run_id_is_refused_before_anything_is_written(string name)
    {
        var refused = (await _workspace.RunAsync("run", "Named", "--name", name)).Exits(2);
        Assert.Contains("EXP2005", refused.Error);
        Assert.Contains("expected", refused.Error);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_workspace.Directory));
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("größe=12")]
    [InlineData("v1.2_final-3+b,c@d")]
    [InlineData("日本語")]
    public async Task A_value_that_makes_a_portable_run_id_reaches_the_trainer_as_it_is(string name)
    {
        (await _workspace.RunAsync("run", "Named", "--name", name)).Exits(0);
        Assert.Equal(name + "\n", File.ReadAllText(_workspace.RunFile($"named/{name}", "name.txt")));
    }
}
