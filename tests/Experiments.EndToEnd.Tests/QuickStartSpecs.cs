using System.Text.Json;
using Xunit;

namespace Experiments.EndToEnd.Tests;

/// <summary>The quick start, as a newcomer uses it.</summary>
public sealed class QuickStartSpecs : IClassFixture<QuickStartSpecs.FinishedSweep>
{
    private readonly Workspace _workspace;
    private readonly CommandResult _run;

    public QuickStartSpecs(FinishedSweep sweep) => (_workspace, _run) = (sweep.Workspace, sweep.Run);

    [Fact]
    public void The_whole_sweep_takes_about_a_minute_at_most() =>
        Assert.True(_run.Elapsed < TimeSpan.FromSeconds(75), $"expected about a minute at most, got {_run.Elapsed}");

    [Fact]
    public void The_run_ends_with_the_ranking()
    {
        Assert.Contains("36 runs", _run.Output);
        Assert.Contains("test_accuracy", _run.Output);
    }

    [Fact]
    public async Task The_leaderboard_ranks_real_accuracies()
    {
        var board = await _workspace.JsonAsync("leaderboard", "LearningRates", "--metric", "test_accuracy", "--top", "10");
        var accuracies = board.EnumerateArray().Select(run => run.GetProperty("metrics").GetProperty("test_accuracy").GetDouble()).ToList();
        Assert.Equal(10, accuracies.Count);
        Assert.Equal(accuracies.OrderDescending(), accuracies);
        Assert.InRange(accuracies[0], 0.96, 0.9999);
    }

    [Fact]
    public async Task Every_run_leaves_its_model_its_metrics_and_its_log_in_its_home()
    {
        var runs = (await _workspace.JsonAsync("list")).EnumerateArray().ToList();
        Assert.Equal(36, runs.Count);
        Assert.All(runs, run =>
        {
            var id = run.GetProperty("id").GetString()!;
            Assert.Equal("completed", run.GetProperty("status").GetString());
            Assert.Equal(1, run.GetProperty("attempts").GetInt32());
            Assert.True(new FileInfo(_workspace.RunFile(id, "best_model.bin")).Length > 1000, id);
            Assert.Equal(40, File.ReadLines(_workspace.RunFile(id, "metrics.jsonl")).Count(line => line.Contains("train_loss")));
            Assert.True(File.Exists(_workspace.RunFile(id, "config.json")), id);
            Assert.Contains("epoch 40", File.ReadAllText(_workspace.RunFile(id, "logs", "attempt-1.log")));
        });
    }

    [Fact]
    public async Task Running_again_skips_all_in_under_a_second()
    {
        var again = (await _workspace.RunAsync("run", "LearningRates")).Exits(0);
        Assert.Contains("36 runs done already, skipped", again.Output);
        Assert.True(again.Elapsed < TimeSpan.FromSeconds(1), $"expected under a second, got {again.Elapsed}");
    }

    [Fact]
    public async Task The_plan_says_what_would_run_and_what_is_done()
    {
        var plan = await _workspace.JsonAsync("plan", "LearningRates");
        Assert.Equal(36, plan.GetProperty("count").GetInt32());
        Assert.Equal(["done"], plan.GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("state").GetString()).Distinct());
    }

    [Fact]
    public async Task Status_counts_what_is_done()
    {
        var status = await _workspace.JsonAsync("status");
        Assert.Equal(36, status.GetProperty("completed").GetInt32());
        Assert.All((string[])["pending", "running", "failed", "cancelled", "blocked"], state => Assert.Equal(0, status.GetProperty(state).GetInt32()));
    }

    [Fact]
    public async Task Training_is_reproducible()
    {
        using var other = new Workspace();
        (await other.RunAsync("run", "Classifier", "--learning-rate", "0.1", "--hidden", "16", "--weight-decay", "0.001", "--seed", "1")).Exits(0);
        var again = Metrics((await other.JsonAsync("list")).EnumerateArray().Single());
        var first = (await _workspace.JsonAsync("list")).EnumerateArray().Single(run => run.GetProperty("id").GetString() == "lr0.1_h16_wd1e-3_s1");
        Assert.Equal(Metrics(first), again);

        static Dictionary<string, double> Metrics(JsonElement run) =>
            run.GetProperty("metrics").EnumerateObject().ToDictionary(metric => metric.Name, metric => metric.Value.GetDouble());
    }

    /// <summary>The sweep, run once for all these tests.</summary>
    public sealed class FinishedSweep : IAsyncLifetime
    {
        internal Workspace Workspace { get; } = new();

        internal CommandResult Run { get; private set; } = null!;

        public async Task InitializeAsync() => Run = (await Workspace.RunAsync("run", "LearningRates", "--slots", "2")).Exits(0);

        public Task DisposeAsync()
        {
            Workspace.Dispose();
            return Task.CompletedTask;
        }
    }
}
