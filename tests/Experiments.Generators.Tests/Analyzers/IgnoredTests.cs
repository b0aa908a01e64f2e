using Experiments.CodeFixes;
using Experiments.Generators.Tests.Harness;

namespace Experiments.Generators.Tests.Analyzers;

/// <summary>What compiles and would be passed over in silence is said; what is read, by whichever way, is left alone.</summary>
public sealed class IgnoredTests
{
    private const string Train = """
        [Experiment("train", Id = "{LearningRate}_s{Seed}")] [Entrypoint("train.py")]
        public sealed partial record Train { public double LearningRate { get; init; } = 0.1; public int Seed { get; init; } }

        """;

    [Theory]
    [InlineData("[{|EXP1018:Values(1, 2)|}] public int A { get; init; }")]
    [InlineData("[{|EXP1018:Experiments.SeedsAttribute(3)|}] public int A { get; init; }")]
    [InlineData("[{|EXP1018:Axis(\"A\")|}] public int A { get; init; }")]
    [InlineData("[{|EXP1018:Metric(Goal.Maximize)|}] public double A { get; init; }")]
    [InlineData("public int A { get; init; } public sealed partial record Result { [{|EXP1018:Metric(Goal.Maximize)|}] public double Accuracy { get; init; } }")]
    public Task Attributes_in_an_experiment_that_belong_elsewhere_are_marked(string members) => Analyzed.VerifyAsync(
        $$"""[Experiment("train", Id = "{hash}")] [Entrypoint("train.py")] public sealed partial record Train { {{members}} }""");

    [Theory]
    [InlineData("[{|EXP1018:Gpu(2)|}] public abstract record Options;")]
    [InlineData("[{|EXP1018:Retry(3)|}, {|EXP1018:Timeout(\"1h\")|}] public sealed record Options;")]
    [InlineData("[Sweep, {|EXP1018:Gpu(2)|}] public sealed partial record Runs : ISweep<Train> { [Seeds(3)] public int Seed { get; init; } }")]
    public Task Attributes_of_experiments_on_other_records_are_marked(string source) => Analyzed.VerifyAsync(Train + source);

    [Fact]
    public Task Attributes_of_that_name_from_elsewhere_are_left_alone() => Analyzed.VerifyAsync("""
        namespace Other;
        public sealed class ValuesAttribute(params int[] values) : Attribute { public int[] Given => values; }
        public sealed class MetricAttribute : Attribute;
        public sealed class Table { [Values(1, 2)] public int Column { get; init; } [Metric] public int Row { get; init; } }
        """);

    [Fact]
    public Task Attributes_where_they_belong_are_left_alone() => Analyzed.VerifyAsync("""
        [Experiment("train", Id = "s{Seed}"), Entrypoint("train.py"), Gpu(1), Retry(2), Timeout("1h"), Estimate("30m"), Stall("10m")]
        public sealed partial record Train
        {
            public int Seed { get; init; }
            public sealed partial record Results { [Metric(Goal.Maximize)] public double Accuracy { get; init; } [Artifact("model.pt")] public Artifact Model { get; init; } }
        }
        [Sweep] public sealed partial record Runs([property: Seeds(3)] int Seed) : ISweep<Train>;
        """);

    [Theory]
    [InlineData("[{|EXP1019:Range(1, 2)|}] public string A { get; init; } = \"\";")]
    [InlineData("[{|EXP1019:Length(1, 2)|}] public int A { get; init; }")]
    [InlineData("[{|EXP1019:MaxLength(2)|}] public bool A { get; init; }")]
    [InlineData("[{|EXP1019:RegularExpression(\"a\")|}] public int A { get; init; }")]
    [InlineData("[{|EXP1019:AllowedValues(\"a\", \"b\")|}] public int A { get; init; }")]
    [InlineData("[{|EXP1019:AllowedValues(1, \"b\")|}] public int A { get; init; } = 1;")]
    [InlineData("[{|EXP1019:EmailAddress|}] public string A { get; init; } = \"\"; [{|EXP1019:Required|}] public string B { get; init; } = \"\"; [{|EXP1019:Even|}] public int C { get; init; } private sealed class EvenAttribute : ValidationAttribute;")]
    [InlineData("[{|EXP1019:Range(1e10, 1e12)|}] public int A { get; init; } [{|EXP1019:Range(typeof(int), \"1\", \"x\")|}] public int B { get; init; } = 1; [{|EXP1019:Range(0, -1e40)|}] public decimal C { get; init; }")]
    [InlineData("[{|EXP1019:Range(typeof(TimeSpan), \"soon\", \"02:00\")|}] public TimeSpan A { get; init; } [{|EXP1019:Range(1, double.NaN)|}] public double B { get; init; } = 2;")]
    [InlineData("[RegularExpression({|EXP1013:\"[\"|})] public string A { get; init; } = \"\";")]
    public Task Checks_that_check_nothing_are_marked(string member) => Analyzed.VerifyAsync(
        $$"""[Experiment("train", Id = "{hash}")] [Entrypoint("train.py")] public sealed partial record Train { {{member}} }""");

