using Experiments.Generators.Tests.Harness;

namespace Experiments.Generators.Tests.Analyzers;

public class CollisionTests
{
    private const string Train = """
        public enum Dataset { A, B, C }

        [Experiment("train", Id = "{Dataset}/lr{LearningRate:0e0}{Fast?_fast}")]
        [Entrypoint("train.py")]
        public sealed partial record Train
        {
            public Dataset Dataset { get; init; }
            public double LearningRate { get; init; } = 0.1;
            public bool Fast { get; init; }
            public int Seed { get; init; }
        }


        """;

    [Fact]
    public async Task An_axis_that_the_id_does_not_name_is_refused_with_the_numbers()
    {
        var diagnostics = await Analyzed.VerifyAsync(Train + """
            [Sweep]
            public sealed partial record Rates : ISweep<Train>
            {
                [All] public Dataset Dataset { get; init; }
                [Values(0.1, 0.01, 0.001)] public double LearningRate { get; init; }
                [Seeds(3)] public int {|EXP2002:Seed|} { get; init; }
            }
            """);

        Assert.Equal("`Seed` varies but the run id does not: 27 runs would share 9 ids", Analyzed.Message(diagnostics[0]));
    }

    [Fact]
    public async Task A_format_that_writes_two_values_alike_is_refused()
    {
        var diagnostics = await Analyzed.VerifyAsync(Train + """
            [Sweep]
            public sealed partial record Rates : ISweep<Train>
            {
                [Values(0.1, 0.12, 0.01)] public double {|EXP2002:LearningRate|} { get; init; }
            }
            """);

        Assert.Equal("`LearningRate` varies but the run id does not: 3 runs would share 2 ids", Analyzed.Message(diagnostics[0]));
    }

    [Fact]
    public Task Flags_formats_and_enums_that_tell_runs_apart_are_accepted() => Analyzed.VerifyAsync(Train + """
        [Sweep]
        public sealed partial record Rates : ISweep<Train>
        {
            [All] public Dataset Dataset { get; init; }
            [LogSpace(1e-4, 1e-1, 4)] public double LearningRate { get; init; }
            [All] public bool Fast { get; init; }
        }
        """);

    [Fact]
    public Task A_hash_covers_what_the_id_does_not_name() => Analyzed.VerifyAsync(Train.Replace("{Fast?_fast}", "_{hash:8}") + """
        [Sweep]
        public sealed partial record Rates : ISweep<Train>
        {
            [All] public bool Fast { get; init; }
            [Seeds(3)] public int Seed { get; init; }
        }
        """);

    [Fact]
    public Task A_hash_does_not_cover_a_named_property_whose_format_collapses() => Analyzed.VerifyAsync(Train.Replace("{Fast?_fast}", "_{hash:8}") + """
        [Sweep]
        public sealed partial record Rates : ISweep<Train>
        {
            [Values(0.1, 0.12)] public double {|EXP2002:LearningRate|} { get; init; }
        }
        """);

    [Fact]
    public Task A_zipped_axis_is_told_apart_by_its_partner() => Analyzed.VerifyAsync(Train + """
        [Sweep]
        public sealed partial record Rates : ISweep<Train>
        {
            [Values(0.1, 0.01, Zip = "a")] public double LearningRate { get; init; }
            [Values(1, 2, Zip = "a")] public int Seed { get; init; }
        }
        """);

    [Fact]
    public Task A_random_axis_outside_the_id_is_refused() => Analyzed.VerifyAsync(Train + """
        [Sweep(Samples = 10)]
        public sealed partial record Rates : ISweep<Train>
        {
            [Uniform(0, 100)] public int {|EXP2002:Seed|} { get; init; }
        }
        """);

    [Fact]
    public Task An_axis_of_one_value_does_not_vary() => Analyzed.VerifyAsync(Train + """
        [Sweep]
        public sealed partial record Rates : ISweep<Train>
        {
            [All] public Dataset Dataset { get; init; }
            [Values(7)] public int Seed { get; init; }
        }
        """);

    [Theory]
    [InlineData("v{|EXP2003:{R}.{S}|}")]
    [InlineData("v{|EXP2003:{R:0.##}.{S}|}")]
    [InlineData("v{|EXP2003:{R}.{T}|}")]
    [InlineData("v{|EXP2003:{I}{R}|}")]
    [InlineData("r{|EXP2003:{A?_x}{B?_y}{C?_x}|}")]
    [InlineData("{I}_{A?x}{|EXP2003:{B?y}{C?y}|}")]
    [InlineData("v{R}.{I}")]
    [InlineData("v{I}.{R}")]
    [InlineData("v{R:0.00}.{S}")]
    [InlineData("v{R}-{S}_{I}")]
    [InlineData("r{A?_x}{B?_y}{C?_z}")]
    [InlineData("r{A?_x}/r{B?_y}/r{C?_x}")]
    public Task Ids_that_read_as_two_configurations_are_marked(string id) => Analyzed.VerifyAsync($$"""
            public enum Dataset { A, B, C }
            [Experiment("train", Id = "{{id}}"), Entrypoint("train.py")]
            public sealed partial record Train
            {
                public double R { get; init; } public double S { get; init; } public int I { get; init; } public string T { get; init; } = "t"; public Dataset Dataset { get; init; }
                public bool A { get; init; } public bool B { get; init; } public bool C { get; init; }
            }
            """);

    [Fact]
    public Task What_Include_decides_is_left_to_planning() => Analyzed.VerifyAsync(Train + """
        [Sweep]
        public sealed partial record Rates : ISweep<Train>
        {
            [All] public Dataset Dataset { get; init; }
            [Seeds(3)] public int Seed { get; init; }
            public bool Include => Seed == (int)Dataset;
        }
        """);

    [Fact]
    public Task What_Include_does_not_read_is_refused_all_the_same() => Analyzed.VerifyAsync(Train + """
        [Sweep]
        public sealed partial record Rates : ISweep<Train>
        {
            [All] public Dataset Dataset { get; init; }
            [Seeds(3)] public int {|EXP2002:Seed|} { get; init; }
            public bool Include => Dataset != Dataset.A;
        }
        """);

    [Fact]
    public Task What_Base_makes_of_an_axis_is_left_to_planning() => Analyzed.VerifyAsync(Train + """
        [Sweep]
        public sealed partial record Rates : ISweep<Train>
        {
            [Seeds(3)] public int Seed { get; init; }
            public Train Base => new() { Dataset = (Dataset)Seed };
        }
        """);

    [Fact]
    public async Task The_worked_examples_of_the_design_are_clean_and_its_counterexample_is_not()
    {
        await Analyzed.VerifyAsync(Design.Source);

        var counterexample = await Analyzed.DiagnosticsAsync(Design.Source + """

            [Sweep]
            public sealed partial record Wrong : ISweep<Autoencoder>
            {
                [Values(0.01, 0.1, 1.0)] public double LearningRate { get; init; }
                [Seeds(3)] public int Seed { get; init; }
                public Autoencoder Base => new() { Dataset = Dataset.HcrlSa };
            }
            """);
        Assert.Equal(["EXP3001"], counterexample.Select(d => d.Id));
    }
}
