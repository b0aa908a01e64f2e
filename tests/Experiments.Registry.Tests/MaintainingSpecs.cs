using System.Text;
using Experiments.Registry.Storage;
using Experiments.Registry.Tests.Kit;
using Experiments.Registry.Tests.Model;

namespace Experiments.Registry.Tests;

public sealed class MaintainingSpecs : RegistrySpecs
{
    [Fact]
    public async Task A_backup_is_a_whole_registry_of_one_moment()
    {
        await FillAsync();
        var path = Path.Combine(Folder.Root.Directory, "copy", "registry.db");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var expected = await Player.LookAsync(Registry);

        await Registry.BackupAsync(path);
        await Registry.SubmitAsync(Given.Run("later"));

        await using var copy = await SqliteRegistry.OpenAsync(ResultsRoot.At(Path.GetDirectoryName(path)!), new RegistryOptions { ReadOnly = true, Time = Folder.Time });
        Assert.Equal(expected, await Player.LookAsync(copy));
        Assert.Empty(await copy.CheckAsync());
        Assert.Equal("EXP7020", (await Assert.ThrowsAsync<ExperimentsException>(() => Registry.BackupAsync(path))).Code);
    }

    [Fact]
    public async Task What_was_exported_can_be_imported_and_exported_again_to_the_same_text()
    {
        await FillAsync();
        var (first, second) = (new MemoryStream(), new MemoryStream());
        var rows = await Registry.ExportAsync(first);

        using var folder = new ResultsFolder();
        await using var other = await SqliteRegistry.OpenAsync(folder.Root, new RegistryOptions { Time = Folder.Time });
        Assert.Equal(rows, await other.ImportAsync(Text(first)));
        await other.ExportAsync(second);

        Assert.Equal(await Text(first).ReadToEndAsync(), await Text(second).ReadToEndAsync());
        Assert.Equal(await Player.LookAsync(Registry), await Player.LookAsync(other));
        Assert.Equal([double.NaN, double.PositiveInfinity, 1], (await other.SeriesAsync("a", "loss")).Select(p => p.Value));
        Assert.Equal("EXP7022", (await Assert.ThrowsAsync<ExperimentsException>(() => other.ImportAsync(Text(first)))).Code);
        Assert.Equal("failed", (await other.ClaimOneAsync()).RunId); // and it works
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("""{"format":"experiments-registry","version":99}""")]
    [InlineData("HEADER\n{\"run\":{\"nonsense\":1}}")]
    [InlineData("HEADER\n{\"sqlite_master\":{\"name\":\"x\"}}")]
    [InlineData("HEADER\n{\"experiment\":{\"id\":1,\"name\":[1]}}")]
    [InlineData("HEADER\n{\"member\":{\"run\":1,\"collection\":1,\"added\":0}}")]
    public async Task Lines_that_are_no_registry_are_refused_and_nothing_is_imported(string lines)
    {
        lines = lines.Replace("HEADER", $$"""{"format":"experiments-registry","version":{{Schema.Current.Version}}}""");

        Assert.Equal("EXP7021", (await Assert.ThrowsAsync<ExperimentsException>(() => Registry.ImportAsync(new StringReader(lines)))).Code);

        Assert.Empty(await Registry.ListAsync(RunFilter.All));
    }

    [Fact]
    public async Task Vacuuming_gives_back_space_and_changes_nothing()
    {
        await FillAsync();
        var run = await Registry.ClaimOneAsync();
        await Registry.AppendReportsAsync(run.Lease, new AttemptReports([.. Enumerable.Range(0, 20_000).Select(i => new MetricPoint("acc", i, i, default))], [], 0));
        await Registry.WriteAsync(database => database.Scalar("DELETE FROM point"), default);
        await Registry.WriteAsync(database => database.Scalar("UPDATE attempt SET points = 0"), default);
        var expected = await Player.LookAsync(Registry);

        var (before, after) = await SqliteRegistry.VacuumAsync(Folder.Root);

        Assert.True(after < before / 2, $"{before} → {after}");
        Assert.Equal(expected, await Player.LookAsync(Registry));
    }

    [Fact]
    public async Task What_is_wrong_is_found()
    {
        await FillAsync();
        await Registry.WriteAsync(database => { database.Execute("PRAGMA recursive_triggers = OFF; DELETE FROM queue; UPDATE tally SET runs = runs + 1 WHERE state = 2; UPDATE attempt SET epoch = 99"); return true; }, default);

        var problems = await Registry.CheckAsync();

        Assert.Contains(problems, p => p.Contains("is not queued as it should be"));
        Assert.Contains(problems, p => p.Contains("runs are counted, there are"));
        Assert.Contains(problems, p => p.Contains("its latest attempt has outcome"));
        await Registry.WriteAsync(database => { database.Execute("UPDATE attempt SET epoch = (SELECT epoch FROM run WHERE key = run); UPDATE tally SET runs = runs - 1 WHERE state = 2"); database["maintain.rebuild_queue"].Run(); return true; }, default);
    }

    private async Task FillAsync()
    {
        await Registry.SubmitAsync(Given.Run("a", tags: ["x"]), Given.Run("failed"), Given.Run("behind", inputs: Given.Run("failed")), Given.Run("cancelled"));
        var claimed = await Registry.ClaimOneAsync();
        await Registry.AppendReportsAsync(claimed.Lease, new AttemptReports(
            [new MetricPoint("loss", 0, double.NaN, default), new MetricPoint("loss", 1, double.PositiveInfinity, default), new MetricPoint("loss", 2, 1, default)], [new RunEvent("e\"\n", "{}", default)], 7));
        await Registry.CompleteAsync(claimed, ("acc", 0.1));
        await Registry.EndAttemptAsync((await Registry.ClaimOneAsync()).Lease, Given.Failure());
        await Registry.CancelAsync(new RunFilter { Ids = ["cancelled"] });
        await Registry.RetryAsync(new RunFilter { Ids = ["failed"] });
    }

    private static StringReader Text(MemoryStream stream) => new(Encoding.UTF8.GetString(stream.ToArray()));
}
