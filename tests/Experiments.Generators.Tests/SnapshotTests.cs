using Experiments.Generators.Tests.Harness;

namespace Experiments.Generators.Tests;

/// <summary>The emitted text, case by case. Each case also compiles without a warning.</summary>
public sealed class SnapshotTests
{
    [Fact]
    public void Design_examples() => Snapshot.Match("Design", Compiled.From(Design.Source));

    [Fact]
    public void Minimal_experiment() => Match("Minimal", Samples.Minimal);

    [Fact]
    public void Every_kind_of_value() => Match("EveryKind", Samples.EveryKind);

    [Fact]
    public void Nested_records_in_a_namespace() => Match("Nested", Samples.Nested);

    [Fact]
    public void Every_feature_of_a_template() => Match("Templates", RunIdTests.Every);

    [Fact]
    public void Every_kind_of_axis() => Match("Axes", """
        public enum Size { Small, Large }
        [Experiment("model")]
        public sealed partial record Model
        {
            public Size Size { get; init; }
            public bool Deep { get; init; }
            public double Rate { get; init; }
            public float Factor { get; init; }
            public int Count { get; init; }
            public byte Fold { get; init; }
            public long Seed { get; init; }
            public string? Name { get; init; }
            public TimeSpan Time { get; init; }
            public decimal Money { get; init; }
        }

        [Sweep]
        public sealed partial record Grid : ISweep<Model>
        {
            [All] public Size Size { get; init; }
            [All] public bool Deep { get; init; }
            [LogSpace(1e-3, 1, 4)] public double Rate { get; init; }
            [Linspace(0, 1, 1001)] public float Factor { get; init; }
            [Steps(2, 6, 2), Axis("Count")] public int Points { get; init; }
            [Repeats(200)] public byte Fold { get; init; }
            [Seeds(3)] public long Seed { get; init; }
            [Values("a", null)] public string? Name { get; init; }
            [ValuesFrom(nameof(Times))] public TimeSpan Time { get; init; }
            [Values(1, 0.5)] public decimal Money { get; init; }
            public IReadOnlyList<TimeSpan> Times => [TimeSpan.Zero];
        }

        /// <summary>Random search.</summary>
        [Sweep(Samples = 50, Seed = 7, Tags = ["random", "search"])]
        public sealed partial record Search : ISweep<Model>
        {
            [LogUniform(1e-4, 1)] public double Rate { get; init; }
            [Uniform(0, 1)] public float Factor { get; init; }
            [Uniform(1, 9), Axis("Count")] public int Size { get; init; }
            [LogUniform(1, 100)] public decimal Money { get; init; }
        }
        """);

    [Fact]
    public void Zipped_axes() => Match("Zip", """
        [Experiment("model", Id = "{Width}x{Depth}_{Seed}")]
        public sealed partial record Model { public int Width { get; init; } public int Depth { get; init; } public int Seed { get; init; } }

        /// <summary>Shapes of one size.</summary>
        /// <remarks>Chosen by hand.</remarks>
        [Sweep]
        public sealed partial record Shapes : ISweep<Model>
        {
            [Values(1, 2, 4, Zip = "shape")] public int Width { get; init; }
            [Seeds(2)] public int Seed { get; init; }
            [ValuesFrom(nameof(Depths), Zip = "shape")] public int Depth { get; init; }
            public IReadOnlyList<int> Depths => [4, 2, 1];
        }
        """);

    [Fact]
    public void Filters_and_other_computed_members() => Match("Computed", """
        [Experiment("model", Id = "{Rate}_{Seed}", Tags = ["declared"])]
        public sealed partial record Model { public required double Rate { get; init; } public int Seed { get; init; } }

        [Sweep]
        public sealed partial record Everything : ISweep<Model>
        {
            [Values(0.1, 0.2)] public double Rate { get; init; }
            [Seeds(3)] public int Seed { get; init; }
            public bool Include => Seed > 0;
            public int Priority => 100 - Seed;
            public IEnumerable<string> Tags => [$"seed-{Seed}"];
            public Model Base => new() { Rate = 0 };
        }

        [Sweep]
        public sealed partial record Around(Model Center) : ISweep<Model>
        {
            [Values(0.1, 0.2)] public double Rate { get; init; }
            public Model Base => Center;
        }
        """);

    [Fact]
    public void The_same_name_in_two_namespaces() => Match("SameName", """
        namespace One { [Experiment("one")] public sealed partial record Model { public Kind Kind { get; init; } } public enum Kind { A } }
        namespace Two.Deep { [Experiment("two")] public sealed partial record Model { public One.Kind Kind { get; init; } public Kind Other { get; init; } } public enum Kind { B } }
        namespace Two.Deep { [Sweep] public sealed partial record Models : ISweep<One.Model> { [All] public One.Kind Kind { get; init; } } }
        """);