    [Theory]
    [InlineData("[Range(0.5, 2)] public double? A { get; init; }")]
    [InlineData("[Range(typeof(decimal), \"1\", \"2\")] public decimal A { get; init; } = 1;")]
    [InlineData("[Range(typeof(TimeSpan), \"00:01\", \"02:00\")] public TimeSpan A { get; init; } = TimeSpan.FromHours(1);")]
    [InlineData("[Length(1, 2)] public ImmutableArray<int> A { get; init; } = [1];")]
    [InlineData("[AllowedValues(null, \"a\")] public string? A { get; init; }")]
    [InlineData("[DeniedValues(3, 4)] public long A { get; init; }")]
    [InlineData("[RegularExpression(\"[a-z]+\")] public string A { get; init; } = \"a\";")]
    [InlineData("[Range(0, double.PositiveInfinity)] public double A { get; init; } [Range(-5, 1000)] public byte B { get; init; } [Range(0, 1e12)] public int C { get; init; } [Range(typeof(int), \"0.5\", \"1.5\")] public int D { get; init; } = 1;")]
    [InlineData("[Display(Name = \"rate\")] public int A { get; init; }")]
    public Task Checks_that_suit_their_property_are_left_alone(string member) => Analyzed.VerifyAsync(
        $$"""[Experiment("train", Id = "{hash}")] [Entrypoint("train.py")] public sealed partial record Train { {{member}} }""");

    [Theory]
    [InlineData("public double {|EXP3019:LearningRate|} { get; init; } = 0.5;")]
    [InlineData("public bool {|EXP3020:Include|}() => Seed > 0;")]
    [InlineData("public int {|EXP3020:Include|} => Seed;")]
    [InlineData("public static bool {|EXP3020:Include|} => true;")]
    [InlineData("public double {|EXP3020:Priority|} => Seed;")]
    [InlineData("public string {|EXP3020:Base|} => \"\";")]
    [InlineData("public string {|EXP3020:Tags|} => \"a\";")]
    [InlineData("[Axis(\"LearningRate\")] public double {|EXP3019:Rate|} { get; init; } = 0.5;")]
    [InlineData("[Values(0.1, 0.2), {|EXP3009:Linspace(0, 1, 3)|}] public double LearningRate { get; init; }")]
    public Task Members_of_a_sweep_that_decide_nothing_are_marked(string member) => Analyzed.VerifyAsync(
        Train + $$"""[Sweep] public sealed partial record Runs : ISweep<Train> { [Seeds(3)] public int Seed { get; init; } {{member}} }""");

    [Theory]
    [InlineData("public double LearningRate { get; init; } = 0.5; public Train Base => new() { LearningRate = LearningRate };")]
    [InlineData("public double Center { get; init; } = 0.5; public Train Base => new() { LearningRate = Center };")]
    [InlineData("public double LearningRate => 0.5;")]
    [InlineData("public bool Include => Seed > 0; public int Priority => Seed;")]
    [InlineData("bool Include => Seed > 0;")]
    [InlineData("public string[] Tags => [\"a\"];")]
    [InlineData("public IEnumerable<string> Tags => [\"a\"];")]
    [InlineData("public ImmutableArray<string> Tags => [\"a\"];")]
    [InlineData("[Values(0.1, 0.2), Axis(\"LearningRate\")] public double Rate { get; init; }")]
    [InlineData("public static Runs Few => new();")]
    public Task Members_of_a_sweep_that_are_asked_are_left_alone(string member) => Analyzed.VerifyAsync(
        Train + $$"""[Sweep] public sealed partial record Runs : ISweep<Train> { [Seeds(3)] public int Seed { get; init; } {{member}} }""");

