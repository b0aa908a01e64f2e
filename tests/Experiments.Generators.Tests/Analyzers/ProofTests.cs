using Experiments.Generators.Tests.Harness;

namespace Experiments.Generators.Tests.Analyzers;

/// <summary>Places and messages of the proofs, and what they leave alone. The pages of the rules have an example of each.</summary>
public class ProofTests
{
    private static string Train(string attributes = "", string members = "") =>
        $$"""[Experiment("train", Id = "lr{LearningRate}_s{Seed}"), Entrypoint("train.py")] {{attributes}} public partial record Train { public double LearningRate { get; init; } = 0.1; public int Seed { get; init; } {{members}}}""" + "\n";

    private static string Sweep(string members, string attributes = "") => $$"""[Sweep] {{attributes}} public sealed partial record Runs : ISweep<Train> { {{members}} }""" + "\n";

    [Theory]
    [InlineData("[Timeout({|EXP1012:\"12 hours\"|})]")]
    [InlineData("[Timeout({|EXP1012:\"0s\"|})]")]
    [InlineData("[Estimate({|EXP1012:\"\"|})]")]
    [InlineData("[Gpu({|EXP1013:-1|})]")]
    [InlineData("[Gpu(1, MemoryGiB = {|EXP1013:-2.5|})]")]
    [InlineData("[Retry({|EXP1013:-1|})]")]
    [InlineData("[Retry(1, BackoffBase = {|EXP1013:0|})]")]
    [InlineData("[Retry(FailureCategory.Communication, {|EXP1013:-1|})]")]
    [InlineData("[Retry(1), {|EXP5011:Retry(2)|}]")]
    [InlineData("[Retry(FailureCategory.Stall, 1), Retry(2), {|EXP5011:Retry(FailureCategory.Stall, 3)|}]")]
    [InlineData("[Retry(1), Retry(FailureCategory.Communication, 9), Retry(FailureCategory.Stall, 0)]")]
    [InlineData("[Stall({|EXP1012:\"soon\"|})]")]
    [InlineData("[Stall(\"30m\")]")]
    [InlineData("[Checkpoints(KeepLast = {|EXP1013:0|}, KeepBest = {|EXP1013:-1|})]")]
    [InlineData("[Checkpoints(KeepBest = 1)]")]
    [InlineData("[FailureRule({|EXP5009:\"(\"|}, FailureCategory.Data), FailureRule({|EXP5009:\"\"|}, FailureCategory.Data)]")]
    [InlineData("[FailureRule(\"^Lustre: .* (evicted|timed out)$\", FailureCategory.NodeFailure, FailureAction.Requeue)]")]
    [InlineData("[Launch(Launcher.Torchrun, Processes = {|EXP1013:-4|})]")]
    [InlineData("[Gpu(2), Launch(Launcher.Torchrun, Processes = {|EXP5004:3|})]")]
    [InlineData("[Launch(Launcher.Accelerate, Processes = {|EXP5004:2|})]")]
    [InlineData("[Timeout(\"1h\"), Estimate({|EXP5005:\"60m\"|})]")]
    [InlineData("[Timeout(\"1h30m\"), Estimate(\"01:00:00\"), Gpu(0), Retry(0)]")]
    [InlineData("[Launch(Launcher.Torchrun, Processes = 4)]")]
    [InlineData("[Launch(Launcher.Accelerate, Processes = 4, ConfigFile = \"cpu.yaml\")]")]
    public Task Resources_that_no_run_could_have_are_marked_at_the_argument(string attributes) => Analyzed.VerifyAsync(Train(attributes));