    [Fact]
    public void Names_that_generated_code_uses_itself() => Match("Clashes", """
        [Experiment("clash", Id = "{Text}_{Config}_{text}_{Parts}_{Result}_{Hash}_{hash:4}/{S}{I}")]
        public sealed partial record Clash
        {
            public int Config { get; init; }
            public int Current { get; init; }
            public int Prefix { get; init; }
            public bool IsGiven { get; init; }
            public int Draft { get; init; }
            public int Keys { get; init; }
            public int Json { get; init; }
            public int text { get; init; }
            public int Text { get; init; }
            public int Parts { get; init; }
            public int Result { get; init; }
            public int Hash { get; init; }
            public int S { get; init; }
            public bool I { get; init; }
            public Write Write { get; init; } = new();
            public Options Options { get; init; }
            public Write? Mistakes { get; init; }
            public sealed partial record Results { [Artifact("config.yaml")] public Artifact Config { get; init; } [Metric(Goal.Maximize)] public float? Score { get; init; } [Metric(Goal.Minimize)] public int Errors { get; init; } }
        }
        public sealed record Write { public int Value { get; init; } public Options Options { get; init; } }
        public enum Options { Draft, Write }

        [Sweep]
        public sealed partial record Points : ISweep<Clash>
        {
            [Seeds(2), Axis("Config")] public int Point { get; init; }
            [Seeds(2), Axis("Text")] public int Defaults { get; init; }
            [Seeds(2), Axis("Hash")] public int Tags { get; init; }
            [Seeds(2), Axis("S")] public int Scratch { get; init; }
            [Seeds(2), Axis("Write.Value")] public int Visit { get; init; }
            [Seeds(2), Axis("Parts")] public int Plan { get; init; }
        }
        """);

    [Fact]
    public void Names_that_are_keywords() => Match("Keywords", """
        namespace @namespace.@class;
        public enum @enum { @if, @else }
        public sealed record @struct { public double @double { get; init; } }
        [Experiment("keywords", Id = "{event}_{enum}_{struct.double}")]
        public sealed partial record @record
        {
            public required int @event { get; init; }
            public @enum @enum { get; init; }
            public @struct @struct { get; init; } = new();
            public string @string { get; init; } = "";
            public @struct? @null { get; init; }
        }
        [Sweep]
        public sealed partial record @foreach : ISweep<@record>
        {
            [Seeds(2)] public int @event { get; init; }
            [All] public @enum @enum { get; init; }
            [Values(0.5), Axis("struct.double")] public double @double { get; init; }
        }
        """);

    [Fact]
    public void Records_nested_in_types() => Match("NestedTypes", """
        namespace Outer.Inner;
        public static partial class Models
        {
            public partial record struct Family
            {
                public enum Kind { A, B }
                [Experiment("nested-type", Id = "{Kind}_{Seed}")]
                internal sealed partial record Model
                {
                    public Kind Kind { get; init; }
                    public int Seed { get; init; }
                    public async Task<Results> RunAsync(RunContext run) { await Task.Yield(); return new Results { Loss = 1 }; }
                    public sealed partial record Results { [Metric(Goal.Minimize)] public double Loss { get; init; } }
                    private enum Secret { X }
                    [Sweep] internal sealed partial record Kinds : ISweep<Model> { [All] public Kind Kind { get; init; } }
                }
                [Sweep] private sealed partial record Hidden : ISweep<Model> { [Seeds(2)] public int Seed { get; init; } }
            }
        }
        """);

    [Fact]
    public void Positional_and_inherited_properties_and_inputs() => Match("Shapes", """
        public abstract record Common { public required int Seed { get; init; } public virtual double Rate { get; init; } = 0.1; }
        /// <summary>Teacher.</summary>
        /// <param name="Name">What it is called.</param>
        /// <param name="Depth">How deep it is.</param>
        [Experiment("teacher", Id = "teacher/{Name}_{Seed}")]
        [Entrypoint("./train.sh --fast 'two words'", Arguments = ArgumentStyle.Overrides, OptionCase = OptionCase.Snake, Booleans = BooleanStyle.Negatable)]
        public sealed partial record Teacher([property: AllowedValues("a", "b"), StringLength(3)] string Name, int Depth = 2) : Common
        {
            public override double Rate { get; init; } = 0.2;
            public static Teacher Small { get; } = new("a") { Seed = 1 };
        }
        [Experiment("student", Id = "student/{Seed}")]
        [Entrypoint("pkg.module:train_model", Arguments = ArgumentStyle.ConfigFile)]
        public sealed partial record Student
        {
            [Range(0, 100, MaximumIsExclusive = true), DeniedValues(13)] public int Seed { get; init; }
            [Length(1, 3)] public ImmutableArray<int> Layers { get; init; } = [1];
            [RegularExpression("[a-z]+"), MinLength(1), MaxLength(9)] public string? Tag { get; init; }
            [Range(typeof(TimeSpan), "00:00:01", "01:00:00")] public TimeSpan Time { get; init; } = TimeSpan.FromMinutes(1);
            [Input] public Teacher? Teacher { get; init; }
            [Input] public Teacher Other => Teacher ?? Teacher.Small;
        }
        """);

    private static void Match(string name, string source) => Snapshot.Match(name, Compiled.From(source));
}
