using Xunit;

namespace Experiments.EndToEnd.Tests;

/// <summary>Entrypoints that are gone when they are needed.</summary>
public sealed class MissingEntrypointSpecs : IDisposable
{
    private readonly Workspace _workspace = new();
    private readonly string _program;

    public MissingEntrypointSpecs()
    {
        // A copy that can be broken, away from the sources, where the entrypoint could be found too.
        var built = Path.GetDirectoryName(Repository.Program("tests/Experiments.EndToEnd.Tests/Fixtures/Misbehaving"))!;
        var copy = Directory.CreateDirectory(_workspace.PathOf("program")).FullName;
        foreach (var file in Directory.EnumerateFiles(built, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(built, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        _program = Path.Combine(copy, "Misbehaving");
    }

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task An_entrypoint_that_is_missing_when_planning_is_refused_before_anything_is_queued()
    {
        File.Delete(_workspace.PathOf("program", "trainers", "failing.sh"));
        var refused = (await _workspace.ExecuteAsync(_program, "run", "Failing")).Exits(2);
        Assert.Contains("trainers/failing.sh", refused.Error);
        Assert.Contains("hint:", refused.Error);
        Assert.False(Directory.Exists(_workspace.PathOf("results", "runs")));
    }

    [Fact]
    public async Task An_entrypoint_that_went_missing_in_the_queue_fails_its_run_and_says_so()
    {
        (await _workspace.ExecuteAsync(_program, "submit", "Failing")).Exits(0);
        File.Delete(_workspace.PathOf("program", "trainers", "failing.sh"));
        await _workspace.ExecuteAsync(_program, "worker", "--drain", "--slots", "1");
        var listed = (await _workspace.ExecuteAsync(_program, "list", "--status", "failed")).Exits(0);
        Assert.Contains("failing", listed.Output);
        Assert.Contains("failing.sh", (await _workspace.ExecuteAsync(_program, "show", "failing")).Exits(0).Output);
    }
}