    [Theory]
    [InlineData("[{|EXP1014:Range(5, 1)|}] public int A { get; init; } ")]
    [InlineData("[{|EXP1014:Range(1, 1, MinimumIsExclusive = true)|}] public int A { get; init; } ")]
    [InlineData("[Range(1, 1)] public int A { get; init; } = 1; ")]
    [InlineData("[Range(1, 5)] public int A { get; init; } = {|EXP1015:0|}; ")]
    [InlineData("[Range(0.0, 1.0)] public double A { get; init; } = {|EXP1015:-0.5|}; ")]
    [InlineData("[AllowedValues(\"a\", \"b\")] public string A { get; init; } = {|EXP1015:\"c\"|}; ")]
    [InlineData("[Range(1, 5)] public int A { get; init; } = int.Parse(\"9\"); ")]
    [InlineData("[Range(1, 3)] public int A { get; init; } = {|EXP1015:2 * 5|}; [Range(1, 3)] public long B { get; init; } = Limit; private const int Limit = 3; [Range(0.5, 1)] public double? C { get; init; } = {|EXP1015:Limit|};")]
    [InlineData("public double A { get; init; } = {|EXP1015:double.NaN|}; public float? B { get; init; } = {|EXP1015:float.MaxValue * 2|}; public double C { get; init; } = Math.PI; ")]
    [InlineData("public enum K { A, B, First = 0 } public K One { get; init; } = {|EXP1015:(K)99|}; public K Two { get; init; } = (K)1; [AllowedValues(K.A)] public K Three { get; init; } = K.First; [AllowedValues(K.A)] public K Four { get; init; } = {|EXP1015:K.B|}; ")]
    [InlineData("[MinLength(2)] public string A { get; init; } = {|EXP1015:\"a\"|}; [Length(1, 3)] public string B { get; init; } = \"ab\" + \"c\"; [MaxLength(3)] public string? C { get; init; } = default; ")]
    [InlineData("[RegularExpression(\"[0-9]+\")] public string A { get; init; } = {|EXP1015:\"12c\"|}; [RegularExpression(\"[0-9]+\")] public string B { get; init; } = \"12\"; [RegularExpression(\"b\")] public string D { get; init; } = \"\"; ")]
    [InlineData("[MinLength(2)] public ImmutableArray<int> A { get; init; } = {|EXP1015:[1]|}; [MaxLength(2)] public ImmutableList<int> B { get; init; } = [1, 2]; ")]
    [InlineData("[Range(typeof(TimeSpan), \"00:01\", \"02:00\")] public TimeSpan A { get; init; } = {|EXP1015:TimeSpan.FromDays(1)|}; [Range(typeof(TimeSpan), \"00:00\", \"02:00\")] public TimeSpan B { get; init; } = TimeSpan.Zero; ")]
    [InlineData("[{|EXP5001:OnOutOfMemory(Scale = 2)|}] public bool A { get; init; } ")]
    [InlineData("[{|EXP5002:OnOutOfMemory|}] public int A { get; init; } = 8; ")]
    [InlineData("[OnOutOfMemory(Scale = {|EXP5002:-1|})] public double A { get; init; } = 8; ")]
    [InlineData("[OnOutOfMemory(Scale = 0.5, Max = {|EXP5002:64|})] public int A { get; init; } = 8; ")]
    [InlineData("[OnOutOfMemory(Scale = 0.5, Min = {|EXP5002:8|})] public int A { get; init; } = 8; ")]
    [InlineData("[OnOutOfMemory(Scale = 2, Max = {|EXP5002:8|})] public int A { get; init; } = 8; ")]
    [InlineData("[{|EXP5003:OnOutOfMemory(Scale = 0.5)|}] public int A { get; init; } = 8; ")]
    [InlineData("[OnOutOfMemory(Scale = 0.5)] public double A { get; init; } = 8; ")]
    [InlineData("[OnOutOfMemory(Scale = 2)] public int A { get; init; } = 1; ")]
    public Task Bounds_and_remedies_that_cannot_work_are_marked(string property) => Analyzed.VerifyAsync(Train(members: property));

