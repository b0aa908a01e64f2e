namespace Experiments.CommandLine.Tests;

/// <summary>What a plan is estimated to cost, and the limit on it. The plan is a file, so that its experiment can need GPUs that this machine lacks.</summary>
public sealed class CostTests : IDisposable
{
    private readonly CommandLineSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public async Task A_plan_says_the_gpu_hours_that_are_estimated()
    {
        var file = await PricedAsync();

        Assert.EndsWith("\nLearningRates: 6 runs, 6 new, 6 GPU-hours estimated\n", (await _session.RunToolAsync("plan", file)).Out);
        Assert.Contains("\"estimated_gpu_hours\": 6", (await _session.RunToolAsync("plan", file, "--json")).Out);
        Assert.Equal(ExitCode.Success, (await _session.RunToolAsync("plan", file, "--max-hours", "6")).Code);
    }

    [Theory]
    [InlineData("plan")]
    [InlineData("run")]
    public async Task What_would_take_more_gpu_hours_than_allowed_is_refused_before_anything_is_queued(string command)
    {
        var output = await _session.RunToolAsync(command, await PricedAsync(), "--max-hours", "5.5");

        Assert.Equal(ExitCode.Usage, output.Code);
        Assert.StartsWith("error EXP5008: expected `LearningRates` to take at most 5.5 GPU-hours, got an estimate of 6\n", output.Error);
        Assert.False(File.Exists(Path.Combine(_session.Root, "registry.db")));
    }

    [Fact]
    public async Task What_nothing_is_known_of_costs_nothing() =>
        Assert.EndsWith("\nLearningRates: 6 runs, 6 new\n", (await _session.RunAsync("plan", "LearningRates", "--max-hours", "0.1")).Out);

    /// <summary>Six runs of half an hour on two GPUs.</summary>
    private async Task<string> PricedAsync()
    {
        Directory.CreateDirectory(_session.Root);
        var file = Path.Combine(_session.Root, "plan.json");
        await _session.RunAsync("plan", "LearningRates", "--out", file);
        var plan = await File.ReadAllTextAsync(file);
        var priced = plan.Replace("\"gpus\":0", "\"gpus\":2").Replace("\"resources\":", "\"estimate_seconds\":1800,\"resources\":");
        Assert.Contains("\"estimate_seconds\":1800", priced);
        Assert.Contains("\"gpus\":2", priced);
        await File.WriteAllTextAsync(file, priced);
        return file;
    }
}
