using Experiments.Generators.Outlines;
using Experiments.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Experiments.Generators.Tests;

/// <summary>What makes the generator look at a declaration again: everything that its model is made of, wherever that is, and nothing else.</summary>
public sealed class OutlineTests
{
    private const string Train = """
        namespace Lab;

        /// <summary>Trains.</summary>
        [Experiment("train", Id = "{Size}/lr{LearningRate}")]
        public partial record Train : Options
        {
            [Range(Bounds.Least, 1.0)]
            public double LearningRate { get; init; } = 0.1;

            public Size Size { get; init; }

            public Optimizer Optimizer { get; init; } = new();

            public static Train Default() { return new Train(); }
        }
        """;

    private const string Study = """
        namespace Lab;

        [Sweep]
        public partial record Study : ISweep<Train>
        {
            [Values(0.1, 0.2)]
            public double LearningRate { get; init; }

            [All]
            public Size Size { get; init; }
        }
        """;

    private const string Lone = """
        namespace Lab;

        [Experiment("lone")]
        public partial record Lone
        {
            public int Seed { get; init; }
        }
        """;

    private const string Shared = """
        namespace Lab;

        public enum Size { Small, Large }

        public static class Bounds
        {
            public const double Least = Floor.Of;
            public static readonly double[] Steps = new[] { 1.0 };

            public static double Middle() => (Least + 1) / 2;
        }

        public static class Floor
        {
            public const double Of = 0.01;
        }

        public abstract record Options
        {
            public int Epochs { get; init; }
        }

        public sealed record Optimizer
        {
            /// <summary>Step.</summary>
            public double Momentum { get; init; }
        }
        """;

    private const string Elsewhere = """
        namespace Lab;

        public class Plots
        {
            /// <summary>Draws.</summary>
            public int Draw(int width) { return width + 1; }
        }
        """;

    [Theory]
    [InlineData("Elsewhere.cs", "width + 1", "width + 2")]
    [InlineData("Elsewhere.cs", "Draws.", "Draws it.")]
    [InlineData("Shared.cs", "(Least + 1) / 2", "(Least + 2) / 2")]
    [InlineData("Elsewhere.cs", "int width)", "int width, int height)")]
    [InlineData("Elsewhere.cs", "Draws.", "<see cref=\"Train\"/>.")]
    public void Typing_where_no_experiment_looks_ends_at_the_outline(string path, string old, string with)
    {
        var result = Edited(path, old, with);
        Assert.Equal([IncrementalStepRunReason.Unchanged, IncrementalStepRunReason.Unchanged], Reasons(result, ExperimentsGenerator.Steps.Reached, ExperimentsGenerator.Steps.Names));
        Assert.All(Reasons(result, ExperimentsGenerator.Steps.Subjects, ExperimentsGenerator.Steps.Experiments, ExperimentsGenerator.Steps.Sweeps,
            ExperimentsGenerator.Steps.Program, ExperimentsGenerator.Steps.Catalogue), reason => Assert.Equal(IncrementalStepRunReason.Cached, reason));
    }

    [Fact]
    public void An_edit_of_one_experiment_parses_it_and_its_sweep_again_and_no_other()
    {
        var result = Edited("Train.cs", "= 0.1;", "= 0.2;");
        Assert.Equal(["Lab.Lone Unchanged", "Lab.Study Modified", "Lab.Train Modified"], Subjects(result));
    }