    [Fact]
    public async Task Bounds_are_said_as_they_are_written() => Assert.Equal(
        ["expected the default of `A` to be 2 or more characters long, got `a`", "expected the default of `B` to be a match of `[0-9]+`, got `b`", "expected the default of `C` to be from 00:01:00 to 02:00:00, got `1.00:00:00`",
            "expected the default of `D` to be one of `a`, `b`, got `99`", "expected the default of `E` to be finite, got `NaN`", "expected the default of `F` to be 2 or more values long, got `[1]`"],
        (await Analyzed.DiagnosticsAsync(Train(members: """
            [MinLength(2)] public string A { get; init; } = "a";
            [RegularExpression("[0-9]+")] public string B { get; init; } = "b";
            [Range(typeof(TimeSpan), "00:01", "02:00")] public TimeSpan C { get; init; } = TimeSpan.FromDays(1);
            public enum K { A, B } public K D { get; init; } = (K)99;
            public double E { get; init; } = double.NaN;
            [MinLength(2)] public ImmutableArray<int> F { get; init; } = [1];
            """))).Select(Analyzed.Message));

    [Theory]
    [InlineData("Invariant(\"Batch\", \"Steps\")", "0.5", "2")]
    [InlineData("Invariant(\"Batch\", \"Inner.Micro\")", "0.25", "2")]
    [InlineData("{|EXP5010:Invariant(\"Batch\", \"Steps\")|}", "0.5", "4")]
    [InlineData("{|EXP5010:Invariant(\"Batch\")|}", "0.5", "2")]
    [InlineData("{|EXP5010:Invariant(\"Fixed\", \"Seed\")|}", "0.5", "2")]
    [InlineData("Invariant(\"Batch\", {|EXP5010:\"Stepz\"|})", "0.5", "2")]
    [InlineData("Invariant(\"Batch\", {|EXP5010:\"Name\"|})", "0.5", "2")]
    [InlineData("Invariant(\"Batch\", {|EXP5010:\"Batch\"|})", "0.5", "2")]
    public Task A_product_that_remedies_do_not_keep_is_marked(string invariant, string batch, string steps) => Analyzed.VerifyAsync(Train($"[{invariant}]", $$"""
        [OnOutOfMemory(Scale = {{batch}}, Min = 1)] public int Batch { get; init; } = 64;
        [OnOutOfMemory(Scale = {{steps}})] public int Steps { get; init; } = 1;
        public int Fixed { get; init; } = 3;
        public string Name { get; init; } = "";
        public Nested Inner { get; init; } = new();
        """) + "public sealed record Nested { [OnOutOfMemory(Scale = 4)] public int Micro { get; init; } = 1; }");

    [Fact]
    public Task A_failure_rule_of_the_assembly_is_checked_too() =>
        Analyzed.VerifyAsync("""[assembly: FailureRule({|EXP5009:"a{2,1}"|}, FailureCategory.Data)]""" + "\n" + Train());

    [Theory]
    [InlineData("[Values({|EXP3011:0.1|})] public double LearningRate { get; init; }")]
    [InlineData("[Values(0.2)] public double LearningRate { get; init; }")]
    [InlineData("[Values(0.1)] public double LearningRate { get; init; } public Train Base => new() { LearningRate = 3 };")]
    [InlineData("[Values(1, {|EXP3012:2|})] public int Seed { get; init; } public bool Include => Seed < 2;")]
    [InlineData("[Seeds(3)] public int Seed { get; init; } public bool Include => Seed < 2;")]
    [InlineData("[Values(1, 2)] public int Seed { get; init; } public bool {|EXP3013:Include|} => Seed > 2;")]
    [InlineData("[Values(1, 2)] public int Seed { get; init; } public bool Include => Seed > Environment.ProcessorCount;")]
    [InlineData("[Values(1, 2, Zip = \"z\")] public int Seed { get; init; } [Values(0.5, 0.5, Zip = \"z\")] public double LearningRate { get; init; }")]
    [InlineData("[Values(1, 1, Zip = \"z\")] public int Seed { get; init; } [Values(0.5, {|EXP3017:0.5|}, Zip = \"z\")] public double LearningRate { get; init; }")]
    [InlineData("[Seeds(2)] public int Seed { get; init; } [Values(5), Axis(\"Seed\")] public int {|EXP3018:Again|} { get; init; }")]
    public Task Sweeps_that_do_not_vary_as_declared_are_marked_at_the_value(string members) => Analyzed.VerifyAsync(Train() + Sweep(members));

