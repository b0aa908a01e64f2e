using Experiments.Generators.Tests.Harness;

namespace Experiments.Generators.Tests.Python;

/// <summary>What real scripts do to parse their arguments is found, and an experiment that matches raises no alarm.</summary>
public class ShapeTests
{
    public static TheoryData<string> Names => [.. Directory.EnumerateFiles(Shape.Folder, "*.txt").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_command_line_is_found(string name)
    {
        var shape = Shape.Read(name);
        Assert.Equal(shape.Expected, shape.Found());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task An_experiment_that_matches_raises_no_alarm(string name)
    {
        var shape = Shape.Read(name);
        Assert.Empty(await Analyzed.DiagnosticsAsync(shape.Record, python: shape.Files));
        Assert.Empty(Compiled.From(shape.Record).Problems);
    }

    [Fact]
    public void There_are_enough_shapes() => Assert.True(Names.Count >= 25);
}
