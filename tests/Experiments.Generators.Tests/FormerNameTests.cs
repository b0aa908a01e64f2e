using Experiments.Generators.Tests.Harness;

namespace Experiments.Generators.Tests;

/// <summary>A rename with <c>[FormerName]</c> changes what people see, not which run it is.</summary>
public sealed class FormerNameTests
{
    private const string Before = """
        public enum Dataset { Cifar, Digits }
        public sealed partial record Optimizer { public double Decay { get; init; } = 1e-4; }
        [Experiment("train", Id = "{Dataset}_{hash:8}"), Entrypoint("train.py")]
        public sealed partial record Train
        {
            public Dataset Dataset { get; init; } = Dataset.Digits;
            public double Lr { get; init; } = 0.1;
            public int Width { get; init; } = 64;
            public Optimizer Opt { get; init; } = new();
        }
        """;

    private const string After = """
        public enum Dataset { [FormerName("cifar")] Cifar10, [FormerName("digits")] HandwrittenDigits }
        public sealed partial record Optimizer { [FormerName("decay")] public double WeightDecay { get; init; } = 1e-4; }
        [Experiment("train", Id = "{Dataset}_{hash:8}"), Entrypoint("train.py")]
        public sealed partial record Train
        {
            public Dataset Dataset { get; init; } = Dataset.HandwrittenDigits;
            [FormerName("lr"), FormerName("rate")] public double LearningRate { get; init; } = 0.1;
            public int Width { get; init; } = 64;
            [FormerName("opt")] public Optimizer Optimizer { get; init; } = new();
        }
        """;

    private const string Identity = "return $\"{new Train().Id} {new Train().GetContentHash()}\";";

    [Fact]
    public void Ids_and_hashes_stay_what_they_were() => Assert.Equal(Compiled.Run<string>(Before, Identity), Compiled.Run<string>(After, Identity));

    [Fact]
    public void Without_the_attribute_a_rename_is_another_run() => Assert.NotEqual(
        Compiled.Run<string>(Before, Identity),
        Compiled.Run<string>(Before.Replace("double Lr", "double LearningRate"), Identity));

    [Fact]
    public void Json_and_options_use_the_new_names()
    {
        Assert.Equal("""{"dataset":"handwritten_digits","learning_rate":0.1,"optimizer":{"weight_decay":0.0001},"width":64}""",
            Compiled.Run<string>(After, "return new Train().ToJson();"));
        Assert.Equal(0.5, Compiled.Run<double>(After, "return Train.Parse([\"--learning-rate\", \"0.5\"]).LearningRate;"));
        var error = Assert.Throws<ExperimentsException>(() => Compiled.Run<object>(After, "return Train.Parse([\"--rate\", \"0.5\"]);"));
        Assert.Equal("EXP8010", error.Code);
    }

    [Theory]
    [InlineData("""{"dataset":"cifar","lr":0.2,"opt":{"decay":0.5},"width":32}""")]
    [InlineData("""{"dataset":"cifar10","rate":0.2,"opt":{"weight_decay":0.5},"width":32}""")]
    [InlineData("""{"dataset":"cifar10","learning_rate":0.2,"optimizer":{"weight_decay":0.5},"width":32}""")]
    public void Configurations_stored_under_any_name_are_read(string json) => Assert.Equal(
        """{"dataset":"cifar10","learning_rate":0.2,"optimizer":{"weight_decay":0.5},"width":32}""",
        Compiled.Run<string>(After, "return Train.Read(System.Text.Encoding.UTF8.GetBytes(args[0])).ToJson();", json));

    [Fact]
    public void Ids_are_read_back_with_the_names_they_have() => Assert.Equal("HandwrittenDigits", Compiled.Run<string>(After, """
        return Train.RunId.Parse(new Train().Id.ToString()).Dataset.ToString();
        """));

    [Fact]
    public void A_plan_and_the_fast_walk_hash_alike_and_the_configuration_is_the_new_one() => Assert.True(Compiled.Run<bool>(After + """

        [Sweep] public sealed partial record Rates : ISweep<Train> { [Values(0.1, 0.2)] public double LearningRate { get; init; } }
        """, """
        var visited = new List<string>();
        Rates.Sweep.VisitIds((id, hash) => visited.Add($"{System.Text.Encoding.UTF8.GetString(id)} {hash}"));
        var planned = Rates.Plan().Runs;
        return planned.Select(r => $"{r.Id} {r.Hash}").SequenceEqual(visited)
            && planned.All(r => System.Text.Encoding.UTF8.GetString(r.Config.Span).Contains("learning_rate"));
        """));

    [Fact]
    public void Random_values_are_drawn_by_the_former_name()
    {
        const string Search = """

            [Sweep(Samples = 3, Seed = 1)] public sealed partial record Search : ISweep<Train> { [LogUniform(1e-5, 1e-1)] public double LR { get; init; } }
            """;
        const string Draw = "return string.Join(' ', Search.Points.Select(p => p.LR));";
        Assert.Equal(
            Compiled.Run<string>(Before + Search.Replace("LR", "Lr"), Draw.Replace("LR", "Lr")),
            Compiled.Run<string>(After + Search.Replace("LR", "LearningRate"), Draw.Replace("LR", "LearningRate")));
    }

    [Theory]
    [InlineData("[{|EXP2057:FormerName(\"width\")|}] public double Lr { get; init; }")]
    [InlineData("[{|EXP2057:FormerName(\"lr\")|}] public double Lr { get; init; }")]
    [InlineData("[FormerName(\"a\")] public double Lr { get; init; } [{|EXP2057:FormerName(\"a\")|}] public double Rate { get; init; }")]
    public Task A_former_name_that_is_taken_is_refused(string property) => Analyzed.VerifyAsync($$"""
        [Experiment("train", Id = "{hash}"), Entrypoint("train.py")]
        public sealed partial record Train
        {
            public int Width { get; init; } = 64;
            {{property}}
        }
        """);
}
