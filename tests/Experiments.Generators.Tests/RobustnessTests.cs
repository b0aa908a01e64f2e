using System.Globalization;
using Experiments.Generators.Models;
using Experiments.Generators.Tests.Harness;
using Microsoft.CodeAnalysis.CSharp;

namespace Experiments.Generators.Tests;

/// <summary>The generator never throws, whatever is in the editor, and emits what it can.</summary>
public sealed class RobustnessTests
{
    public static TheoryData<string> Wrong =>
    [
        "[Experiment] public partial record E;",
        "[Experiment(null)] public partial record E;",
        "[Experiment(\"\")] public partial record E;",
        "[Experiment(\"A b\")] public partial record E;",
        "[Experiment(\"e\")] public record E;",
        "[Experiment(\"e\")] public partial class E;",
        "[Experiment(\"e\")] public partial record struct E;",
        "[Experiment(\"e\")] public partial record E<T>;",
        "[Experiment(\"e\")] file partial record E;",
        "[Experiment(\"e\")] public abstract partial record E;",
        "[Experiment(\"e\")] public partial record E { private E(int x) { } }",
        "[Experiment(\"e\")] public partial record E; [Experiment(\"e\")] public partial record E;",
        "[Experiment(\"e\")] public partial record E { } [Experiment(\"f\")] public partial record F : E { }",
        "[Experiment(\"e\", Id = \"{\")] public partial record E;",
        "[Experiment(\"e\", Id = \"}\")] public partial record E;",
        "[Experiment(\"e\", Id = \"{}/{a}/{A.B.C}/{A:}/{A?}/{?}/{:}/{hash:99}/{hash:x}\")] public partial record E { public int A { get; init; } }",
        "[Experiment(\"e\", Id = \"../{A}\")] public partial record E { public int A { get; init; } }",
        "[Experiment(\"e\", Id = \"{A:%}{B:q}\")] public partial record E { public int A { get; init; } public TimeSpan B { get; init; } }",
        "[Experiment(\"e\")] public partial record E { public object A { get; init; } = 1; public E? Self { get; init; } public Missing B { get; init; } public List<int> C { get; set; } }",
        "[Experiment(\"e\")] public partial record E { public Node Node { get; init; } } public record Node(Node? Next);",
        "[Experiment(\"e\")] public partial record E { public int A { get; init; } public int a { get; init; } [JsonPropertyName(\"a\")] public int B { get; init; } }",
        "[Experiment(\"e\")] public partial record E { [Range(\"x\", 3)] public int A { get; init; } [Range(typeof(int), null, \"q\")] public int B { get; init; } [Range(5, 1)] public byte C { get; init; } [Range(-1e300, 1e300)] public int D { get; init; } }",
        "[Experiment(\"e\")] public partial record E { public int Id { get; init; } public string Help() => \"\"; public class RunId; public int Generated { get; init; } }",
        "[Experiment(\"e\")] [Timeout(null)] [Gpu] [Retry(\"x\")] [Entrypoint(null)] public partial record E;",
        "[Experiment(\"e\")] [Entrypoint(\"'open\\\\\")] [Timeout(\"soon\")] public partial record E;",
        "[Experiment(\"e\")] public partial record E { public record Results { [Metric(Goal.Maximize)] public string A { get; init; } } }",
        "[Experiment(\"e\")] public partial record E { [Input] public int A => 1; [Input] public string B { get; init; } }",
        "[Sweep] public partial record S;",
        "[Sweep] public partial record S : ISweep<string> { [Seeds(1)] public int A { get; init; } }",
        "[Sweep] public partial record S : ISweep<Missing> { }",
        Samples.Minimal + "[Sweep] public partial record S : ISweep<Minimal>;",
        Samples.Minimal + "[Sweep] public partial record S : ISweep<Minimal> { [Seeds] public int Seed { get; init; } }",
        Samples.Minimal + "[Sweep] public partial record S : ISweep<Minimal> { [Seeds(-1)] public int Seed { get; init; } }",
        Samples.Minimal + "[Sweep] public partial record S : ISweep<Minimal> { [Seeds(int.MaxValue)] public int Seed { get; init; } [Repeats(int.MaxValue), Axis(\"Seed\")] public int B { get; init; } [Repeats(int.MaxValue), Axis(\"Seed\")] public int C { get; init; } }",
        Samples.Minimal + "[Sweep] public partial record S : ISweep<Minimal> { [Values] public int Seed { get; init; } }",
        Samples.Minimal + "[Sweep] public partial record S : ISweep<Minimal> { [Values(null)] public int Seed { get; init; } }",
        Samples.Minimal + "[Sweep] public partial record S : ISweep<Minimal> { [Values(1, )] public int Seed { get; init; } }",
        Samples.Minimal + "[Sweep] public partial record S : ISweep<Minimal> { [Values(1, Foo)] public int Seed { get; init; } }",
        Samples.Minimal + "[Sweep] public partial record S : ISweep<Minimal> { [Linspace(1, Foo, )] public int Seed { get; init; } [Seeds(2)] public int Seed { get; init; } [ValuesFrom(Foo)] public int B { get; init; } [ValuesFrom(nameof(Cs))] public int C { get; init; } public Missing Cs => 1; }",
        "[Experiment(\"con\")] public partial record E;",
        "[Experiment(\"train.\")] public partial record E;",
        "[Experiment(\"train\\n\")] public partial record E;",
        "[Experiment(\"e\")] public partial record E(int Seed, double Lr) { public int Seed { get; } = Seed; }",
        Samples.Minimal + "[Sweep] public partial record S : ISweep<Minimal> { [Values(\"x\", 1.5, true, typeof(int), new[] { 1 })] public int Seed { get; init; } }",
        Samples.Minimal + "[Sweep] public partial record S : ISweep<Minimal> { [Values(1)] [Seeds(2)] public int Seed { get; } }",
        Samples.Minimal + "[Sweep] public partial record S : ISweep<Minimal> { [Axis(\"a..b\")] [Seeds(2)] public int Seed { get; init; } [Axis(null)] [Seeds(2)] public int B { get; init; } }",
        Samples.Minimal + "[Sweep] public partial record S : ISweep<Minimal> { [Linspace(double.NaN, double.PositiveInfinity, 5)] public int Seed { get; init; } }",
        Samples.Minimal + "[Sweep] public partial record S : ISweep<Minimal> { [LogSpace(0, -1, 5)] public int Seed { get; init; } }",
        Samples.Minimal + "[Sweep(Samples = -1)] public partial record S : ISweep<Minimal> { [Uniform(5, 1)] public int Seed { get; init; } }",
        Samples.Minimal + "[Sweep] public partial record S : ISweep<Minimal> { [Seeds(2)] public int Seed { get; init; } public bool Include => Seed / 0 > 1 || Seed is { } x; }",
        Samples.Minimal + "[Sweep] public partial record S : ISweep<Minimal> { [ValuesFrom(null)] public int Seed { get; init; } public int Include => 1; public string Priority => \"\"; public int Base => 1; }",
    ];

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Wrong_declarations_are_passed_over(string source) => Generate(source);

