using Xunit;

namespace Experiments.EndToEnd.Tests;

/// <summary>Scripts in circumstances that tools forget.</summary>
public sealed class ScriptTroubleSpecs : IDisposable
{
    private readonly Workspace _workspace = new("src/Experiments.Tool");

    public ScriptTroubleSpecs()
    {
        _workspace.Environment["EXP_CACHE"] = _workspace.PathOf("cache");
        _workspace.Environment["PATH"] = Path.GetDirectoryName(Repository.Tool) + ":" + Environment.GetEnvironmentVariable("PATH");
    }

    public void Dispose() => _workspace.Dispose();

    [Fact]
    public async Task A_script_reads_standard_input()
    {
        Write("upper.csx", "while (ReadLine() is { } line) WriteLine(line.ToUpperInvariant());");

        // Cold and warm: neither compiling nor restoring takes a byte of it.
        for (var i = 0; i < 2; i++)
            Assert.Equal("A\nB\n", (await _workspace.ExecuteAsync("bash", "-c", "printf 'a\\nb\\n' | exp upper.csx")).Exits(0).Output);
    }

    [Fact]
    public async Task Names_may_hold_spaces_quotes_and_letters_of_any_script()
    {
        Directory.CreateDirectory(_workspace.PathOf("größe 実験"));
        Write("größe 実験/it's ünïcode.csx", "#load \"zwei ñ.csx\"\nWriteLine(\"eins\");\nthrow new Exception(\"drei\");");
        Write("größe 実験/zwei ñ.csx", "WriteLine(\"zwei\");");

        var run = (await _workspace.RunAsync("größe 実験/it's ünïcode.csx")).Exits(1);

        Assert.Equal("zwei\neins\n", run.Output);
        Assert.Contains("at größe 実験/it's ünïcode.csx:3\n", run.Error);
    }

    [Fact]
    public async Task A_cache_that_cannot_be_written_is_said_and_what_is_in_it_still_runs()
    {
        Write("one.csx", "WriteLine(1);");
        Write("two.csx", "WriteLine(2);");
        (await _workspace.RunAsync("one.csx")).Exits(0);
        // Nothing can be made below a file, even by root.
        Directory.Delete(_workspace.PathOf("cache", "new"), recursive: true);
        Write("cache/new", "");

        Assert.Equal("1\n", (await _workspace.RunAsync("one.csx")).Exits(0).Output);
        var refused = (await _workspace.RunAsync("two.csx")).Exits(2);
        Assert.StartsWith($"error EXP9016: expected to write compiled scripts to `{_workspace.PathOf("cache")}`, got: ", refused.Error, StringComparison.Ordinal);
        Assert.EndsWith("hint: set `EXP_CACHE` to a folder that can be written\n", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Editing_a_script_while_it_runs_changes_the_next_run()
    {
        Write("self.csx", """
            var text = File.ReadAllText("self.csx");
            File.WriteAllText("self.csx", text.Replace("old " + "words", "new words"));
            WriteLine("old words");
            """);

        Assert.Equal("old words\n", (await _workspace.RunAsync("self.csx")).Exits(0).Output);
        Assert.Equal("new words\n", (await _workspace.RunAsync("self.csx")).Exits(0).Output);
    }

    private void Write(string name, string text) => File.WriteAllText(_workspace.PathOf(name), text);
}
