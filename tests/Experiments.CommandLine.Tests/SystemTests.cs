using System.Text.Json;
using Experiments.Registry;

namespace Experiments.CommandLine.Tests;

/// <summary>What workers say of GPUs and of what attempts used, as people see it.</summary>
public sealed class SystemTests : IDisposable
{
    private readonly CommandLineSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public async Task Status_says_which_gpus_get_no_runs_and_why()
    {
        await _session.RunAsync("submit", "LearningRates");
        await using (var registry = await SqliteRegistry.OpenAsync(ResultsRoot.At(_session.Root), new RegistryOptions()))
            await registry.RegisterWorkerAsync(Worker with { UnusableGpus = [new UnusableGpu("1", "out of service: it has fallen off the bus")] });

        var text = (await _session.RunAsync("status")).Out;
        using var json = JsonDocument.Parse((await _session.RunAsync("status", "--json")).Out);

        Assert.Contains("GPU  host  gets no runs because it is\n1    here  out of service: it has fallen off the bus\n", text);
        var worker = json.RootElement.GetProperty("workers")[0];
        Assert.Equal("[0,1]", worker.GetProperty("gpus").GetRawText().Replace("\n", "").Replace(" ", ""));
        Assert.Equal(("1", "out of service: it has fallen off the bus"),
            (worker.GetProperty("unusable_gpus")[0].GetProperty("gpu").GetString(), worker.GetProperty("unusable_gpus")[0].GetProperty("reason").GetString()));
    }

    [Fact]
    public async Task What_an_attempt_used_is_shown_apart_from_its_metrics_and_ranks_only_when_asked_for()
    {
        await _session.RunAsync("submit", "LearningRates");
        string id;
        await using (var registry = await SqliteRegistry.OpenAsync(ResultsRoot.At(_session.Root), new RegistryOptions()))
        {
            await registry.RegisterWorkerAsync(Worker);
            var run = Assert.Single(await registry.ClaimAsync(new ClaimRequest { WorkerId = "w1" }));
            id = run.RunId;
            await registry.EndAttemptAsync(run.Lease, new AttemptEnd
            {
                Outcome = AttemptOutcome.Succeeded,
                Next = RunStatus.Completed,
                Metrics = new Dictionary<string, double> { ["test_accuracy"] = 0.5, [SystemMetrics.Energy] = 0.25 },
            });
        }

        var show = (await _session.RunAsync("show", id)).Out;
        using var list = JsonDocument.Parse((await _session.RunAsync("list", "--status", "completed", "--json")).Out);

        Assert.Matches(@"metrics +test_accuracy = 0\.5000\nsystem +energy_kwh = 0\.2500\n", show);
        Assert.Equal(["test_accuracy"], list.RootElement[0].GetProperty("metrics").EnumerateObject().Select(m => m.Name));
        Assert.Equal(0.25, list.RootElement[0].GetProperty("system").GetProperty("energy_kwh").GetDouble());
        Assert.DoesNotContain("energy", (await _session.RunAsync("leaderboard", "LearningRates")).Out);
        Assert.Contains("0.25", (await _session.RunAsync("leaderboard", "LearningRates", "--metric", SystemMetrics.Energy, "--goal", "min")).Out);
    }

    [Theory]
    [InlineData("--telemetry", "soon", "expected `--telemetry` to be a duration such as `5s`, or `0`, got `soon`")]
    [InlineData("--grid-factor", "-1", "expected `--grid-factor` to be kg of CO2e per kWh, 0 to 10, got `-1`")]
    public async Task Mistaken_options_are_refused(string option, string value, string message) =>
        Assert.StartsWith($"error EXP8101: {message}\n", (await _session.RunAsync("worker", option, value)).Error);

    private static WorkerRecord Worker => new()
    {
        Id = "w1",
        Host = "here",
        Process = new ProcessIdentity(1, 1, "boot"),
        Slots = 2,
        Gpus = [0, 1],
        Started = DateTimeOffset.UtcNow,
        Seen = DateTimeOffset.UtcNow,
    };
}
