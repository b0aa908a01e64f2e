using System.Text.Json;

namespace Experiments.CommandLine.Tests;

/// <summary>Commands that look after the registry, and those that hold experiments back.</summary>
public sealed class RegistryTests : IDisposable
{
    private readonly CommandLineSession _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    public async Task A_registry_is_checked()
    {
        await _session.RunAsync("submit", "LearningRates");

        Assert.Equal(new Output(ExitCode.Success, "", "all is well\n"), await _session.RunAsync("registry", "check", "--views"));
        Assert.Equal("{\n  \"problems\": []\n}\n", (await _session.RunAsync("registry", "check", "--json")).Out);
    }

    [Fact]
    public async Task What_is_exported_can_be_imported_elsewhere()
    {
        await _session.RunAsync("submit", "LearningRates");
        var file = Path.Combine(_session.Root, "export.jsonl");
        Assert.EndsWith(" rows exported\n", (await _session.RunAsync("registry", "export", file)).Error);
        Assert.Equal(ExitCode.Usage, (await _session.RunAsync("registry", "export", file)).Code);

        using var other = new CommandLineSession();
        Assert.EndsWith(" rows imported\n", (await other.RunAsync("registry", "import", file)).Error);
        Assert.Equal((await _session.RunAsync("list", "--json")).Out, (await other.RunAsync("list", "--json")).Out);
        Assert.Contains("EXP7022", (await other.RunAsync("registry", "import", file)).Error);
    }

    [Fact]
    public async Task A_backup_is_a_registry_of_its_own()
    {
        await _session.RunAsync("submit", "LearningRates");
        using var other = new CommandLineSession();
        Directory.CreateDirectory(other.Root);

        Assert.Equal(ExitCode.Success, (await _session.RunAsync("registry", "backup", Path.Combine(other.Root, "registry.db"))).Code);

        Assert.Equal((await _session.RunAsync("list")).Out, (await other.RunAsync("list")).Out);
        Assert.Equal(ExitCode.Success, (await other.RunAsync("registry", "vacuum")).Code);
    }

    [Fact]
    public async Task A_mistyped_results_root_is_not_created()
    {
        foreach (var command in (string[][])[["registry", "check"], ["registry", "vacuum"], ["pause", "digits"], ["limit", "digits", "1"]])
            Assert.Equal(ExitCode.NotFound, (await _session.RunAsync(command)).Code);
        Assert.False(Directory.Exists(_session.Root));
    }

    [Fact]
    public async Task An_experiment_is_paused_limited_and_resumed()
    {
        await _session.RunAsync("submit", "LearningRates");

        Assert.Equal(new Output(ExitCode.Success, "digits: paused, no limit\n", ""), await _session.RunAsync("pause", "digits"));
        Assert.Equal(new Output(ExitCode.Success, "digits: paused, at most 2 runs at a time\n", ""), await _session.RunAsync("limit", "digits", "2"));
        Assert.Equal(new Output(ExitCode.Success, "digits: not paused, at most 2 runs at a time\n", ""), await _session.RunAsync("resume", "digits"));
        Assert.Equal(new Output(ExitCode.Success, "digits: not paused, no limit\n", ""), await _session.RunAsync("limit", "digits", "none"));
        Assert.Contains("did you mean `digits`?", (await _session.RunAsync("pause", "digit")).Error);
        Assert.Equal(ExitCode.Usage, (await _session.RunAsync("limit", "digits", "0")).Code);
        Assert.True(JsonDocument.Parse((await _session.RunAsync("pause", "digits", "--json")).Out).RootElement.GetProperty("paused").GetBoolean());
    }
}
