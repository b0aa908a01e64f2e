using System.Text.Json;
using Xunit;

namespace Experiments.EndToEnd.Tests;

/// <summary>A committed lock through the life of a project: written, built against, compared, accepted.</summary>
public sealed class LockSpecs : IDisposable
{
    private const string Source = """
        using Experiments;

        public enum Dataset { HcrlCh, HcrlSa }

        [Experiment("net", Id = "{Dataset}/h{Hidden}_{hash:8}")]
        public sealed partial record Net
        {
            public Dataset Dataset { get; init; }
            public int Hidden { get; init; } = 64;
            public double Lr { get; init; } = 0.1;
            public Task<Results> RunAsync(RunContext run) => Task.FromResult(new Results { Score = Hidden });
            public sealed partial record Results { [Metric(Goal.Maximize)] public double Score { get; init; } }
        }

        [Sweep]
        public sealed partial record Widths : ISweep<Net>
        {
            [All] public Dataset Dataset { get; init; }
            [Values(32, 64, 128)] public int Hidden { get; init; }
        }
        """;

    private readonly ScratchProject _project = new();

    public void Dispose() => _project.Dispose();

    [Fact]
    public async Task A_rename_is_warned_of_compared_and_mended_and_no_run_is_lost()
    {
        await BuildAsync(Source);
        (await _project.RunAsync("run", "Widths", "--slots", "4")).Exits(0);
        (await _project.RunAsync("plan", "--lock")).Exits(0);
        var committed = _project.Read("experiments.lock.json");
        Assert.Contains("\"completed\": 6", committed);
        Assert.Contains("every run is what it was", (await _project.RunAsync("plan", "--diff")).Exits(0).Output);

        var renamed = Source.Replace("double Lr", "double LearningRate");
        var build = await BuildAsync(renamed);
        Assert.Contains("Sweeps.cs(10,19): warning EXP2051", build);
        Assert.Contains("this renames 6 existing runs and invalidates 6 completed results", build);
        var difference = (await _project.RunAsync("plan", "--diff")).Exits(1);
        Assert.Contains("    + learning_rate: double = 0.1   (renamed? `[FormerName(\"lr\")]` keeps the identity)\n    - lr: double = 0.1\n", difference.Output);
        Assert.Contains("~ Widths: 6 runs, ids change", difference.Output);
        Assert.Contains("6 known runs would not be found again, 6 of them completed", difference.Output);

        Assert.DoesNotContain("EXP2051", await BuildAsync(renamed.Replace("public double", "[FormerName(\"lr\")] public double")));
        (await _project.RunAsync("plan", "--diff")).Exits(0);
        Assert.Contains("6 runs, 6 done", (await _project.RunAsync("plan", "Widths")).Exits(0).Output);
        Assert.Contains("6 runs", (await _project.RunAsync("run", "Widths")).Exits(0).Output);
        (await _project.RunAsync("plan", "--lock")).Exits(0);
        Assert.Equal(committed, _project.Read("experiments.lock.json"));
    }

    [Fact]
    public async Task A_changed_default_is_compared_run_by_run_and_can_be_accepted()
    {
        await BuildAsync(Source);
        (await _project.RunAsync("run", "Widths", "--slots", "4")).Exits(0);
        (await _project.RunAsync("plan", "--lock")).Exits(0);

        Assert.Contains("Sweeps.cs(10,39): warning EXP2053", await BuildAsync(Source.Replace("= 0.1", "= 0.2")));
        using var json = JsonDocument.Parse((await _project.RunAsync("plan", "Widths", "--diff", "--json")).Exits(1).Output);
        var root = json.RootElement;
        Assert.True(root.GetProperty("sweeps")[0].GetProperty("ids_changed").GetBoolean());
        Assert.Equal(0.2, root.GetProperty("experiments")[0].GetProperty("properties")[0].GetProperty("default").GetProperty("to").GetDouble());
        Assert.Equal(6, root.GetProperty("registry").GetProperty("lost").GetInt32());

        var accepted = (await _project.RunAsync("plan", "--lock")).Exits(0);
        Assert.Contains("- lr: double = 0.1", accepted.Output);
        Assert.DoesNotContain("EXP2053", await BuildAsync(Source.Replace("= 0.1", "= 0.2") + "\n"));
        // Accepted: the lock and the program agree, and what the registry has is history.
        (await _project.RunAsync("plan", "--diff")).Exits(0);
    }

    [Fact]
    public async Task Without_a_lock_known_runs_are_compared_and_after_accepting_they_are_history()
    {
        await BuildAsync(Source);
        (await _project.RunAsync("run", "Widths", "--slots", "4")).Exits(0);
        (await _project.RunAsync("plan", "Widths", "--diff")).Exits(0);

        await BuildAsync(Source.Replace("/h{", "/hidden{"));
        var compared = (await _project.RunAsync("plan", "Widths", "--diff")).Exits(1);
        Assert.Matches(@"hcrl_ch/h32_[0-9a-f]{8} \(completed\)\n    → hcrl_ch/hidden32_", compared.Output);

        (await _project.RunAsync("plan", "--lock")).Exits(0);
        (await _project.RunAsync("plan", "--diff")).Exits(0);
    }

    private async Task<string> BuildAsync(string source)
    {
        _project.Write("Sweeps.cs", source);
        return (await _project.BuildAsync()).Exits(0).Output;
    }
}
