using Experiments.Generators.Tests.Harness;

namespace Experiments.Generators.Tests;

/// <summary>What hovering over a sweep says.</summary>
public sealed class SweepProofTests
{
    private const string Experiment = """
        public enum Size { Small, Medium, Large }
        [Experiment("model", Id = "{Size}{Deep?_deep}_{Rate}_{Seed}_{Name}_{hash:4}")]
        public sealed partial record Model
        {
            public Size Size { get; init; } public bool Deep { get; init; } public double Rate { get; init; } public int Seed { get; init; } public string? Name { get; init; }
        }

        """;

    /// <summary>Conditions on the axes, and how many of the 36 points they include.</summary>
    private static readonly (string Include, int Runs)[] _simple =
    [
        ("true", 36),
        ("!(Size == Size.Small && Deep)", 30),
        ("Size != Size.Large || Seed < 2", 32),
        ("Size is Size.Small or Size.Medium and not Size.Small", 24),
        ("Seed is >= 1 and <= 1", 12),
        ("Rate == 0.5 && this.Seed > 0", 12),
        ("Rate > 0.1 == Deep", 18),
        ("Seed % 2 == 0 ? Deep : !Deep", 18),
        ("Seed + 1 >= 2 * 1", 24),
        ("-Seed / 2 == 0", 24),
        ("Size == global::Size.Small", 12),
        ("Name == \"a\" && Name is not null", 36),
        ("((Deep))", 18),
    ];

    [Fact]
    public void What_a_simple_include_leaves_out_is_counted_and_the_program_agrees()
    {
        var source = Experiment + string.Join('\n', _simple.Select((s, i) => Sweep($"public bool Include => {s.Include};", $"S{i}")));
        var counts = Compiled.Run<string>(source, """return string.Join(" ", ExperimentCatalogue.Instance.Sweeps.OrderBy(s => int.Parse(s.Name[1..])).Select(s => s.Expand([]).Count()));""");
        Assert.Equal(string.Join(' ', _simple.Select(s => s.Runs)), counts);
        var compiled = Compiled.From(source);
        Assert.All(_simple.Select((s, i) => (s.Runs, Proof: Proof(compiled, $"S{i}"))), s =>
            Assert.Contains(s.Runs == 36 ? "36 runs of " : $"{s.Runs} runs of <see cref=\"global::Model\"/> (36 points, less {36 - s.Runs} that <c>Include</c> leaves out)", s.Proof, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("public bool Include => Name!.Length > 0;")]
    [InlineData("public bool Include => Check(); private bool Check() => true;")]
    [InlineData("public bool Include { get { if (Deep) return true; return false; } }")]
    [InlineData("public bool Include => Extra > 1; public int Extra { get; init; }")]
    public void What_only_the_program_knows_is_said_to_be_so(string include) => Assert.Contains("At most 36 runs of", Proof(Experiment + Sweep(include)), StringComparison.Ordinal);

    [Fact]
    public void The_first_ids_are_shown_as_far_as_they_are_known() => Assert.Equal(
        "<summary>30 runs of <see cref=\"global::Model\"/> (36 points, less 6 that <c>Include</c> leaves out): Size (3) × Deep (2) × Rate (2) × Seed (3) × Name (1). First: <c>small_0.1_0_a_{hash}</c>, <c>small_0.1_1_a_{hash}</c>, <c>small_0.1_2_a_{hash}</c>, …</summary>",
        Proof(Experiment + Sweep("public bool Include => !(Size == Size.Small && Deep);")));

    [Theory]
    [InlineData("[Budget(100)]", " Estimated: 45 GPU-hours of a budget of 100. First:")]
    [InlineData("", " Estimated: 45 GPU-hours. First:")]
    public void The_cost_is_shown_where_it_is_estimated(string budget, string cost) => Assert.Contains(cost, Proof(
        Experiment.Replace("[Experiment(", "[Gpu(2), Estimate(\"45m\")] [Experiment(", StringComparison.Ordinal)
        + Sweep("public bool Include => !(Size == Size.Small && Deep);").Replace("[Sweep]", "[Sweep] " + budget, StringComparison.Ordinal)), StringComparison.Ordinal);

    [Fact]
    public void Documentation_of_the_user_is_kept_and_the_proof_becomes_a_remark()
    {
        Assert.StartsWith("<remarks>3 runs", Proof(Experiment + "/// <summary>Mine.</summary>\n[Sweep] public sealed partial record S : ISweep<Model> { [Seeds(3)] public int Seed { get; init; } }"), StringComparison.Ordinal);
        Assert.DoesNotContain("runs of", Proof(Experiment + "/// <summary>Mine.</summary>\n/// <remarks>Mine too.</remarks>\n[Sweep] public sealed partial record S : ISweep<Model> { [Seeds(3)] public int Seed { get; init; } }"), StringComparison.Ordinal);
    }

    [Fact]
    public void Summaries_reach_help_and_catalogue_though_the_project_writes_no_documentation() => Assert.Equal("Mine, of Model and more.", Compiled.Run<string>(
        Experiment + "/// <summary>\n/// Mine, of <see cref=\"Model\"/> and\n/// more.\n/// </summary>\n[Sweep] public sealed partial record S : ISweep<Model> { [Seeds(3)] public int Seed { get; init; } }",
        "return S.Sweep.Summary;"));

    [Fact]
    public void First_ids_have_the_names_that_runs_are_identified_by() => Assert.Contains("First: <c>old</c>, <c>other</c>.", Proof("""
        public enum Kind { [FormerName("old")] New, Other }
        [Experiment("e", Id = "{Kind}")] public sealed partial record E { public Kind Kind { get; init; } }
        [Sweep] public sealed partial record S : ISweep<E> { [All] public Kind Kind { get; init; } }
        """), StringComparison.Ordinal);

    private static string Sweep(string include, string name = "S") => $$"""
        [Sweep]
        public sealed partial record {{name}} : ISweep<Model>
        {
            [All] public Size Size { get; init; }
            [All] public bool Deep { get; init; }
            [Values(0.1, 0.5)] public double Rate { get; init; }
            [Seeds(3)] public int Seed { get; init; }
            [Values("a")] public string? Name { get; init; }
            {{include}}
        }
        """;

    private static string Proof(string source) => Proof(Compiled.From(source), "S");

    /// <summary>The documentation line on the generated part of a sweep.</summary>
    private static string Proof(Compiled compiled, string sweep)
    {
        var lines = compiled.Files.Single(f => f.Name == $"{sweep}.Sweep.g.cs").Text.Split('\n');
        return lines[Array.FindIndex(lines, l => l.StartsWith("partial record", StringComparison.Ordinal)) - 1].Replace("/// ", "", StringComparison.Ordinal);
    }
}