    [Fact]
    public void Half_written_declarations_are_passed_over()
    {
        var source = Design.Source + Samples.Nested;
        for (var length = 0; length < source.Length; length += 61)
        {
            Generate(source[..length]);
            Generate(source[length..]);
        }
    }

    [Fact]
    public void A_failure_is_said_with_its_record_and_place_and_costs_no_other_record()
    {
        var attempt = Attempt<string>.At("Lab.Train", static () => throw new InvalidOperationException("no reader"));
        Assert.Null(attempt.Result);
        Assert.StartsWith("InvalidOperationException `no reader` at ", attempt.Failure, StringComparison.Ordinal);
        Assert.Equal(new Attempt<string>("Lab.Train", "text", null), Attempt<string>.At("Lab.Train", static () => "text"));
        Assert.Throws<OperationCanceledException>(() => Attempt<string>.At("Lab.Train", static () => throw new OperationCanceledException()));
    }

    [Fact]
    public void Older_C_sharp_is_said_once_and_gets_no_generated_code()
    {
        var old = new CSharpParseOptions(LanguageVersion.CSharp12);
        var compilation = Compiled.Compilation(Design.Source);
        compilation = compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(compilation.SyntaxTrees.Select(tree => tree.WithRootAndOptions(tree.GetRoot(), old)));
        var result = Compiled.Driver().WithUpdatedParseOptions(old).RunGenerators(compilation).GetRunResult();
        Assert.Equal("expected the project to be compiled as C# 13 or newer, got C# 12.0: remove its `LangVersion`, or raise it", Assert.Single(result.Diagnostics).GetMessage(CultureInfo.InvariantCulture));
        Assert.Empty(result.GeneratedTrees);
    }

