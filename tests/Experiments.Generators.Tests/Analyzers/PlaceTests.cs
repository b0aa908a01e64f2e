using Experiments.Generators.Tests.Harness;

namespace Experiments.Generators.Tests.Analyzers;

/// <summary>Diagnostics point at the very place: the hole in the template, the axis, the argument.</summary>
public class PlaceTests
{
    [Fact]
    public async Task An_unknown_name_is_marked_inside_the_template()
    {
        var diagnostics = await Analyzed.VerifyAsync("""
            [Experiment("train", Id = "a/lr{{|EXP2001:LearningRat|}}")]
            [Entrypoint("train.py")]
            public sealed partial record Train { public double LearningRate { get; init; } }
            """);
        Assert.Equal("expected a property of `Train`, got `LearningRat`; did you mean `LearningRate`?", Analyzed.Message(diagnostics[0]));
    }

    [Fact]
    public Task A_value_out_of_bounds_is_marked_itself() => Analyzed.VerifyAsync("""
        [Experiment("train", Id = "lr{LearningRate}")]
        [Entrypoint("train.py")]
        public sealed partial record Train { [Range(0.0, 1.0)] public double LearningRate { get; init; } }

        [Sweep] public sealed partial record Rates : ISweep<Train> { [Values(0.1, {|EXP3003:10.0|})] public double LearningRate { get; init; } }
        """);

    [Fact]
    public Task A_value_of_the_wrong_type_is_marked_itself() => Analyzed.VerifyAsync("""
        [Experiment("train", Id = "lr{LearningRate}")]
        [Entrypoint("train.py")]
        public sealed partial record Train { public double LearningRate { get; init; } }

        [Sweep] public sealed partial record Rates : ISweep<Train> { [Values(0.1, {|EXP3002:"fast"|})] public double LearningRate { get; init; } }
        """);

    [Fact]
    public Task A_second_listing_is_marked_itself() => Analyzed.VerifyAsync("""
        [Experiment("train", Id = "lr{LearningRate}")]
        [Entrypoint("train.py")]
        public sealed partial record Train { public double LearningRate { get; init; } }

        [Sweep] public sealed partial record Rates : ISweep<Train> { [Values(0.1, 1, {|EXP3004:0.1|})] public double LearningRate { get; init; } }
        """);

    [Fact]
    public async Task An_axis_path_is_marked_in_its_attribute()
    {
        var diagnostics = await Analyzed.VerifyAsync("""
            [Experiment("train", Id = "wd{Optimizer.WeightDecay}")]
            [Entrypoint("train.py")]
            public sealed partial record Train { public Optimizer Optimizer { get; init; } = new(); }
            public sealed record Optimizer { public double WeightDecay { get; init; } }

            [Sweep] public sealed partial record Rates : ISweep<Train> { [Values(0.1), Axis({|EXP3001:"Optimizer.WeightDecai"|})] public double Decay { get; init; } }
            """);
        Assert.Contains("did you mean `Optimizer.WeightDecay`?", Analyzed.Message(diagnostics[0]));
    }

    [Fact]
    public Task Two_experiments_of_one_name_are_both_marked() => Analyzed.VerifyAsync("""
        [Experiment({|EXP1004:"train"|}, Id = "{X}")] [Entrypoint("a.py")] public sealed partial record A { public int X { get; init; } }
        [Experiment({|EXP1004:"train"|}, Id = "{X}")] [Entrypoint("b.py")] public sealed partial record B { public int X { get; init; } }
        """);

    [Theory]
    [InlineData("class")]
    [InlineData("partial class")]
    public Task A_class_is_marked_as_it_can_be_no_experiment(string kind) => Analyzed.VerifyAsync(
        $$"""[Experiment("train", Id = "{X}")] [Entrypoint("a.py")] public sealed {{kind}} {|EXP1010:A|} { public int X { get; init; } }""");

    [Fact]
    public Task A_class_is_marked_as_it_can_be_no_sweep() => Analyzed.VerifyAsync("""
        [Experiment("train", Id = "{X}")] [Entrypoint("a.py")] public sealed partial record A { public int X { get; init; } }
        [Sweep] public sealed class {|EXP1010:Runs|} : ISweep<A> { [Seeds(3)] public int X { get; init; } }
        """);

    [Fact]
    public Task Fields_that_look_like_configuration_are_marked() => Analyzed.VerifyAsync("""
        public abstract record Options { public double {|EXP1017:Rate|} = 0.1; }
        public sealed record Layers { public int Count { get; init; } internal int {|EXP1017:Width|}; internal int {|EXP1017:Depth|} { get; init; } public int {|EXP1017:Height|} { get; internal init; } public int Cached { get; private set; } private int Own { get; init; } public int Area => Own; }
        [Experiment("train", Id = "{X}_{hash:8}")] [Entrypoint("a.py")] public sealed partial record A : Options
        {
            public int X { get; init; }
            public Layers Layers { get; init; } = new();
            public int {|EXP1017:Epochs|} = 5;
        }
        """);

    [Fact]
    public Task Fields_that_nobody_sets_from_outside_are_left_alone() => Analyzed.VerifyAsync("""
        [Experiment("train", Id = "{X}")] [Entrypoint("a.py")] public sealed partial record A(int X)
        {
            public const int Most = 5;
            public static int Seen;
            public readonly int Twice = 2;
            private int _cache;
            public int Cached => _cache++;
        }
        """);

    [Fact]
    public Task Records_that_are_no_experiments_are_left_alone() => Analyzed.VerifyAsync("""
        public record Plain { public DateTime When { get; set; } public int Field; }
        [Serializable] public class Other { public int Field; }
        """);
}
