using Xunit;

namespace Experiments.EndToEnd.Tests;

/// <summary>Results roots and registries that cannot be used: a clear message, exit code 4, and not a byte of them changed.</summary>
public sealed class RegistryTroubleSpecs : IDisposable
{
    private readonly Workspace _workspace = new();

    private string Registry => _workspace.PathOf("results", "registry.db");

    public void Dispose() => _workspace.Dispose();

    [Theory]
    [InlineData("a-file")]
    [InlineData("a-file/below")]
    [InlineData("/proc/results")]
    public async Task A_results_root_that_is_not_writable_is_refused(string root)
    {
        File.WriteAllText(_workspace.PathOf("a-file"), "mine");
        var refused = (await _workspace.RunAsync("run", "LearningRates", "--results", root)).Exits(4);
        Assert.Contains(root, refused.Error);
        Assert.Contains("hint:", refused.Error);
        Assert.Equal("mine", File.ReadAllText(_workspace.PathOf("a-file")));
    }

    [Fact]
    public async Task A_corrupt_registry_is_refused_and_left_as_it_is()
    {
        Directory.CreateDirectory(_workspace.PathOf("results"));
        File.WriteAllText(Registry, string.Concat(Enumerable.Repeat("this was never a database. ", 1000)));
        await IsRefusedUnchangedAsync("registry.db");
    }

    [Fact]
    public async Task A_registry_with_a_torn_header_is_refused_and_left_as_it_is()
    {
        (await _workspace.RunAsync("submit", "LearningRates")).Exits(0);
        using (var file = File.OpenWrite(Registry))
            file.Write("torn torn torn torn torn torn torn torn"u8);
        await IsRefusedUnchangedAsync("registry.db");
    }

    [Fact]
    public async Task A_registry_of_a_newer_version_is_refused_and_left_as_it_is()
    {
        (await _workspace.RunAsync("submit", "LearningRates")).Exits(0);
        // PRAGMA user_version lives at offset 60 of the file, big-endian. It must be where the version is kept for this test to mean anything.
        await using (var file = new FileStream(Registry, FileMode.Open, FileAccess.ReadWrite))
        {
            file.Position = 60;
            Assert.Equal(0, file.ReadByte());
            file.Position = 60;
            file.Write([0x00, 0x0F, 0x42, 0x3F]);
        }

        await IsRefusedUnchangedAsync("newer");
    }

    private async Task IsRefusedUnchangedAsync(string named)
    {
        var before = File.ReadAllBytes(Registry);
        foreach (var command in (string[])["run LearningRates", "status", "list", "leaderboard LearningRates"])
        {
            var refused = (await _workspace.RunAsync(command.Split(' '))).Exits(4);
            Assert.Contains(named, refused.Error);
            Assert.Contains("hint:", refused.Error);
            Assert.DoesNotContain("   at ", refused.Error);
        }

        Assert.Equal(before, File.ReadAllBytes(Registry));
    }
}
