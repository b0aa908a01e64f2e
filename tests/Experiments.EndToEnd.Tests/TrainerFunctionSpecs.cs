using System.Text.Json;
using Xunit;

namespace Experiments.EndToEnd.Tests;

/// <summary>A Python function as the trainer, and two stages that C# drives. Needs the distribution's Python with numpy, which <c>tests/run</c> installs.</summary>
public sealed class TrainerFunctionSpecs : IDisposable
{
    private readonly Workspace _workspace = new("experiments/TrainerFunction") { Environment = { ["EXP_PYTHON"] = "/usr/bin/python3" } };

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task A_coarse_sweep_finds_where_a_fine_one_looks_and_both_are_skipped_the_second_time()
    {
        var first = (await _workspace.RunAsync("staged")).Exits(0);

        Assert.Contains("coarse: lr", first.Output);
        Assert.Contains("fine: learning rate", first.Output);
        Assert.Contains("over 3 seeds", first.Output);
        // Ten coarse runs; nine fine ones, of which the centre's first seed is the coarse winner.
        var runs = (await _workspace.JsonAsync("list")).EnumerateArray().ToList();
        Assert.Equal(18, runs.Count);
        Assert.All(runs, r => Assert.Equal("completed", r.GetProperty("status").GetString()));
        var best = (await _workspace.JsonAsync("leaderboard", "classification"))[0];
        Assert.True(best.GetProperty("metrics").GetProperty("val_acc").GetDouble() > 0.9);
        Assert.True(File.Exists(_workspace.RunFile(best.GetProperty("id").GetString()!, "model.npz")));

        var second = (await _workspace.RunAsync("staged")).Exits(0);
        Assert.Equal(Conclusions(first.Output), Conclusions(second.Output));
        Assert.Equal(1, (await _workspace.JsonAsync("list"))[0].GetProperty("attempts").GetInt32());
    }

    [Fact]
    public async Task Runs_that_are_expected_to_do_well_go_first()
    {
        var plan = (await _workspace.JsonAsync("plan", "Coarse")).GetProperty("runs").EnumerateArray().ToDictionary(r => r.GetProperty("id").GetString()!, r => r.GetProperty("priority").GetInt32());

        Assert.Equal((50, 100, 150, 100, 50), (plan["lr0.001_wd0.01_s0"], plan["lr0.01_wd0.01_s0"], plan["lr0.1_wd0.01_s0"], plan["lr1_wd0.01_s0"], plan["lr10_wd0.01_s0"]));
    }

    private static string[] Conclusions(string output) => [.. output.Split('\n').Where(l => l.StartsWith("coarse: ", StringComparison.Ordinal) || l.StartsWith("fine: ", StringComparison.Ordinal))];
}
