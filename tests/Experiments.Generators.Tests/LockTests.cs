using Experiments.CodeFixes;
using Experiments.Generators.Tests.Harness;

namespace Experiments.Generators.Tests;

/// <summary>Edits against a committed lock: said at the declaration, with what they do to runs that exist.</summary>
public sealed class LockTests
{
    private const string Source = """
        public enum Dataset { HcrlCh, HcrlSa }
        public enum Size { Teacher, Student, Master = 0 }
        public sealed partial record Optimizer { public double WeightDecay { get; init; } = 1e-4; public ImmutableArray<double> Betas { get; init; } = [0.9, 0.999]; }
        [Experiment("train", Id = "{Dataset}/lr{LearningRate}_s{Seed}"), Entrypoint("train.py")]
        public sealed partial record Train
        {
            public required Dataset Dataset { get; init; }
            public double LearningRate { get; init; } = 0.1;
            public int Seed { get; init; }
            public Size Size { get; init; } = Size.Teacher;
            public TimeSpan Warmup { get; init; } = TimeSpan.FromMinutes(30);
            public string Name { get; init; } = "net";
            public float? Dropout { get; init; }
            public Optimizer Optimizer { get; init; } = new() { WeightDecay = 0.01 };
            public Secret? Pass { get; init; }
        }
        [Sweep] public sealed partial record Rates : ISweep<Train>
        {
            [All] public Dataset Dataset { get; init; }
            [Values(0.1, 0.2)] public double LearningRate { get; init; }
            [Seeds(12)] public int Seed { get; init; }
        }
        """;

    private const string Committed = """
        {
          "format": 1,
          "experiments": {
            "train": {
              "id": "{dataset}/lr{learning_rate}_s{seed}",
              "sample": "00000000000000000000000000000000",
              "completed": 12,
              "properties": {
                "dataset": { "type": "hcrl_ch | hcrl_sa", "required": true },
                "dropout": { "type": "float?", "default": null },
                "learning_rate": { "type": "double", "default": 0.1 },
                "name": { "type": "string", "default": "net" },
                "optimizer.betas": { "type": "[double]", "default": [0.9,0.999] },
                "optimizer.weight_decay": { "type": "double", "default": 0.01 },
                "seed": { "type": "int", "default": 0 },
                "size": { "type": "teacher | student", "default": "teacher" },
                "warmup": { "type": "duration", "default": "00:30:00" }
              }
            }
          },
          "sweeps": {
            "Rates": {
              "experiment": "train",
              "runs": 48,
              "first": "hcrl_ch/lr0.1_s0",
              "last": "hcrl_sa/lr0.2_s11",
              "ids": "00000000000000000000000000000001",
              "configurations": "00000000000000000000000000000002",
              "completed": 12
            }
          }
        }

        """;

    [Fact]
    public Task What_is_as_locked_is_silent() => Analyzed.VerifyAsync(Source, Committed);

    [Theory]
    [InlineData("Id = \"{Dataset}/lr{LearningRate}_s{Seed}\"", "Id = {|EXP2050:\"{Dataset}/lr{LearningRate}_seed{Seed}\"|}",
        "expected the run id template to be `{dataset}/lr{learning_rate}_s{seed}` as locked, got `{dataset}/lr{learning_rate}_seed{seed}`: this renames 48 existing runs and invalidates 12 completed results")]
    [InlineData("public string Name", "public string {|EXP2051:Title|}",
        "expected `Title` to keep its former name `name` as identity, got a new one: this makes other configurations of 48 existing runs under the same ids and invalidates 12 completed results")]
    [InlineData("public int Seed { get; init; }\n    public Size", "public int Seed { get; init; } public bool {|EXP2052:Cosine|} { get; init; }\n    public Size",
        "expected `train` to have the properties of the lock, got `Cosine` too: this makes other configurations of 48 existing runs under the same ids and invalidates 12 completed results")]
    [InlineData("LearningRate { get; init; } = 0.1;", "LearningRate { get; init; } = {|EXP2053:0.3|};",
        "expected the default of `LearningRate` to be `0.1` as locked, got `0.3`: this renames 48 existing runs and invalidates 12 completed results")]
    [InlineData("= Size.Teacher", "= {|EXP2053:Size.Student|}", "`teacher` as locked")]
    [InlineData("TimeSpan.FromMinutes(30)", "{|EXP2053:TimeSpan.FromHours(1)|}", "got `\"01:00:00\"`")]
    [InlineData("public int Seed { get; init; }\n    public Size", "public int Seed { get; init; } = {|EXP2053:1|};\n    public Size", "`0` as locked, got `1`")]
    [InlineData("public float? Dropout { get; init; }", "public float? Dropout { get; init; } = {|EXP2053:0.1f|};", "`null` as locked, got `0.1`")]
    [InlineData("= [0.9, 0.999]", "= {|EXP2053:[0.9, 0.99]|}", "`[0.9,0.999]` as locked, got `[0.9,0.99]`")]
    [InlineData("new() { WeightDecay = 0.01 }", "new()", "`Optimizer.WeightDecay` to be `0.01` as locked, got `0.0001`")]
    [InlineData("public string Name { get; init; } = \"net\"", "public int {|EXP2054:Name|} { get; init; } = 1", "expected the type of `Name` to be `string` as locked, got `int`")]
    [InlineData("Seeds(12)", "Seeds(13)", "expected `Rates` to have 48 runs as locked, got 52")]
    public async Task An_edit_is_said_where_it_is_made_with_what_it_does(string before, string after, string message)
    {
        Assert.Contains(before, Source);
        var marked = Source.Replace(before, after);
        if (after == "new()")
            marked = marked.Replace("= 1e-4", "= {|EXP2053:1e-4|}");
        if (after == "Seeds(13)")
            marked = marked.Replace("record Rates", "record {|EXP2058:Rates|}");
        var diagnostics = await Analyzed.VerifyAsync(marked, Committed);
        Assert.Contains(message.Replace("`teacher`", "`\"teacher\"`"), Analyzed.Message(Assert.Single(diagnostics)));
    }

