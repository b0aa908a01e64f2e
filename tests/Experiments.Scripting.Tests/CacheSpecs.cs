using Experiments.Scripting.Caching;

namespace Experiments.Scripting.Tests;

/// <summary>Compiled scripts are found again, and only while nothing that went into them has changed.</summary>
public sealed class CacheSpecs : IDisposable
{
    private readonly ScriptFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_script_is_compiled_once()
    {
        var script = _folder.Write("main.csx", "WriteLine(1);");

        var first = _folder.Host.Prepare(script).Script!;
        var written = File.GetLastWriteTimeUtc(first.Assembly);

        Assert.Equal(first.Key, _folder.Host.Prepare(script).Script!.Key);
        Assert.Equal(written, File.GetLastWriteTimeUtc(first.Assembly));
    }

    [Fact]
    public void A_change_of_the_script_compiles_it_again()
    {
        var script = _folder.Write("main.csx", "WriteLine(1);");
        Assert.Equal("1\n", _folder.Run(script).Output);

        File.WriteAllText(script, "WriteLine(2);");

        Assert.Equal("2\n", _folder.Run(script).Output);
    }

    [Fact]
    public void A_change_of_a_loaded_script_compiles_it_again()
    {
        _folder.Write("lib/other.csx", "WriteLine(1);");
        var script = _folder.Write("main.csx", "#load \"lib/other.csx\"");
        Assert.Equal("1\n", _folder.Run(script).Output);

        _folder.Write("lib/other.csx", "WriteLine(2);");

        Assert.Equal("2\n", _folder.Run(script).Output);
    }

    [Fact]
    public void A_change_of_a_referenced_assembly_compiles_it_again()
    {
        var assembly = Path.Combine(_folder.Folder, "some.dll");
        File.Copy(typeof(FactAttribute).Assembly.Location, assembly);
        var script = _folder.Write("main.csx", "#r \"some.dll\"\nWriteLine(1);");
        var before = _folder.Host.Prepare(script).Script!.Key;

        File.Copy(typeof(Assert).Assembly.Location, assembly, overwrite: true);

        Assert.NotEqual(before, _folder.Host.Prepare(script).Script!.Key);
    }

    [Fact]
    public void The_same_text_at_another_place_is_another_script()
    {
        var first = _folder.Host.Prepare(_folder.Write("a/main.csx", "WriteLine(1);")).Script!;

        Assert.NotEqual(first.Key, _folder.Host.Prepare(_folder.Write("b/main.csx", "WriteLine(1);")).Script!.Key);
    }

    [Fact]
    public void Warnings_are_shown_again_on_a_warm_start()
    {
        var script = _folder.Write("main.csx", "#warning tabs\tand more\nint x = 1;");
        var first = _folder.Host.Prepare(script);

        var again = _folder.Host.Prepare(script);

        Assert.Contains(first.Problems, p => p is { Id: "CS1030", IsError: false, Line: 1 } && p.Message.Contains("tabs\tand more", StringComparison.Ordinal));
        Assert.Equal(first.Problems, again.Problems);
    }

    [Fact]
    public void A_script_with_errors_is_not_kept()
    {
        var script = _folder.Write("main.csx", "WriteLin(1);");

        Assert.Null(_folder.Host.Prepare(script).Script);
        Assert.False(Directory.Exists(_folder.Cache.Scripts));
    }

    [Fact]
    public void First_runs_at_the_same_time_all_succeed()
    {
        var script = _folder.Write("main.csx", "WriteLine(1);");

        var keys = Enumerable.Range(0, 6).AsParallel().WithDegreeOfParallelism(6).Select(_ => _folder.Host.Prepare(script).Script!.Key).ToList();

        Assert.Single(keys.Distinct());
        Assert.Single(Directory.GetDirectories(_folder.Cache.Scripts));
        Assert.Empty(Directory.GetDirectories(Path.Combine(_folder.Cache.Root, "new")));
    }

    [Theory]
    [InlineData("manifest")]
    [InlineData("script.dll")]
    public void A_damaged_entry_is_compiled_again(string file)
    {
        var script = _folder.Write("main.csx", "WriteLine(1);");
        File.Delete(Path.Combine(_folder.Host.Prepare(script).Script!.Folder, file));

        Assert.Equal("1\n", _folder.Run(script).Output);
    }

    [Fact]
    public void The_cache_keeps_what_was_used_last_and_no_more_than_its_limits()
    {
        var script = _folder.Write("main.csx", "WriteLine(1);");
        var kept = _folder.Host.Prepare(script).Script!;
        for (var i = 0; i < CacheSize.ScriptsMax + 20; i++)
            Directory.SetLastWriteTimeUtc(Directory.CreateDirectory(Path.Combine(_folder.Cache.Scripts, $"old{i}")).FullName, DateTime.UtcNow.AddDays(-1).AddSeconds(i));
        for (var i = 0; i < CacheSize.VersionsMax + 20; i++)
        {
            var version = Path.Combine(_folder.Cache.Index, $"old{i}");
            File.WriteAllText(version, "");
            File.SetLastWriteTimeUtc(version, DateTime.UtcNow.AddDays(-1).AddSeconds(i));
        }

        File.WriteAllText(script, "WriteLine(2);");
        Assert.Equal("2\n", _folder.Run(script).Output);

        var scripts = Directory.GetDirectories(_folder.Cache.Scripts).Select(Path.GetFileName).ToList();
        Assert.Equal(CacheSize.ScriptsMax, scripts.Count);
        Assert.Contains(Path.GetFileName(kept.Folder), scripts);
        Assert.DoesNotContain("old0", scripts);
        Assert.Equal(CacheSize.VersionsMax + 1, Directory.GetFiles(_folder.Cache.Index).Length);
    }

    [Fact]
    public void Clearing_leaves_what_is_not_ours()
    {
        _folder.Host.Prepare(_folder.Write("main.csx", "WriteLine(1);"));
        var foreign = Path.Combine(_folder.Cache.Root, "mine.txt");
        File.WriteAllText(foreign, "x");

        Assert.True(CacheSize.Clear(_folder.Cache) > 0);

        Assert.Equal([foreign], Directory.GetFileSystemEntries(_folder.Cache.Root));
    }
}