    [Fact]
    public Task An_axis_may_have_the_name_of_such_a_member() => Analyzed.VerifyAsync("""
        [Experiment("train", Id = "p{Priority}")] [Entrypoint("train.py")] public sealed partial record Train { public double Priority { get; init; } }
        [Sweep] public sealed partial record Runs : ISweep<Train> { [Values(0.1, 0.2)] public double Priority { get; init; } }
        """);

    [Theory]
    [InlineData("public sealed partial record {|EXP3021:Runs|} : ISweep<Train> { [Seeds(3)] public int Seed { get; init; } }")]
    [InlineData("public sealed record {|EXP3021:Runs|} : ISweep<Train>;")]
    [InlineData("public abstract record Runs : ISweep<Train>;")]
    [InlineData("public interface IRuns : ISweep<Train>;")]
    public Task A_sweep_without_its_attribute_is_marked(string source) => Analyzed.VerifyAsync(Train + source);

    [Theory]
    [InlineData("public sealed partial record {|EXP4005:Train|} { public int Seed { get; init; } }")]
    [InlineData("public sealed partial record Train { public int Seed { get; init; } public void {|EXP4004:RunAsync|}(RunContext run) { } }")]
    [InlineData("public sealed partial record Train { public int Seed { get; init; } public Task {|EXP4004:RunAsync|}() => Task.CompletedTask; }")]
    [InlineData("public sealed partial record Train { public int Seed { get; init; } public static Task {|EXP4004:RunAsync|}(RunContext run) => Task.CompletedTask; }")]
    [InlineData("public sealed partial record Train { public int Seed { get; init; } public Task<int> {|EXP4004:RunAsync|}(RunContext run) => Task.FromResult(1); }")]
    [InlineData("[Entrypoint(\"train.py\")] public sealed partial record Train { public int Seed { get; init; } public Task {|EXP4004:RunAsync|}(RunContext run) => Task.CompletedTask; }")]
    [InlineData("public sealed partial record Train { public int Seed { get; init; } private Task RunAsync(RunContext run) => Task.CompletedTask; }")]
    [InlineData("public sealed partial record Train { public int Seed { get; init; } public Task RunAsync(RunContext run) => RunAsync(); private Task RunAsync() => Task.CompletedTask; }")]
    public Task An_experiment_that_nothing_trains_is_marked(string source) => Analyzed.VerifyAsync("[Experiment(\"train\", Id = \"s{Seed}\")] " + source);

    [Fact]
    public Task Results_that_nothing_keeps_are_marked() => Analyzed.VerifyAsync("""
        [Experiment("train", Id = "s{Seed}"), Entrypoint("train.py")]
        public sealed partial record Train
        {
            public int Seed { get; init; }
            public sealed partial record Results
            {
                [Metric(Goal.Maximize)] public double Accuracy { get; init; }
                public double {|EXP5012:Loss|} { get; init; }
                public double Error => 1 - Accuracy;
                public static Results None => new();
            }
        }
        """);

    [Fact]
    public Task Attributes_that_nothing_reads_are_removed_at_once() => Fixed.VerifyAllAsync(new RemoveAttributeFix(),
        Train.Replace("public int Seed", "[Seeds(3), Values(1, 2)] public int Seed").Replace("public double", "[Linspace(0, 1, 3)] public double"), Train);

    [Fact]
    public Task A_check_that_checks_nothing_is_removed() => Fixed.VerifyAsync(new RemoveAttributeFix(), Train.Replace("public int Seed", "[Length(1, 2)] public int Seed"), Train);

    [Fact]
    public Task A_sweep_gets_its_attribute() => Fixed.VerifyAsync(new AddSweepFix(),
        Train + "/// <summary>Three.</summary>\npublic sealed partial record Runs : ISweep<Train> { [Seeds(3)] public int Seed { get; init; } }",
        Train + "/// <summary>Three.</summary>\n[Sweep] public sealed partial record Runs : ISweep<Train> { [Seeds(3)] public int Seed { get; init; } }");
}