    [Fact]
    public async Task A_sweep_over_its_budget_is_told_the_sum()
    {
        var diagnostics = await Analyzed.VerifyAsync(Train("[Gpu(2), Estimate(\"30m\")]") + Sweep("[Seeds(48)] public int Seed { get; init; }", "[Budget(gpuHours: {|EXP3015:40|})]".Replace("gpuHours: {|EXP3015:40|}", "{|EXP3015:40|}")));
        Assert.Equal("expected `Runs` to take at most 40 GPU-hours, got an estimate of 48: 48 runs × 30m × 2 GPUs", Analyzed.Message(diagnostics[0]));
    }

    [Fact]
    public Task What_Include_leaves_out_costs_nothing() => Analyzed.VerifyAsync(Train("[Gpu(2), Estimate(\"30m\")]")
        + Sweep("[Seeds(48)] public int Seed { get; init; } public bool Include => Seed < 40;", "[Budget(40)]"));

    [Fact]
    public async Task Runs_of_two_sweeps_are_said_with_both_places()
    {
        var diagnostics = await Analyzed.VerifyAsync(Train() + Sweep("[Seeds(3)] public int Seed { get; init; }")
            + "[Sweep] public sealed partial record {|EXP3014:Some|} : ISweep<Train> { [Values(2, 3)] public int Seed { get; init; } }");
        Assert.Equal("`Some` and `Runs` share a run, such as `lr{LearningRate}_s2`; what they share is executed once", Analyzed.Message(diagnostics[0]));
        Assert.Single(diagnostics[0].AdditionalLocations);
    }

    [Fact]
    public Task Runs_that_a_base_tells_apart_are_not_shared() => Analyzed.VerifyAsync(Train() + Sweep("[Seeds(3)] public int Seed { get; init; }")
        + "[Sweep] public sealed partial record Some : ISweep<Train> { [Seeds(3)] public int Seed { get; init; } public Train Base => new() { LearningRate = 3 }; }");

    [Theory]
    [InlineData("Sweep")]
    [InlineData("Plan")]
    public Task A_sweep_does_not_take_the_name_of_a_generated_member(string name) =>
        Analyzed.VerifyAsync(Train() + $$"""[Sweep] public sealed partial record {|EXP1007:{{name}}|} : ISweep<Train> { [Seeds(3)] public int Seed { get; init; } }""");

    [Fact]
    public async Task Inputs_of_two_experiments_that_need_each_other_are_refused_with_the_way()
    {
        var diagnostics = await Analyzed.VerifyAsync("""
            [Experiment("a", Id = "a{X}"), Entrypoint("a.py")] public partial record A { public int X { get; init; } [Input] public B {|EXP6001:Other|} => new() { X = X }; }
            [Experiment("b", Id = "b{X}"), Entrypoint("b.py")] public partial record B { public int X { get; init; } [Input] public A {|EXP6001:Other|} => new() { X = X }; }
            """);
        Assert.Equal("expected the inputs of `A` to end, got `A` → `B` → `A`, never null", Analyzed.Message(diagnostics[0]));
    }

    [Theory]
    [InlineData("val_acc5")]
    [InlineData("train_throughput")]
    [InlineData("val_acc")]
    public Task A_trainer_may_report_what_is_not_declared(string name) => Analyzed.VerifyAsync($$"""
        [Experiment("train", Id = "s{Seed}")]
        public partial record Train
        {
            public int Seed { get; init; }
            public Task RunAsync(RunContext run) { run.Report("{{name}}", 1); return Task.CompletedTask; }
            public sealed partial record Results { [Metric(Goal.Maximize)] public double ValAcc { get; init; } [Metric(Goal.Maximize)] public double ValAcc1 { get; init; } }
        }
        """);
}