    // The model must come out as if the program had been compiled from nothing.
    [Theory]
    [InlineData("a member of an enum in another file", "Shared.cs", "{ Small, Large }", "{ Small, Large, Huge }")]
    [InlineData("a constant that an attribute names", "Shared.cs", "Least = Floor.Of", "Least = 0.02")]
    [InlineData("a constant that such a constant names", "Shared.cs", "Of = 0.01", "Of = 0.02")]
    [InlineData("a property of a base record", "Shared.cs", "int Epochs", "long Epochs")]
    [InlineData("a property of a nested record", "Shared.cs", "double Momentum", "float Momentum")]
    [InlineData("a comment of a nested record, which is help text", "Shared.cs", "Step.", "Size of a step.")]
    [InlineData("a comment of the record", "Train.cs", "Trains.", "Trains it.")]
    [InlineData("nullability switched off", "Train.cs", "namespace Lab;", "#nullable disable\nnamespace Lab;")]
    public void What_a_model_is_made_of_makes_a_fresh_one(string what, string path, string old, string with) => AssertFresh(what, c => Replace(c, path, old, with), mustDiffer: what[0] != 'n');

    [Fact]
    public void A_main_method_makes_another_entry_point_needless()
    {
        var library = Compilation().AddSyntaxTrees(Tree("Program.cs", "namespace Experiments; public static class ExperimentProgram;"));
        var program = library.WithOptions(library.Options.WithOutputKind(OutputKind.ConsoleApplication));
        AssertFresh("a main method", c => Replace(c, "Elsewhere.cs", "public int Draw(int width) { return width + 1;", "public static int Main() { return 0;"), mustDiffer: true, program);
        AssertFresh("one that is called only", c => Replace(c, "Elsewhere.cs", "Draw(int width)", "Main(int width)"), mustDiffer: false, program);
    }

    // Each step goes on from the outline before it.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void After_any_series_of_edits_all_is_as_from_nothing(int seed)
    {
        (string Path, string One, string Other)[] edits =
        [
            ("Train.cs", "= 0.1;", "= 0.2;"),
            ("Train.cs", "Bounds.Least", "Floor.Of"),
            ("Train.cs", " : Options", ""),
            ("Train.cs", "Trains.", "Trains it."),
            ("Study.cs", "(0.1, 0.2)", "(0.1, 0.3)"),
            ("Study.cs", "(0.1", "(Bounds.Least"),
            ("Lone.cs", "int Seed", "Size Size"),
            ("Lone.cs", "[Experiment(\"lone\")]", "[System.Serializable]"),
            ("Lone.cs", "namespace Lab;", "global using static Lab.Floor; namespace Lab;"),
            ("Shared.cs", "Large }", "Large, Huge }"),
            ("Shared.cs", "Least = Floor.Of", "Least = 0.02"),
            ("Shared.cs", "Of = 0.01", "Of = 0.015"),
            ("Shared.cs", "class Floor", "class Ground"),
            ("Shared.cs", "double Momentum", "float Momentum"),
            ("Elsewhere.cs", "int width)", "Train width)"),
            ("Elsewhere.cs", "class Plots", "class Size"),
        ];
        var random = new Random(seed);
        var compilation = Compilation();
        var driver = Compiled.Driver().RunGenerators(compilation);
        for (var step = 0; step < 40; step++)
        {
            if (random.Next(8) == 0)
                compilation = WithOrWithout(compilation, "Part.cs", "global using static Lab.Bounds; namespace Lab { public partial record Train { public int Extra { get; init; } } public enum Depth { One } }");
            var (path, one, other) = edits[random.Next(edits.Length)];
            var text = compilation.SyntaxTrees.Single(tree => tree.FilePath == path).ToString();
            compilation = text.Contains(one, StringComparison.Ordinal) ? Replace(compilation, path, one, other)
                : other.Length > 0 && text.Contains(other, StringComparison.Ordinal) ? Replace(compilation, path, other, one) : compilation;
            driver = driver.RunGenerators(compilation);
            Assert.Equal(FromNothing(compilation), Text(driver));
        }
    }

