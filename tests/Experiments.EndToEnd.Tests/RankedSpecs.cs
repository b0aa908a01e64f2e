using System.Text.Json;
using Xunit;

namespace Experiments.EndToEnd.Tests;

/// <summary>A run of two processes with the real <c>torchrun</c>. Needs PyTorch for the distribution's Python, which <c>tests/run</c> installs.</summary>
public sealed class RankedSpecs : IDisposable
{
    private readonly Workspace _workspace = new("tests/Experiments.EndToEnd.Tests/Fixtures/Ranked") { Environment = { ["EXP_PYTHON"] = "/usr/bin/python3" } };

    public void Dispose() => _workspace.Dispose();

    [TorchFact]
    public async Task Torchrun_starts_both_and_what_they_report_becomes_one_result()
    {
        (await _workspace.RunAsync("run", "Measure", "--work", "11", "--slots", "1")).Exits(0);

        var metrics = (await _workspace.JsonAsync("leaderboard", "measure"))[0].GetProperty("metrics");
        Assert.Equal((11.0, 3.0, 5.0), (Number(metrics, "done"), Number(metrics, "energy"), Number(metrics, "duration")));
        Assert.Equal(11.0 / 3, Number(metrics, "done_per_joule"), 1e-12);
        Assert.Contains("rank 0 of 2 does 6", (await _workspace.RunAsync("logs", "work11")).Exits(0).Output);
        Assert.Equal("rank 1 of 2 does 5", (await _workspace.RunAsync("logs", "work11", "--rank", "1")).Exits(0).Output.Trim());
        Assert.Equal("""{"energy":2}""", Part("6_local_energy_results_process_1"));
        Assert.Contains("\"energy\":3", Part("7_global_energy_results"));
        Assert.Equal(2, File.ReadAllLines(_workspace.PathOf("results", "measuring_results.csv")).Length);
    }

    private string Part(string part) =>
        JsonSerializer.Serialize(JsonSerializer.Deserialize<JsonElement>(File.ReadAllText(_workspace.PathOf("results", "raw_results", "work11", $"work11_{part}.json"))));

    private static double Number(JsonElement metrics, string name) => metrics.GetProperty(name).GetDouble();
}
