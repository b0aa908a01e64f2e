namespace Experiments.Scripting.Tests;

/// <summary>What the compiler, the generator and the analyzers say, at the script's own lines.</summary>
public sealed class ProblemSpecs : IDisposable
{
    private readonly ScriptFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("var x = 1;\nWriteLin(x);", "CS0103", 2, 1)]
    [InlineData("class A\n{\n    int F() => \"text\";\n}", "CS0029", 3, 16)]
    [InlineData("static int F() =>\n    \"text\";", "CS0029", 2, 5)]
    [InlineData("using No.Such;\nWriteLine(1);", "CS0246", 1, 7)]
    [InlineData("const int N = 3;\nusing var x = new StringWriter();\nN = 4;", "CS0131", 3, 1)]
    [InlineData("var count = 3;\nclass A { public int X = count; }", "EXP9005", 2, 26)]
    [InlineData("int Twice(int x) => 2 * x;\nclass A { public int X = Twice(1); }", "EXP9005", 2, 26)]
    [InlineData("var x = 1\nWriteLine(x);", "CS1002", 1, 10)]
    public void An_error_is_at_its_place(string script, string id, int line, int column)
    {
        var errors = _folder.Problems(_folder.Write("main.csx", script)).Where(p => p.IsError).ToList();

        Assert.Contains(errors, p => (p.Id, p.Line, p.Column) == (id, line, column));
        Assert.All(errors, p => Assert.EndsWith("main.csx", p.Path, StringComparison.Ordinal));
        Assert.Equal(errors.Count, errors.Distinct().Count());
    }

    [Fact]
    public void An_analyzer_points_into_the_script()
    {
        var script = _folder.Write("main.csx", """
            [Experiment("curve", Id = "lr{LearningRat}")]
            public sealed partial record Curve
            {
                public double LearningRate { get; init; } = 0.1;
                public Task RunAsync(RunContext run) => Task.CompletedTask;
            }
            """);

        var problem = Assert.Single(_folder.Problems(script), p => p.IsError);

        Assert.Equal(("EXP2001", 1, 31, 1, 42), (problem.Id, problem.Line, problem.Column, problem.EndLine, problem.EndColumn));
    }

    [Fact]
    public void A_sweep_whose_runs_would_collide_is_refused()
    {
        var script = _folder.Write("main.csx", """
            [Experiment("curve", Id = "lr{LearningRate}")]
            public sealed partial record Curve
            {
                public double LearningRate { get; init; } = 0.1;
                public int Seed { get; init; }
                public Task RunAsync(RunContext run) => Task.CompletedTask;
            }

            const int SeedCount = 3;
            [Sweep] public sealed partial record Seeds3 : ISweep<Curve> { [Seeds(SeedCount)] public int Seed { get; init; } }
            """);

        Assert.Equal("EXP2002", Assert.Single(_folder.Problems(script), p => p.IsError).Id);
    }

    [Fact]
    public void A_pragma_suppresses_as_it_does_in_a_project() =>
        Assert.Empty(_folder.Problems(_folder.Write("main.csx", "#pragma warning disable CS1030\n#warning loud\nWriteLine(1);")));

    [Fact]
    public void A_script_that_is_not_there_is_an_error_of_ours() =>
        Assert.Equal("EXP9001", Assert.Throws<ExperimentsException>(() => _folder.Host.Prepare(Path.Combine(_folder.Folder, "missing.csx"))).Code);

    [Fact]
    public void What_a_script_returns_is_its_exit_code()
    {
        Assert.Equal(3, _folder.Run(_folder.Write("a.csx", "return 3;")).Code);
        Assert.Equal(0, _folder.Run(_folder.Write("b.csx", "return;")).Code);
        Assert.Equal(0, _folder.Run(_folder.Write("c.csx", "return \"text\";")).Code);
        Assert.Equal(4, _folder.Run(_folder.Write("d.csx", "await Task.Yield();\nif (Args.Count == 1) return 4;\nWriteLine(\"not here\");"), "x").Code);
    }

    [Fact]
    public void An_exception_names_the_line_of_the_script_it_came_from()
    {
        var (script, _) = _folder.Host.Prepare(_folder.Write("main.csx", "void Deep()\n{\n    throw new InvalidOperationException(\"boom\");\n}\n\nDeep();"));

        var thrown = Assert.Throws<InvalidOperationException>(() => { ScriptFolder.Run(script!); });
        var text = new StringWriter();
        Running.ScriptError.Write(text, thrown, debug: false);

        Assert.Contains("error EXP9010: unhandled System.InvalidOperationException: boom", text.ToString(), StringComparison.Ordinal);
        Assert.Contains("main.csx:3", text.ToString(), StringComparison.Ordinal);
        Assert.Contains("main.csx:6", text.ToString(), StringComparison.Ordinal);
    }
}