    [Theory]
    [InlineData("a type of that name in a nearer namespace", "Study2.cs", "namespace Lab; public static class Unrelated { } ", false)]
    [InlineData("another part of the record", "Part.cs", "namespace Lab; public partial record Train { public int Extra { get; init; } }", true)]
    [InlineData("a global using that changes the meaning of a name", "Alias.cs", "global using Floor = Lab.Other; namespace Lab { public static class Other { public const double Of = 0.5; } }", false)]
    [InlineData("an experiment", "New.cs", "namespace Lab; [Experiment(\"new\")] public partial record New { public int Seed { get; init; } }", true)]
    public void A_new_file_makes_fresh_models(string what, string path, string text, bool mustDiffer) =>
        AssertFresh(what, c => c.AddSyntaxTrees(Tree(path, text)), mustDiffer);

    [Fact]
    public void A_type_in_a_nearer_namespace_takes_the_name()
    {
        const string Inner = "namespace Lab.Inner; [Experiment(\"inner\")] public partial record Inner { public Size Size { get; init; } }";
        AssertFresh("a nearer type", c => c.AddSyntaxTrees(Tree("Nearer.cs", "namespace Lab.Inner; public enum Size { One }")), mustDiffer: true,
            Compilation().AddSyntaxTrees(Tree("Inner.cs", Inner)));
    }

    [Fact]
    public void A_global_using_in_another_file_gives_a_name_its_meaning()
    {
        const string Inner = "namespace Other; [Experiment(\"inner\")] public partial record Inner { public Size Size { get; init; } }";
        AssertFresh("a global using", c => c.AddSyntaxTrees(Tree("Using.cs", "global using Lab;")), mustDiffer: true, Compilation().AddSyntaxTrees(Tree("Inner.cs", Inner)));
    }

    [Fact]
    public void What_an_interface_between_them_says_reaches_a_sweep()
    {
        var start = Replace(Compilation(), "Study.cs", "ISweep<Train>", "ITrainStudy").AddSyntaxTrees(Tree("Between.cs", "namespace Lab; public interface ITrainStudy : ISweep<Train>;"));
        AssertFresh("the experiment", c => Replace(c, "Train.cs", "lr{LearningRate}", "rate{LearningRate}"), mustDiffer: true, start);
    }

    [Fact]
    public void An_attribute_under_another_name_is_found()
    {
        var source = "using Trial = Experiments.ExperimentAttribute; namespace Lab; [Trial(\"alias\")] public partial record Aliased { public int Seed { get; init; } }";
        AssertFresh("an alias", c => c.AddSyntaxTrees(Tree("Alias.cs", source)), mustDiffer: true);
    }

    [Fact]
    public void Records_below_the_statements_of_a_program_are_found()
    {
        var source = "System.Console.WriteLine(); System.Console.WriteLine(); [Experiment(\"below\")] public partial record Below { public int Seed { get; init; } }";
        AssertFresh("a record below statements", c => c.WithOptions(c.Options.WithOutputKind(OutputKind.ConsoleApplication)).AddSyntaxTrees(Tree("Program.cs", source)), mustDiffer: true);
        Assert.Contains("partial record Below", Text(Compiled.Driver().RunGenerators(Compilation().AddSyntaxTrees(Tree("Program.cs", source)))), StringComparison.Ordinal);
    }

    [Fact]
    public void Options_and_references_of_the_compilation_count()
    {
        AssertFresh("nullability", c => c.WithOptions(c.Options.WithNullableContextOptions(NullableContextOptions.Disable)), mustDiffer: false);
        AssertFresh("a reference less", c => c.RemoveReferences(c.References.Last()), mustDiffer: true);
    }

    [Fact]
    public void A_program_that_is_gone_is_not_kept_in_memory()
    {
        var driver = Compiled.Driver();
        var first = RunOnce(ref driver);
        for (var i = 0; i < 3; i++)
            driver = driver.RunGenerators(Replace(Compilation(), "Elsewhere.cs", "width + 1", $"width + {i + 7}"));
        for (var i = 0; i < 10 && first.IsAlive; i++)
            GC.Collect();
        Assert.False(first.IsAlive);
        GC.KeepAlive(driver);
    }

