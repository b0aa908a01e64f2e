using Experiments.Generators.Tests.Harness;

namespace Experiments.Generators.Tests.Analyzers;

/// <summary>Declarations whose code could not be right are refused where they stand.</summary>
public class DeclarationTests
{
    [Fact]
    public async Task Names_that_are_no_portable_paths_are_refused_with_the_reason()
    {
        var diagnostics = await Analyzed.VerifyAsync("""
            namespace A { [Experiment({|EXP1008:"con"|}), Entrypoint("train.py")] public sealed partial record E; }
            namespace B { [Experiment({|EXP1008:"train."|}), Entrypoint("train.py")] public sealed partial record E; }
            namespace C { [Experiment({|EXP1008:"train\n"|}), Entrypoint("train.py")] public sealed partial record E; }
            namespace D { [Experiment({|EXP1008:"Train"|}), Entrypoint("train.py")] public sealed partial record E; }
            """);
        Assert.Equal(
            ["`con`: `con` is a reserved name on Windows", "`train.`: the segment `train.` begins or ends with a dot", "`train\\n`: the character U+000A is not portable", "`Train`"],
            diagnostics.Select(d => Analyzed.Message(d).Split("got ")[1]));
    }

    [Fact]
    public async Task Axes_whose_values_would_become_others_are_refused()
    {
        var diagnostics = await Analyzed.VerifyAsync("""
            [Experiment("train", Id = "{A}_{B}_{C}"), Entrypoint("train.py")] public sealed partial record Train { public int A { get; init; } public double B { get; init; } public string C { get; init; } = "x"; }
            namespace Cut { [Sweep] public sealed partial record S : ISweep<Train> { [{|EXP3002:Linspace(0, 4999, 10000)|}] public int A { get; init; } } }
            namespace CutAgain { [Sweep] public sealed partial record S : ISweep<Train> { [{|EXP3002:LogSpace(1, 1000000, 301)|}] public int A { get; init; } } }
            namespace Widened { [Sweep] public sealed partial record S : ISweep<Train> { [Values(0.1f, 0.2f)] public float {|EXP3002:B|} { get; init; } } }
            namespace Texts { [Sweep] public sealed partial record S : ISweep<Train> { [ValuesFrom({|EXP3002:nameof(Bs)|})] public double B { get; init; } public string[] Bs => ["1"]; } }
            namespace Maybe { [Sweep] public sealed partial record S : ISweep<Train> { [ValuesFrom({|EXP3002:nameof(Cs)|}, Zip = "z")] public string C { get; init; } = ""; public List<string?> Cs => [null]; [Seeds(1, Zip = "z")] public int A { get; init; } } }
            namespace Single { [Sweep] public sealed partial record S : ISweep<Train> { [ValuesFrom({|EXP3002:nameof(As)|})] public int A { get; init; } public int As => 1; } }
            """);
        Assert.Equal(["0.499949994999", "1.04712854805", "float", "string[]", "List<string?>", "int"], diagnostics.Select(d => Analyzed.Message(d).Split("got `")[1].TrimEnd('`')));
    }

    [Fact]
    public async Task A_sweep_of_nothing_but_axes_is_a_target_and_one_with_parameters_is_said_to_be_none()
    {
        const string Train = """[Experiment("train", Id = "{A}_{B}"), Entrypoint("train.py")] public sealed partial record Train { public int A { get; init; } public double B { get; init; } }""";
        Assert.Equal("Both:1_0.5 2_0.5 Positional:1_3 2_3 Required:0_0.5 1_0.5", Compiled.Run<string>(Train + """
            [Sweep] public sealed partial record Required : ISweep<Train> { [Seeds(2)] public required int A { get; init; } [Values(0.5)] public required double B { get; init; } }
            [Sweep] public sealed partial record Positional([property: Values(1, 2)] int A, int More = 3) : ISweep<Train> { public Train Base => new() { B = More }; }
            [Sweep] public sealed partial record Both([property: Values(1, 2)] int A) : ISweep<Train> { [Values(0.5)] public required double B { get; init; } }
            """, """return string.Join(" ", ExperimentCatalogue.Instance.Sweeps.OrderBy(s => s.Name).Select(s => s.Name + ":" + string.Join(" ", s.Expand([]).Select(r => r.Id)))) + (Both.Points.Count() == 2 && Required.Plan().Runs.Length == 2 ? "" : "!");"""));
        var diagnostics = await Analyzed.VerifyAsync(Train + """
            [Sweep] public sealed partial record {|EXP3022:Around|}(Train Center) : ISweep<Train> { [Values(1, 2)] public required int A { get; init; } public required int Depth { get; init; } public Train Base => Center with { B = Depth }; }
            """);
        Assert.Equal("`Around` needs `Center`, `Depth`, which no axis sets: no command can name it as a target; code can make one and plan or run it", Analyzed.Message(diagnostics[0]));
    }

    [Fact]
    public async Task Records_whose_code_would_not_compile_are_refused()
    {
        var diagnostics = await Analyzed.VerifyAsync("""
            namespace Fixed { [Experiment("a"), Entrypoint("train.py")] public sealed partial record {|EXP1010:P|}(int Seed, double Lr) { public int Seed { get; } = Seed; } }
            namespace Paths
            {
                public sealed record Opt { public double Lr { get; init; } }
                [Experiment("b"), Entrypoint("train.py")] public sealed partial record P { public Opt O { get; init; } = new(); [JsonPropertyName("o.lr")] public double {|EXP1009:Flat|} { get; init; } }
            }
            public static partial class Outer { [Experiment("c"), Entrypoint("train.py")] private sealed partial record {|EXP1010:Hidden|}; }
            """);
        Assert.Equal("expected properties to have different names outside C#, got `o.lr` for `O.Lr` and `Flat`", Analyzed.Message(diagnostics[1]));
    }
}