    [Fact]
    public Task A_removed_property_is_said_at_the_record() => Analyzed.VerifyAsync(
        Source.Replace("    public string Name { get; init; } = \"net\";\n", "").Replace("record Train", "record {|EXP2059:Train|}"), Committed);

    [Fact]
    public async Task A_renamed_property_that_the_id_names_is_one_finding()
    {
        var marked = Source.Replace("public double LearningRate { get; init; } = 0.1", "public double {|EXP2051:Rate|} { get; init; } = 0.1").Replace("{LearningRate}", "{Rate}")
            .Replace("public double LearningRate { get; init; }\n", "public double Rate { get; init; }\n");
        Assert.Contains("renames 48 existing runs", Analyzed.Message(Assert.Single(await Analyzed.VerifyAsync(marked, Committed))));
    }

    [Fact]
    public Task A_renamed_record_is_one_finding() => Analyzed.VerifyAsync(
        Source.Replace("public Optimizer Optimizer", "public Optimizer {|EXP2051:Opt|}"), Committed);

    [Theory]
    [InlineData("public string Name", "[FormerName(\"name\")] public string Title")]
    [InlineData("HcrlCh, HcrlSa", "HcrlCh, HcrlSa, Set01")]
    [InlineData("public int Seed", "public long Seed")]
    [InlineData("= 0.1", "= Math.Sqrt(0.01)")]
    [InlineData("= 0.1", "= 1e-1")]
    [InlineData("= Size.Teacher", "= Size.Master")]
    [InlineData("HcrlCh, HcrlSa", "HcrlCh, [FormerName(\"hcrl_sa\")] CarHacking")]
    public async Task What_changes_no_identity_or_can_not_be_known_is_silent(string before, string after)
    {
        Assert.Contains(before, Source);
        // More values of an axis are more runs, which is another rule's business.
        var diagnostics = await Analyzed.DiagnosticsAsync(Source.Replace(before, after), Committed);
        Assert.DoesNotContain(diagnostics, d => d.Id != "EXP2058");
    }

    [Fact]
    public Task A_renamed_enum_member_is_another_type() => Analyzed.VerifyAsync(
        Source.Replace("HcrlCh, HcrlSa", "HcrlCh, CarHacking").Replace("public required Dataset Dataset", "public required Dataset {|EXP2054:Dataset|}"), Committed);

