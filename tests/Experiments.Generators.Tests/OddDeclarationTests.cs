using Experiments.Generators.Tests.Harness;

namespace Experiments.Generators.Tests;

/// <summary>Declarations that are unusual and legal: their generated code compiles without a warning, and works.</summary>
public sealed class OddDeclarationTests
{
    // One program for all of them: compiling is what takes time.
    private const string Declarations = """
        namespace Halves
        {
            public sealed record Opt { public double? Lr { get; init; } public double? Scale { get; init; } }
            public sealed record Sch { public double? Lr { get; init; } public double? Gamma { get; init; } public int? OptLr { get; init; } }
            [Experiment("halves", Id = "lr{Opt.Scale}_g{Sch.Gamma}_{hash:8}")]
            public sealed partial record Split { public Opt Opt { get; init; } = new(); public Sch Sch { get; init; } = new(); public double? Lr { get; init; } }
        }

        namespace Locals
        {
            public sealed record Inner { public required string Name { get; init; } }
            [Experiment("locals", Id = "{I}_{Json}_{Text}_{hash}")]
            public sealed partial record Named
            {
                public int? Config { get; init; } = 1; public string? Json { get; init; } public int? I { get; init; } public ImmutableArray<int?> Layers { get; init; } = [1, null]; public int? LayersItem { get; init; }
                public ImmutableList<string?> Words { get; init; } = ["a", null]; public int? Text { get; init; } public double? Or { get; init; } public bool? When { get; init; }
                public required Inner Mistakes { get; init; } public required Inner Prefix { get; init; } [Range(0, 5)] public int? ConfigValue { get; init; } [Range(0, 5)] public int? Configuration { get; init; }
                [JsonPropertyName("upper")] public int? Lr { get; init; } [JsonPropertyName("lower")] public int? lr { get; init; }
            }
            [Sweep] public sealed partial record Names : ISweep<Named>
            {
                [Values(1, 2, Zip = "z")] public int? Lr { get; init; } [Values(3, 4, Zip = "z")] public int? lr { get; init; } [Values(5), Axis("I")] public int? LrIndex { get; init; }
                public Named Base => new() { Mistakes = new() { Name = "a" }, Prefix = new() { Name = "b" } };
            }
        }

        namespace Generic
        {
            public record Sched<T> where T : struct { public T Warmup { get; init; } public double Gamma { get; init; } = 0.5; public Mode Mode { get; init; } }
            public enum Mode { Plain, Cosine }
            public abstract record Trained<T> { public T? Extra { get; init; } public int Seed { get; init; } }
            [Experiment("generic", Id = "{A.Warmup}_{B.Warmup}_{Seed}_{Extra}")]
            public sealed partial record Generics : Trained<string> { public Sched<int> A { get; init; } = new(); public Sched<double> B { get; init; } = new(); public Sched<int>? C { get; init; } }
            [Sweep] public sealed partial record Seeds : ISweep<Generics> { [Seeds(2)] public int Seed { get; init; } [Values(0.5, 1.5), Axis("B.Warmup")] public double Warmup { get; init; } }
        }

        namespace Zipped
        {
            [Experiment("zipped", Id = "{A}_{B}_{C}_{D}")] public sealed partial record Four { public int A { get; init; } public double B { get; init; } public string C { get; init; } = ""; public long D { get; init; } }
            [Sweep] public sealed partial record All : ISweep<Four>
            {
                [ValuesFrom(nameof(As), Zip = "z")] public int A { get; init; } public int[] As => [1, 2];
                [ValuesFrom(nameof(Bs), Zip = "z")] public double B { get; init; } public ImmutableArray<int> Bs => [3, 4];
                [ValuesFrom(nameof(Cs), Zip = "z")] public string C { get; init; } = ""; public IEnumerable<string> Cs => "x y".Split(' ').Where(c => c.Length > 0);
                [Seeds(2, Zip = "z")] public long D { get; init; }
            }
        }

        namespace Whole
        {
            [Experiment("whole", Id = "{A}")] public sealed partial record Whole { public int A { get; init; } }
            [Sweep] public sealed partial record Long : ISweep<Whole> { [Linspace(1, 5000, 5000)] public int A { get; init; } }
            [Sweep] public sealed partial record Down : ISweep<Whole> { [Steps(3000, 3, -3)] public int A { get; init; } }
        }

        namespace Documented
        {
            public record Adam { /// <summary>Of the base.</summary>
                public virtual double Rate { get; init; } = 1; }
            [Experiment("documented")] public sealed partial record Told : Adam
            {
                /// <summary>One <c>a</c> <see langword="null"/> <see cref="Adam"/>
                /// more.</summary>
                [Range(0.1, 0.2, MinimumIsExclusive = true)] public double A { get; init; } = 0.2;
                /// <inheritdoc cref="A"/>
                [Range(0, 9, MinimumIsExclusive = true, MaximumIsExclusive = true)] public int B { get; init; } = 1;
                /// <inheritdoc/>
                [Range(0, 9, MaximumIsExclusive = true)] public override double Rate { get; init; } = 1;
                /// <inheritdoc cref="D"/>
                public int C { get; init; }
                /// <inheritdoc cref="Told.C"/>
                public int D { get; init; }
            }
        }

        namespace Oblivious
        {
        #nullable disable
            public sealed record Opt { public string Kind { get; init; } public double Lr { get; init; } = 0.1; public Opt2 Given { get; init; } = new(3); }
            public sealed record Opt2(int Depth);
            [Experiment("teacher", Id = "teacher_{A}")] public sealed partial record Teacher { public int A { get; init; } }
            [Experiment("oblivious", Id = "{Name}_{Opt.Lr}_{Opt.Given.Depth}")]
            public sealed partial record Old
            {
                public string Name { get; init; } public Opt Opt { get; init; } public Opt2 Mine { get; init; } = new(4); public ImmutableList<string> Words { get; init; } public IReadOnlyList<string> More { get; init; }
                [Input] public Teacher Up { get; init; } [Input] public Teacher Computed => null;
                public sealed partial record Results { [Metric(Goal.Maximize)] public double Accuracy { get; init; } [Artifact("model.pt")] public Artifact Model { get; init; } }
            }
            [Sweep] public sealed partial record Rates : ISweep<Old> { [Values("a", "b")] public string Name { get; init; } [Values(0.5, 1), Axis("Opt.Lr")] public double Lr { get; init; } [Values(3, 4), Axis("Mine.Depth")] public int Depth { get; init; } }
            [Sweep] public sealed partial record Computed : ISweep<Old> { [ValuesFrom(nameof(Names))] public string Name { get; init; } public List<string> Names => ["c"]; public Old Base => new() { Opt = new() { Lr = 7 } }; public bool Include => Name != null; }
        #nullable restore
        }

        """;

