using Experiments.CodeFixes;
using Experiments.Generators.Tests.Harness;

namespace Experiments.Generators.Tests.Fixes;

public class FixTests
{
    private const string Train = """
        [Experiment("train", Id = "lr{LearningRate}")]
        [Entrypoint("train.py")]
        public sealed partial record Train
        {
            public double LearningRate { get; init; } = 0.1;
            public int Seed { get; init; }
        }


        """;

    private const string OneSweep = "[Sweep] public sealed partial record Seeds : ISweep<Train> { [Seeds(3)] public int Seed { get; init; } }";

    private const string TwoSweeps = "[Sweep] public sealed partial record Few : ISweep<Train> { [Seeds(2)] public int Seed { get; init; } } " + OneSweep;

    [Fact]
    public Task A_record_becomes_partial() => Fixed.VerifyAsync(new AddPartialFix(),
        """
        /// <summary>Trains.</summary>
        [Experiment("train", Id = "{X}")] [Entrypoint("train.py")]
        public sealed record Train { public int X { get; init; } }
        """,
        """
        /// <summary>Trains.</summary>
        [Experiment("train", Id = "{X}")] [Entrypoint("train.py")]
        public sealed partial record Train { public int X { get; init; } }
        """);

    [Fact]
    public Task A_record_without_modifiers_becomes_partial() => Fixed.VerifyAsync(new AddPartialFix(),
        """
        [Experiment("train", Id = "{X}"), Entrypoint("train.py")]
        // Kept.
        record Train { public int X { get; init; } }
        """,
        """
        [Experiment("train", Id = "{X}"), Entrypoint("train.py")]
        // Kept.
        partial record Train { public int X { get; init; } }
        """);

    [Fact]
    public Task All_records_become_partial_at_once() => Fixed.VerifyAllAsync(new AddPartialFix(),
        """
        [Experiment("a", Id = "a{X}"), Entrypoint("train.py")] public record A { public int X { get; init; } }
        [Experiment("b", Id = "b{X}"), Entrypoint("train.py")] public record B { public int X { get; init; } }
        """,
        """
        [Experiment("a", Id = "a{X}"), Entrypoint("train.py")] public partial record A { public int X { get; init; } }
        [Experiment("b", Id = "b{X}"), Entrypoint("train.py")] public partial record B { public int X { get; init; } }
        """);

    [Theory]
    [InlineData("sealed class")]
    [InlineData("sealed partial class")]
    public Task A_class_becomes_a_record(string kind) => Fixed.VerifyAsync(new MakeRecordFix(),
        $$"""
        /// <summary>Trains.</summary>
        [Experiment("train", Id = "{X}")] [Entrypoint("train.py")]
        public {{kind}} Train // for hours
        {
            public int X { get; init; }
        }
        """,
        """
        /// <summary>Trains.</summary>
        [Experiment("train", Id = "{X}")] [Entrypoint("train.py")]
        public sealed partial record Train // for hours
        {
            public int X { get; init; }
        }
        """);

    private const string Nested = """public static class Vision { [Experiment("train", Id = "{X}"), Entrypoint("train.py")] public sealed partial record Train { public int X { get; init; } } }""";

    [Fact]
    public async Task A_class_around_an_experiment_is_left_a_class() => Assert.Empty(await Fixed.TitlesAsync(new MakeRecordFix(), Nested));

    [Fact]
    public Task A_class_around_an_experiment_becomes_partial() => Fixed.VerifyAsync(new AddPartialFix(), Nested, Nested.Replace("static class", "static partial class"));

    [Fact]
    public Task Fields_become_properties_at_once() => Fixed.VerifyAllAsync(new MakePropertyFix(),
        """
        [Experiment("train", Id = "{hash}"), Entrypoint("train.py")] public partial record Train
        {
            /// <summary>How often.</summary>
            public int Epochs = 5; // all of it
            [Range(0, 1)] public double? Rate;
            public required string Name;
            [Range(0, 9)]
            internal int Layers = 2;
            protected internal int Width { get; internal init; } = 3;
        }
        """,
        """
        [Experiment("train", Id = "{hash}"), Entrypoint("train.py")] public partial record Train
        {
            /// <summary>How often.</summary>
            public int Epochs { get; init; } = 5; // all of it
            [Range(0, 1)] public double? Rate { get; init; }
            public required string Name { get; init; }
            [Range(0, 9)]
            public int Layers { get; init; } = 2;
            public int Width { get; init; } = 3;
        }
        """);

    [Fact]
    public Task Set_becomes_init() => Fixed.VerifyAsync(new MakeInitOnlyFix(),
        """[Experiment("train", Id = "{X}"), Entrypoint("train.py")] public partial record Train { public int X { get; set; } = 3; }""",
        """[Experiment("train", Id = "{X}"), Entrypoint("train.py")] public partial record Train { public int X { get; init; } = 3; }""");

    [Fact]
    public Task A_typo_in_the_id_becomes_the_property_that_was_meant() => Fixed.VerifyAsync(new NearestNameInIdFix(),
        """[Experiment("train", Id = "lr{LearningRat:0e0}"), Entrypoint("train.py")] public partial record Train { public double LearningRate { get; init; } }""",
        """[Experiment("train", Id = "lr{LearningRate:0e0}"), Entrypoint("train.py")] public partial record Train { public double LearningRate { get; init; } }""");

    [Fact]
    public Task All_typos_in_one_id_are_mended_at_once() => Fixed.VerifyAllAsync(new NearestNameInIdFix(),
        Train.Replace("lr{LearningRate}", "lr{LearningRat}/s{Sed}"), Train.Replace("lr{LearningRate}", "lr{LearningRate}/s{Seed}"));

