namespace Experiments.Scripting.Tests;

/// <summary>Small scripts, each with what it writes: the language of scripts, piece by piece.</summary>
public sealed class MatrixSpecs : IDisposable
{
    private readonly ScriptFolder _folder = new();

    public static TheoryData<string> Names { get; } = [.. Scripts.All.Keys];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void A_script_runs(string name)
    {
        var (script, output) = Scripts.All[name];

        var run = _folder.Run(_folder.Write("script.csx", script), "one", "two");

        Assert.Equal(output, run.Output.ReplaceLineEndings("\n").TrimEnd('\n'));
    }

    [Fact]
    public void The_matrix_has_at_least_sixty_scripts() => Assert.InRange(Scripts.All.Count, 60, int.MaxValue);
}