    private static string Answer(string question) => Compiled.Run<string>(Declarations, """
        static string Ids(string sweep) { var runs = Sweep(sweep).Expand([]).Select(r => r.Id).ToList(); var seen = new List<string>(); Sweep(sweep).VisitIds((id, _) => seen.Add(System.Text.Encoding.UTF8.GetString(id))); return runs.SequenceEqual(seen) ? string.Join(" ", runs) : "walks differ"; }
        static SweepType Sweep(string name) => ExperimentCatalogue.Instance.Sweeps.Single(s => s.Name == name);
        switch (args[0])
        {
            case "Names": return string.Join(" ", Sweep("Names").Expand([]).Select(r => r.Id[..12]));
            case "halves": return new Halves.Split { Sch = new() { Gamma = 0.5 } }.Id.ToString()[..^8];
            case "locals":
                var named = new Locals.Named { I = 7, Json = "x", Mistakes = new() { Name = "a" }, Prefix = new() { Name = "b" } };
                return $"{named.Id.ToString()[..9]} {Locals.Named.Read(System.Text.Encoding.UTF8.GetBytes(named.ToJson())).ToJson() == named.ToJson()} {named.ToJson().Contains("\"words\":[\"a\",null]")} {named.Validate().Count}";
            case "generic": return new Generic.Generics { C = new() { Warmup = 4 } }.ToJson() + " " + Generic.Generics.Parse(["--a.warmup", "3", "c.mode=cosine"]).ToJson() + " " + Ids("Seeds");
            case "documented": return string.Join("|", Documented.Told.Help.Split('\n').Where(l => l.StartsWith("  --")).Select(l => l.Split("NUMBER")[^1].Split("INTEGER")[^1].Trim()));
            case "down": return Whole.Down.Count + " " + string.Join(" ", Whole.Down.Points.Take(2).Select(p => p.A)) + " " + Whole.Down.Points.Last().A;
            case "long": return Whole.Long.Points.Select(p => p.A).Distinct().Count() + " " + Whole.Long.Count;
            case "oblivious": return new Oblivious.Old().ToJson() + " " + new Oblivious.Old().Validate().Count;
            default: return Ids(args[0]);
        }
        """, question);

    [Theory]
    [InlineData("halves", "lrnull_g0.5_")]
    [InlineData("locals", "7_x_null_ True True 0")]
    [InlineData("Names", "5_null_null_ 5_null_null_")]
    [InlineData("generic", """{"a":{"gamma":0.5,"mode":"plain","warmup":0},"b":{"gamma":0.5,"mode":"plain","warmup":0},"c":{"gamma":0.5,"mode":"plain","warmup":4},"extra":null,"seed":0} {"a":{"gamma":0.5,"mode":"plain","warmup":3},"b":{"gamma":0.5,"mode":"plain","warmup":0},"c":{"gamma":0.5,"mode":"cosine","warmup":0},"extra":null,"seed":0} 0_0.5_0_null 0_1.5_0_null 0_0.5_1_null 0_1.5_1_null""")]
    [InlineData("documented", "One a null Adam more; above 0.1 and 0.2 or less; default 0.2|One a null Adam more; above 0 and below 9; default 1|Of the base; 0.0 or more and below 9.0; default 1|default 0|default 0")]
    [InlineData("All", "1_3_x_0 2_4_y_1")]
    [InlineData("long", "5000 5000")]
    [InlineData("down", "1000 3000 2997 3")]
    [InlineData("oblivious", """{"mine":{"depth":4},"more":null,"name":null,"opt":null,"up":null,"words":null} 0""")]
    [InlineData("Rates", "a_0.5_3 a_0.5_3 a_1_3 a_1_3 b_0.5_3 b_0.5_3 b_1_3 b_1_3")]
    [InlineData("Computed", "c_7_3")]
    public void Odd_declarations_work(string what, string expected) => Assert.Equal(expected, Answer(what));
}