    [Theory]
    [InlineData(0, "lr{LearningRate}_s{Seed}")]
    [InlineData(1, "lr{LearningRate}_{hash:8}")]
    public Task Two_sweeps_whose_runs_collide_are_mended_by_one_change_of_the_id(int choice, string id) => Fixed.VerifyAllAsync(new NameAxisInIdFix(),
        Train + TwoSweeps, Train.Replace("lr{LearningRate}", id) + TwoSweeps, choice);

    [Theory]
    [InlineData(0, "lr{LearningRateScale}_s{Seed}_l{LearningRate}")]
    [InlineData(1, "lr{LearningRateScale}_{hash:8}")]
    public Task Two_axes_of_one_id_are_mended_at_once(int choice, string id)
    {
        const string Scaled = """[Experiment("train", Id = "lr{LearningRateScale}"), Entrypoint("train.py")] public sealed partial record Train { public double LearningRate { get; init; } public double LearningRateScale { get; init; } public int Seed { get; init; } }""";
        const string Both = " [Sweep] public sealed partial record Runs : ISweep<Train> { [Seeds(3)] public int Seed { get; init; } [Values(0.1, 0.2)] public double LearningRate { get; init; } }";
        return Fixed.VerifyAllAsync(new NameAxisInIdFix(), Scaled + Both, Scaled.Replace("lr{LearningRateScale}", id) + Both, choice);
    }

    [Fact]
    public Task An_axis_is_added_to_the_id() => Fixed.VerifyAsync(new NameAxisInIdFix(),
        Train + OneSweep,
        Train.Replace("lr{LearningRate}", "lr{LearningRate}_s{Seed}") + OneSweep);

    [Fact]
    public Task A_hash_is_added_to_the_id() => Fixed.VerifyAsync(new NameAxisInIdFix(),
        Train + OneSweep,
        Train.Replace("lr{LearningRate}", "lr{LearningRate}_{hash:8}") + OneSweep,
        choice: 1);

    [Fact]
    public async Task Nothing_is_offered_where_a_format_writes_values_alike() =>
        Assert.Empty(await Fixed.TitlesAsync(new NameAxisInIdFix(), Train.Replace("lr{LearningRate}", "lr{LearningRate:0e0}")
            + "[Sweep] public sealed partial record Rates : ISweep<Train> { [Values(0.1, 0.12)] public double LearningRate { get; init; } }"));

    [Fact]
    public Task A_typo_in_the_name_of_an_axis_becomes_the_property_that_was_meant() => Fixed.VerifyAsync(new NearestAxisNameFix(),
        Train + "[Sweep] public sealed partial record Rates : ISweep<Train> { [Values(0.2)] public double LearningRat { get; init; } }",
        Train + "[Sweep] public sealed partial record Rates : ISweep<Train> { [Values(0.2)] public double LearningRate { get; init; } }");

    [Fact]
    public Task A_typo_in_the_path_of_an_axis_becomes_the_property_that_was_meant() => Fixed.VerifyAsync(new NearestAxisNameFix(),
        Train + """[Sweep] public sealed partial record Rates : ISweep<Train> { [Values(0.2), Axis("LearningRat")] public double Rate { get; init; } }""",
        Train + """[Sweep] public sealed partial record Rates : ISweep<Train> { [Values(0.2), Axis("LearningRate")] public double Rate { get; init; } }""");

    [Fact]
    public Task A_value_listed_twice_is_removed() => Fixed.VerifyAsync(new RemoveValueFix(),
        Train + """[Sweep] public sealed partial record Rates : ISweep<Train> { [Values(0.1, 0.01, 0.1, Zip = "a")] public double LearningRate { get; init; } }""",
        Train + """[Sweep] public sealed partial record Rates : ISweep<Train> { [Values(0.1, 0.01, Zip = "a")] public double LearningRate { get; init; } }""");

    [Theory]
    [InlineData("[Sweep]", "[Sweep(MaxRuns = 20000)]")]
    [InlineData("[Sweep(Tags = [\"a\"])]", "[Sweep(Tags = [\"a\"], MaxRuns = 20000)]")]
    [InlineData("[Sweep(MaxRuns = 5)]", "[Sweep(MaxRuns = 20000)]")]
    public Task A_large_sweep_says_so(string before, string after)
    {
        const string Rates = " public sealed partial record Rates : ISweep<Train> { [Linspace(0.1, 0.9, 20000)] public double LearningRate { get; init; } }";
        return Fixed.VerifyAsync(new RaiseMaxRunsFix(), Train + before + Rates, Train + after + Rates);
    }

    public static TheoryData<Type> Fixes => [.. typeof(AddPartialFix).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Microsoft.CodeAnalysis.CodeFixes.CodeFixProvider)) && !type.IsAbstract)];

    [Theory]
    [MemberData(nameof(Fixes))]
    public void Every_fix_can_be_applied_to_a_document_a_project_and_a_solution_at_once(Type fix)
    {
        var all = ((Microsoft.CodeAnalysis.CodeFixes.CodeFixProvider)Activator.CreateInstance(fix)!).GetFixAllProvider();

        Assert.NotNull(all);
        Assert.Superset(new HashSet<Microsoft.CodeAnalysis.CodeFixes.FixAllScope> { Microsoft.CodeAnalysis.CodeFixes.FixAllScope.Document, Microsoft.CodeAnalysis.CodeFixes.FixAllScope.Project, Microsoft.CodeAnalysis.CodeFixes.FixAllScope.Solution },
            all.GetSupportedFixAllScopes().ToHashSet());
    }
}