    [Fact]
    public void An_experiment_with_a_wrong_template_still_has_its_members() => Assert.Empty(Compiled.From(
        "[Experiment(\"e\", Id = \"{Sed}\")] public sealed partial record E { public int Seed { get; init; } public string Text => Id + Help + Parse([]).ToJson(); }").Problems);

    [Fact]
    public void Obsolete_properties_do_not_warn_in_generated_code() => Assert.Empty(Compiled.From(
        "[Experiment(\"e\", Id = \"{Old}\")] public sealed partial record E { [Obsolete(\"use New\")] public int Old { get; init; } public int New { get; init; } }").Problems);

    [Fact]
    public void Types_that_differ_only_in_case_have_files_of_their_own() => Assert.Equal("model Model", Compiled.Run<string>(
        "namespace N { [Experiment(\"a\")] public sealed partial record model; [Experiment(\"b\")] public sealed partial record Model; }".Replace("model;", "model { }", StringComparison.Ordinal),
        "return string.Join(\" \", ExperimentCatalogue.Instance.Experiments.OrderBy(e => e.Name).Select(e => e.TypeName));"));

    [Fact]
    public void Mandatory_records_and_inputs_do_not_hinder_help() => Assert.Contains("--teacher JSON", Compiled.Run<string>(
        Samples.Minimal + """
            public sealed record Inner { public required string Name { get; init; } public ImmutableList<int> Items { get; init; } = null!; }
            [Experiment("e")] public sealed partial record E { [Input] public required Minimal Teacher { get; init; } public required Inner Inner { get; init; } public Inner? Other { get; init; } }
            """, "return E.Help;"), StringComparison.Ordinal);

    [Fact]
    public void A_library_has_no_entry_point_and_neither_has_a_program_without_the_command_line()
    {
        Assert.DoesNotContain(Compiled.From(Samples.Minimal).Files, f => f.Name == "ExperimentEntryPoint.g.cs");
        Assert.DoesNotContain(Compiled.From(Samples.Minimal, Microsoft.CodeAnalysis.OutputKind.ConsoleApplication).Files, f => f.Name == "ExperimentEntryPoint.g.cs");
    }

    [Fact]
    public void A_program_without_an_entry_point_gets_one()
    {
        const string Program = "namespace Experiments { public static class ExperimentProgram { public static Task<int> RunAsync(string[] args, Catalogue catalogue) => Task.FromResult(catalogue.Experiments.Length); } }";
        var compiled = Compiled.From(Samples.Minimal + Program, Microsoft.CodeAnalysis.OutputKind.ConsoleApplication);
        Assert.Empty(compiled.Problems);
        Assert.Equal("Experiments.ExperimentEntryPoint", compiled.Output.GetEntryPoint(default)!.ContainingType.ToDisplayString());
        var own = Compiled.From(Samples.Minimal + Program + "public static class Mine { public static void Main() { } }", Microsoft.CodeAnalysis.OutputKind.ConsoleApplication);
        Assert.Empty(own.Problems);
        Assert.DoesNotContain(own.Files, f => f.Name == "ExperimentEntryPoint.g.cs");
    }

    private static void Generate(string source)
    {
        var result = Compiled.Driver().RunGenerators(Compiled.Compilation(source)).GetRunResult();
        Assert.All(result.Results, r => Assert.Null(r.Exception));
        Assert.Empty(result.Diagnostics);
        // What is emitted is at least C#.
        Assert.All(result.GeneratedTrees, tree => Assert.Empty(tree.GetDiagnostics()));
    }
}