    [Fact]
    public void What_the_next_outline_goes_on_from_keeps_no_program_in_memory()
    {
        // Alive as in an editor, where the last outline is found by them.
        var options = Compilation().Options;
        var driver = Compiled.Driver();
        var only = RunOnce(ref driver, options);
        driver = null;
        for (var i = 0; i < 10 && only.IsAlive; i++)
            GC.Collect();
        Assert.False(only.IsAlive);
        GC.KeepAlive(options);
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static WeakReference RunOnce(ref GeneratorDriver driver, CSharpCompilationOptions? options = null)
    {
        var compilation = options is null ? Compilation() : Compilation().WithOptions(options);
        driver = driver.RunGenerators(compilation);
        return new WeakReference(compilation);
    }

    private static void AssertFresh(string what, Func<CSharpCompilation, CSharpCompilation> edit, bool mustDiffer, CSharpCompilation? start = null)
    {
        start ??= Compilation();
        var before = Compiled.Driver().RunGenerators(start);
        var edited = edit(start);
        var kept = Text(before.RunGenerators(edited));
        Assert.Equal(FromNothing(edited), kept);
        Assert.True(!mustDiffer || kept != Text(before), $"expected {what} to change what is generated");
    }

    private static CSharpCompilation WithOrWithout(CSharpCompilation compilation, string path, string text) =>
        compilation.SyntaxTrees.FirstOrDefault(tree => tree.FilePath == path) is { } there ? compilation.RemoveSyntaxTrees(there) : compilation.AddSyntaxTrees(Tree(path, text));

    /// <summary>With options of its own, by which no earlier outline is found, and trees that none has been read from.</summary>
    private static string FromNothing(CSharpCompilation compilation)
    {
        var options = compilation.Options.WithModuleName("other").WithModuleName(compilation.Options.ModuleName);
        var trees = compilation.SyntaxTrees.Select(tree => CSharpSyntaxTree.ParseText(tree.GetText(), (CSharpParseOptions)tree.Options, tree.FilePath));
        return Text(Compiled.Driver().RunGenerators(compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(trees).WithOptions(options)));
    }

    private static string Text(GeneratorDriver driver) =>
        string.Join('\n', driver.GetRunResult().Results.Single().GeneratedSources.Select(source => $"// {source.HintName}\n{source.SourceText}"));

    private static GeneratorRunResult Edited(string path, string old, string with)
    {
        var compilation = Compilation();
        return Compiled.Driver().RunGenerators(compilation).RunGenerators(Replace(compilation, path, old, with)).GetRunResult().Results.Single();
    }

    private static IEnumerable<IncrementalStepRunReason> Reasons(GeneratorRunResult result, params string[] steps) =>
        steps.SelectMany(step => result.TrackedSteps[step]).SelectMany(step => step.Outputs).Select(output => output.Reason);

    private static IEnumerable<string> Subjects(GeneratorRunResult result) =>
        result.TrackedSteps[ExperimentsGenerator.Steps.Subjects].SelectMany(step => step.Outputs).Select(output => $"{output.Value} {output.Reason}").Order(StringComparer.Ordinal);

    private static CSharpCompilation Compilation() => Compiled.Compilation("").AddSyntaxTrees(
        Tree("Train.cs", Train), Tree("Study.cs", Study), Tree("Lone.cs", Lone), Tree("Shared.cs", Shared), Tree("Elsewhere.cs", Elsewhere));

    private static CSharpCompilation Replace(CSharpCompilation compilation, string path, string old, string with)
    {
        var tree = compilation.SyntaxTrees.Single(t => t.FilePath == path);
        var text = tree.ToString();
        Assert.Contains(old, text, StringComparison.Ordinal);
        return compilation.ReplaceSyntaxTree(tree, Tree(path, text.Replace(old, with, StringComparison.Ordinal)));
    }

    private static SyntaxTree Tree(string path, string text) => CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Latest, DocumentationMode.Diagnose), path);
}