    [Fact]
    public async Task What_the_lock_has_and_nobody_declares_is_said_in_the_lock()
    {
        var diagnostics = await Analyzed.DiagnosticsAsync(Source, Committed.Replace("  \"sweeps\": {\n", "  \"sweeps\": {\n    \"Gone\": { \"experiment\": \"train\", \"runs\": 9 },\n"));
        var gone = Assert.Single(diagnostics);
        Assert.Equal("EXP2055", gone.Id);
        Assert.Equal("expected sweep `Gone` of the lock to be declared, got none: its 9 runs would not be found again", Analyzed.Message(gone));
        Assert.EndsWith("experiments.lock.json", gone.Location.GetLineSpan().Path);
        Assert.Equal(21, gone.Location.GetLineSpan().StartLinePosition.Line);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[1,2")]
    [InlineData("<<<<<<< HEAD")]
    [InlineData("{\"format\": 2}")]
    [InlineData("{\"format\": 1, \"experiments\": {\"train\": 3}, \"sweeps\": {}}")]
    [InlineData("{\"format\": 1, \"experiments\": \"\\u12\"")]
    public async Task A_lock_that_can_not_be_read_is_one_finding(string text) =>
        Assert.Equal("EXP2056", Assert.Single(await Analyzed.DiagnosticsAsync(Source, text)).Id);

    [Fact]
    public Task The_fix_of_a_rename_keeps_the_former_name() => Fixed.VerifyAsync(new KeepFormerNameFix(),
        Source.Replace("public string Name", "public string Title"), Source.Replace("public string Name", "[FormerName(\"name\")] public string Title"), committed: Committed);

    [Fact]
    public Task The_fix_of_a_parameter_names_the_property() => Fixed.VerifyAsync(new KeepFormerNameFix(),
        "[Experiment(\"p\", Id = \"{hash}\"), Entrypoint(\"p.py\")] public sealed partial record P(int Seed = 0, double Rate = 0.1);",
        "[Experiment(\"p\", Id = \"{hash}\"), Entrypoint(\"p.py\")] public sealed partial record P(int Seed = 0, [property: FormerName(\"lr\")] double Rate = 0.1);",
        committed: """
            { "format": 1, "sweeps": {}, "experiments": { "p": { "id": "{hash:16}", "properties": {
              "lr": { "type": "double", "default": 0.1 },
              "seed": { "type": "int", "default": 0 } } } } }
            """);

    [Fact]
    public Task The_fix_of_a_renamed_record_keeps_the_former_name_of_the_record() => Fixed.VerifyAsync(new KeepFormerNameFix(),
        Source.Replace("public Optimizer Optimizer", "public Optimizer Opt"), Source.Replace("public Optimizer Optimizer", "[FormerName(\"optimizer\")] public Optimizer Opt"), committed: Committed);

    [Theory]
    [InlineData("LearningRate { get; init; } = 0.1;", "LearningRate { get; init; } = 0.3;", "LearningRate { get; init; } = 0.1;")]
    [InlineData("Name { get; init; } = \"net\";", "Name { get; init; } = \"other\";", "Name { get; init; } = \"net\";")]
    [InlineData("= Size.Teacher", "= Size.Student", "= Size.Teacher")]
    [InlineData("Warmup { get; init; } = TimeSpan.FromMinutes(30);", "Warmup { get; init; }", "Warmup { get; init; } = TimeSpan.FromMinutes(30);")]
    [InlineData("public int Seed { get; init; }\n    public Size", "public int Seed { get; init; } = 7;\n    public Size", "public int Seed { get; init; } = 0;\n    public Size")]
    public Task The_fix_of_a_default_writes_the_locked_one_back(string locked, string edited, string mended)
    {
        Assert.Contains(locked, Source);
        return Fixed.VerifyAsync(new KeepDefaultFix(), Source.Replace(locked, edited), Source.Replace(locked, mended), committed: Committed);
    }

    [Theory]
    [InlineData("_s{Seed}", "_seed{Seed}")]
    [InlineData("public string Name", "public string Title")]
    [InlineData("LearningRate { get; init; } = 0.1;", "LearningRate { get; init; } = 0.3;")]
    [InlineData("    public string Name { get; init; } = \"net\";\n", "")]
    [InlineData("public string Name", "public bool Cosine { get; init; } public string Name")]
    [InlineData("Seeds(12)", "Seeds(13)")]
    public async Task Accepting_writes_the_lock_so_that_nothing_is_left_to_say(string before, string after)
    {
        Assert.Contains(before, Source);
        var edited = Source.Replace(before, after);
        var accepted = await Fixed.LockAsync(new AcceptIntoLockFix(), edited, Committed);
        Assert.Empty(await Analyzed.DiagnosticsAsync(edited, accepted));
    }

    [Fact]
    public async Task What_is_gone_is_removed_from_the_lock()
    {
        var committed = Committed.Replace("  \"sweeps\": {\n", "  \"sweeps\": {\n    \"Gone\": {\n      \"experiment\": \"train\",\n      \"runs\": 9\n    },\n");
        Assert.Equal(Committed, await Fixed.LockAsync(new AcceptIntoLockFix(), Source, committed));
    }

    [Fact]
    public async Task Everything_is_accepted_at_once()
    {
        const string Second = """

            [Experiment("test", Id = "{Seed}"), Entrypoint("test.py")]
            public sealed partial record Test { public int Seed { get; init; } = 3; }
            """;
        var committed = Committed.Replace("  \"experiments\": {\n", """
              "experiments": {
                "gone": { "id": "gone", "properties": {} },
                "test": { "id": "{seed}", "properties": { "seed": { "type": "int", "default": 0 } } },

            """);
        var edited = Source.Replace("_s{Seed}", "_seed{Seed}").Replace("Seeds(12)", "Seeds(13)") + Second;
        Assert.Equal(["EXP2050", "EXP2053", "EXP2055", "EXP2058"], (await Analyzed.DiagnosticsAsync(edited, committed)).Select(d => d.Id).Order());

        Assert.Empty(await Analyzed.DiagnosticsAsync(edited, await Fixed.LockAllAsync(new AcceptIntoLockFix(), edited, committed)));
    }

    [Fact]
    public async Task Accepting_changes_only_the_lines_that_say_something_new()
    {
        var accepted = (await Fixed.LockAsync(new AcceptIntoLockFix(), Source.Replace("LearningRate { get; init; } = 0.1;", "LearningRate { get; init; } = 0.3;"), Committed)).Split('\n');
        var before = Committed.Split('\n');
        Assert.Equal(["        \"learning_rate\": { \"type\": \"double\", \"default\": 0.3 },", "      \"runs\": 48"], accepted.Except(before));
        Assert.Equal(
            ["sample", "completed", "learning_rate", "runs", "first", "last", "ids", "configurations"],
            before.Except(accepted).Select(line => line.Split('"')[1]).Distinct());
    }
}
