using Experiments.Generators.Tests.Harness;

namespace Experiments.Generators.Tests;

public sealed class SweepTests
{
    private const string Experiment = """
        public enum Size { Small, Medium, [JsonStringEnumMemberName("xl")] Large }
        public sealed record Optimizer { public double WeightDecay { get; init; } = 1e-4; public double? Momentum { get; init; } public Schedule? Schedule { get; init; } }
        public sealed record Schedule { public int Warmup { get; init; } = 1; public int Steps { get; init; } = 2; }

        [Experiment("model", Id = "{Size}_d{Deep?_deep}_r{Rate}_n{Count}_wd{Optimizer.WeightDecay}_w{Optimizer.Schedule.Warmup}_f{Factor}_m{Money}_t{Time}_{Name}_s{Seed}")]
        public sealed partial record Model
        {
            public Size Size { get; init; }
            public bool Deep { get; init; }
            [Range(0.0, 10.0)] public double Rate { get; init; } = 0.5;
            public int Count { get; init; } = 4;
            public float Factor { get; init; } = 1.5f;
            public decimal Money { get; init; } = 2m;
            public TimeSpan Time { get; init; }
            public string Name { get; init; } = "x";
            public long Seed { get; init; }
            public Optimizer Optimizer { get; init; } = new();
        }

        """;

    /// <summary>An axis; the property it sets; its values as the id has them.</summary>
    private static readonly (string Axis, string Property, string Values)[] _axes =
    [
        ("[Values(0.5, 1, 2.25)] public double Rate { get; init; }", "Rate", "0.5 1 2.25"),
        ("[Linspace(0, 1, 5)] public double Rate { get; init; }", "Rate", "0 0.25 0.5 0.75 1"),
        ("[Linspace(0.1, 0.3, 3)] public double Rate { get; init; }", "Rate", "0.1 0.2 0.3"),
        ("[Linspace(1, 1, 1)] public double Rate { get; init; }", "Rate", "1"),
        ("[LogSpace(1e-6, 1, 7)] public double Rate { get; init; }", "Rate", "1e-06 1e-05 0.0001 0.001 0.01 0.1 1"),
        ("[LogSpace(1, 1e-3, 4)] public double Rate { get; init; }", "Rate", "1 0.1 0.01 0.001"),
        ("[Steps(0.1, 0.5, 0.1)] public double Rate { get; init; }", "Rate", "0.1 0.2 0.3 0.4 0.5"),
        ("[Steps(3, 1, -1)] public double Rate { get; init; }", "Rate", "3 2 1"),
        ("[All] public Size Size { get; init; }", "Size", "small medium xl"),
        ("[Values(Size.Large, Size.Small)] public Size Size { get; init; }", "Size", "xl small"),
        ("[Steps(2, 8, 2)] public int Count { get; init; }", "Count", "2 4 6 8"),
        ("[Values(1, 2)] public int Count { get; init; }", "Count", "1 2"),
        ("[LogSpace(1, 1000, 4)] public int Count { get; init; }", "Count", "1 10 100 1000"),
        ("[Values(0.1, 1)] public float Factor { get; init; }", "Factor", "0.1 1"),
        ("[Values(\"0.10\", 2)] public decimal Money { get; init; }", "Money", "0.1 2"),
        ("[Values(\"30m\", \"00:00:05\")] public TimeSpan Time { get; init; }", "Time", "00-30-00 00-00-05"),
        ("[Values(\"a\", \"b\")] public string Name { get; init; } = \"\";", "Name", "a b"),
        ("[Seeds(3)] public long Seed { get; init; }", "Seed", "0 1 2"),
        ("[Repeats(3)] public int Seed { get; init; }", "Seed", "1 2 3"),
        ("[ValuesFrom(nameof(Rates))] public double Rate { get; init; } public IReadOnlyList<double> Rates => [0.25, 4];", "Rate", "0.25 4"),
        ("[Axis(\"Optimizer.WeightDecay\"), Values(0.5, 0)] public double Decay { get; init; }", "WeightDecay", "0.5 0"),
        ("[Axis(\"Optimizer.Schedule.Warmup\"), Values(7)] public int Warmup { get; init; }", "Warmup", "7"),
    ];

    public static TheoryData<int> EveryAxis => [.. Enumerable.Range(0, _axes.Length)];

    [Theory]
    [MemberData(nameof(EveryAxis))]
    public void Axes_of_every_kind_have_their_values(int index)
    {
        // One program for all of them: compiling is what takes time.
        var sweeps = _axes.Select((a, i) => $$"""[Sweep] public sealed partial record S{{i}} : ISweep<Model> { {{a.Axis}} }""");
        Assert.Equal(_axes[index].Values, Compiled.Run<string>(Experiment + string.Join('\n', sweeps), """
            string[] properties = ["Size", "Deep", "Rate", "Count", "WeightDecay", "Warmup", "Factor", "Money", "Time", "Name", "Seed"];
            string[] prefixes = ["", "d", "r", "n", "wd", "w", "f", "m", "t", "", "s"];
            var property = Array.IndexOf(properties, args[1]);
            return string.Join(" ", ExperimentCatalogue.Instance.Sweeps.Single(s => s.Name == "S" + args[0]).Expand([]).Select(r => r.Id.Split('_')[property][prefixes[property].Length..]));
            """, index.ToString(System.Globalization.CultureInfo.InvariantCulture), _axes[index].Property));
    }

    [Fact]
    public void The_last_declared_axis_varies_fastest_and_zipped_axes_walk_together() => Assert.Equal(
        "small_0.1_0 small_0.1_1 small_0.2_0 small_0.2_1 medium_0.1_0 medium_0.1_1 medium_0.2_0 medium_0.2_1 xl_0.1_0 xl_0.1_1 xl_0.2_0 xl_0.2_1 12",
        Compiled.Run<string>(Experiment + """
            [Sweep]
            public sealed partial record S : ISweep<Model>
            {
                [All(Zip = "z")] public Size Size { get; init; }
                [Values(0.1, 0.2)] public double Rate { get; init; }
                [Axis("Count"), Values(1, 2, 3, Zip = "z")] public int N { get; init; }
                [Seeds(2)] public long Seed { get; init; }
            }
            """, """
            foreach (var p in S.Points)
                if ((int)p.Size + 1 != p.Count) throw new InvalidOperationException("not zipped");
            return string.Join(" ", S.Points.Select(p => FormattableString.Invariant($"{(p.Size == Size.Large ? "xl" : p.Size.ToString().ToLower())}_{p.Rate}_{p.Seed}"))) + " " + S.Count;
            """));

    [Fact]
    public void Configurations_take_turns_when_the_order_is_round_robin() => Assert.Equal(
        "small_1 medium_1 xl_1 small_2 medium_2 xl_2",
        Compiled.Run<string>(Experiment + """
            [Sweep(Order = RunOrder.RoundRobin)]
            public sealed partial record S : ISweep<Model>
            {
                [All] public Size Size { get; init; }
                [Repeats(2), Axis("Seed")] public long Cycle { get; init; }
            }
            """, """
            return string.Join(" ", S.Plan().Runs.Select(r => r.Id.Split('_')[0] + "_" + r.Id.Split("_s")[^1]));
            """));

    [Fact]
    public void A_shuffled_sweep_has_the_same_runs_in_an_order_that_its_seed_decides() => Assert.Equal(
        "5,4,7,0,6,2,1,3 True True",
        Compiled.Run<string>(Experiment + """
            [Sweep(Order = RunOrder.Shuffled, Seed = 1)]
            public sealed partial record One : ISweep<Model> { [Seeds(8)] public long Seed { get; init; } }

            [Sweep(Order = RunOrder.Shuffled, Seed = 2)]
            public sealed partial record Two : ISweep<Model> { [Seeds(8)] public long Seed { get; init; } }
            """, """
            string Order(IEnumerable<PlannedRun> runs) => string.Join(",", runs.Select(r => r.Id.Split("_s")[^1]));
            var one = Order(One.Plan().Runs);
            return $"{one} {one != Order(Two.Plan().Runs)} {one == Order(new One().Expand())}";
            """));

    [Fact]
    public void Include_priority_tags_and_base_are_evaluated_at_every_point() => Assert.Equal(
        "small_d_r0.5_n9:7:swept,slow medium_d_r0.5_n9:100:swept,quick",
        Compiled.Run<string>(Experiment + """
            [Sweep(Tags = ["swept"])]
            public sealed partial record S : ISweep<Model>
            {
                [All] public Size Size { get; init; }
                public bool Include => Size != Size.Large;
                public int Priority => Size == Size.Small ? 7 : 100;
                public string[] Tags => [Size == Size.Small ? "slow" : "quick", "swept"];
                public Model Base => new() { Count = 9, Size = Size.Large };
            }
            """, """
            return string.Join(" ", new S().Expand().Select(r => $"{r.Id[..r.Id.IndexOf("_wd")]}:{r.Priority}:{string.Join(",", r.Tags)}"));
            """));

    [Fact]
    public void A_base_may_depend_on_the_axes_and_axes_are_set_on_it() => Assert.Equal("small_n1 medium_n2 xl_n3", Compiled.Run<string>(Experiment + """
        [Sweep]
        public sealed partial record S : ISweep<Model>
        {
            [All] public Size Size { get; init; }
            public Model Base => new() { Count = (int)Size + 1 };
        }
        """, """return string.Join(" ", S.Plan().Runs.Select(r => r.Id.Split('_')[0] + "_" + r.Id.Split('_')[3]));"""));

    [Fact]
    public void An_instance_carries_its_parameters_and_its_axes() => Assert.Equal("r2_w9 r8_w9 Refine False", Compiled.Run<string>(Experiment + """
        [Sweep]
        public sealed partial record Refine(Model Center) : ISweep<Model>
        {
            [ValuesFrom(nameof(Rates))] public double Rate { get; init; }
            public IReadOnlyList<double> Rates => [Center.Rate / 2, Center.Rate * 2];
            public Model Base => Center;
            public static Refine Around(Model center) => new(center);
        }
        """, """
        var sweep = Refine.Around(new() { Rate = 4, Optimizer = new() { Schedule = new() { Warmup = 9 } } });
        var ids = sweep.Plan().Runs.Select(r => r.Id.Split('_')[2] + "_" + r.Id.Split('_')[5]);
        return $"{string.Join(" ", ids)} {sweep.Plan().Target} {ExperimentCatalogue.Instance.Sweeps.Any()}";
        """));

    [Fact]
    public void Random_axes_are_the_same_every_time_and_keep_their_first_samples() => Assert.Equal(
        "0.00024101,15 0.000188217,1 0.00317445,1 True True True",
        Compiled.Run<string>(Experiment + """
            [Sweep(Samples = 3, Seed = 1)]
            public sealed partial record Few : ISweep<Model>
            {
                [LogUniform(1e-4, 1)] public double Rate { get; init; }
                [Seeds(2)] public long Seed { get; init; }
                [Uniform(1, 20)] public int Count { get; init; }
            }
            [Sweep(Samples = 1000, Seed = 1)]
            public sealed partial record Many : ISweep<Model>
            {
                [LogUniform(1e-4, 1)] public double Rate { get; init; }
                [Uniform(1, 20)] public int Count { get; init; }
            }
            """, """
            var few = Few.Points.Where(p => p.Seed == 0).ToList();
            var many = Many.Points.ToList();
            return string.Join(" ", few.Select(p => FormattableString.Invariant($"{p.Rate:G6},{p.Count}")))
                + $" {few.Zip(many).All(p => p.First.Rate == p.Second.Rate && p.First.Count == p.Second.Count)}"
                + $" {many.All(p => p.Rate is >= 1e-4 and < 1 && p.Count is >= 1 and <= 20) && many.Select(p => p.Count).Distinct().Count() == 20}"
                + $" {Few.Points.Select(p => p.Seed).SequenceEqual([0L, 1, 0, 1, 0, 1])}";
            """));

    [Fact]
    public void Points_are_objects_of_their_own_and_the_fast_walk_names_the_same_runs() => Assert.True(Compiled.Run<bool>(Experiment + """
        [Sweep]
        public sealed partial record S : ISweep<Model>
        {
            [All] public Size Size { get; init; }
            [Axis("Optimizer.Schedule.Warmup"), Steps(1, 3, 1)] public int Warmup { get; init; }
            [Axis("Optimizer.Momentum"), Values(0.5, null)] public double? Momentum { get; init; }
            [Axis("Count"), Values(1, 2, Zip = "z")] public int N { get; init; }
            [All(Zip = "z")] public bool Deep { get; init; }
            [Seeds(2)] public long Seed { get; init; }
        }
        """, """
        var planned = new S().Expand().Select(r => (r.Id, r.Hash)).ToList();
        var visited = new List<(string, ContentHash)>();
        S.Sweep.VisitIds((id, hash) => visited.Add((System.Text.Encoding.UTF8.GetString(id), hash)));
        return planned.Count == S.Count && planned.SequenceEqual(visited) && planned.Distinct().Count() == S.Count && S.Points.Distinct(ReferenceEqualityComparer.Instance).Count() == S.Count;
        """));

    [Fact]
    public void Overrides_are_set_after_the_axes() => Assert.Equal("r9 r9 | expected `rate` to be from 0 to 10, got `11` | expected an option of `model`, got `--rat`", Compiled.Run<string>(Experiment + """
        [Sweep]
        public sealed partial record S : ISweep<Model> { [Seeds(2)] public long Seed { get; init; } }
        """, """
        string Fail(params string[] overrides)
        {
            try { return S.Sweep.Expand(overrides).Count().ToString(); } catch (ExperimentsException e) { return e.Message; }
        }
        return $"{string.Join(" ", S.Sweep.Expand(["--rate", "9"]).Select(r => r.Id.Split('_')[2]))} | {Fail("rate=11")} | {Fail("--rat", "1")}";
        """));

    /// <summary>Sweeps whose plans are refused, by the code of the refusal.</summary>
    private static readonly Dictionary<string, string> _refused = new()
    {
        ["EXP2002"] = "[Experiment(\"exp2002\", Id = \"e_{A}\")] public sealed partial record E { public int A { get; init; } public int B { get; init; } } [Sweep] public sealed partial record S : ISweep<E> { [Seeds(2)] public int B { get; init; } }",
        ["EXP2004"] = "[Experiment(\"exp2004\", Id = \"{A}\")] public sealed partial record E { public string A { get; init; } = \"\"; } [Sweep] public sealed partial record S : ISweep<E> { [Values(\"a\", \"A\")] public string A { get; init; } = \"\"; }",
        ["EXP2005"] = "[Experiment(\"exp2005\", Id = \"{A}\")] public sealed partial record E { public string A { get; init; } = \"\"; } [Sweep] public sealed partial record S : ISweep<E> { [Values(\"a b\")] public string A { get; init; } = \"\"; }",
        ["EXP2005b"] = "[Experiment(\"exp2005b\", Id = \"{A}\")] public sealed partial record E { public string A { get; init; } = \"\"; } [Sweep] public sealed partial record S : ISweep<E> { [Values(\"a/b\")] public string A { get; init; } = \"\"; }",
        ["EXP2006"] = "[Experiment(\"exp2006\", Id = \"a{A?/b}\")] public sealed partial record E { public bool A { get; init; } } [Sweep] public sealed partial record S : ISweep<E> { [All] public bool A { get; init; } }",
        ["EXP8010"] = "[Experiment(\"exp8010\", Id = \"{A}\")] public sealed partial record E { [Range(0, 5)] public int A { get; init; } } [Sweep] public sealed partial record S : ISweep<E> { [ValuesFrom(nameof(As))] public int A { get; init; } public IReadOnlyList<int> As => [7]; }",
        ["EXP3006"] = "[Experiment(\"exp3006\", Id = \"{A}_{B}\")] public sealed partial record E { public int A { get; init; } public int B { get; init; } } [Sweep] public sealed partial record S : ISweep<E> { [Seeds(2, Zip = \"z\")] public int A { get; init; } [ValuesFrom(nameof(Bs), Zip = \"z\")] public int B { get; init; } public IReadOnlyList<int> Bs => [7]; }",
    };

    [Theory]
    [InlineData("EXP2002")]
    [InlineData("EXP2004")]
    [InlineData("EXP2005")]
    [InlineData("EXP2006")]
    [InlineData("EXP3006")]
    [InlineData("EXP8010")]
    [InlineData("EXP2005b")]
    public void Plans_that_would_lose_runs_are_refused(string code) => Assert.Equal(code[..7], Assert.Throws<ExperimentsException>(() => Compiled.Run<object>(
        string.Concat(_refused.Select(r => $"namespace {r.Key} {{ {r.Value} }}\n")),
        """return Plan.Create("S", ExperimentCatalogue.Instance.Sweeps.Single(s => s.Experiment.Name == args[0]).Expand([]));""", code.ToLowerInvariant())).Code);

    [Fact]
    public void Inputs_come_first_once_and_cycles_are_refused()
    {
        Assert.Equal("hcrl_sa/teacher_autoencoder hcrl_sa/student_autoencoder_kd teacher", Compiled.Run<string>(Design.Source + """

            [Sweep]
            public sealed partial record Students : ISweep<Autoencoder>
            {
                [Values(true)] public bool Distilled { get; init; }
                public Autoencoder Base => new() { Dataset = Dataset.HcrlSa, Size = Size.Student };
            }
            """, """return string.Join(" ", Students.Plan().Runs.Select(r => r.Id)) + " " + Students.Plan().Runs[1].Inputs[0].Name;"""));
        Assert.Equal("EXP6001", Assert.Throws<ExperimentsException>(() => Compiled.Run<object>(
            """[Experiment("loop")] public sealed partial record Loop { public int Step { get; init; } [Input] public Loop Next => this with { Step = Step + 1 }; }""",
            "return Loop.Experiment.Plan(new Loop());")).Code);
    }

    [Fact]
    public void What_becomes_of_failures_is_part_of_the_definition() => Assert.Equal(
        """{"limit":2,"backoff_base":3,"budgets":{"Stall":1}} 1800 [{"paths":["batch_size","inner.micro"]}] [{"pattern":"own \u0022rule","category":"Data"},{"pattern":"^shared$","category":"NodeFailure","action":"Requeue"}] {"keep_last":2,"keep_best":1} True""",
        Compiled.Run<string>("""
            [assembly: FailureRule("^shared$", FailureCategory.NodeFailure, FailureAction.Requeue)]

            public sealed record Inner { [OnOutOfMemory(Scale = 2.0)] public double Micro { get; init; } = 1; }

            [Experiment("risky", Id = "{BatchSize}")]
            [Retry(2, BackoffBase = 3), Retry(FailureCategory.Stall, 1), Stall("30m"), Checkpoints(KeepLast = 2, KeepBest = 1)]
            [FailureRule("own \"rule", FailureCategory.Data), Invariant(nameof(BatchSize), "Inner.Micro")]
            public sealed partial record Risky
            {
                [OnOutOfMemory(Scale = 0.5, Min = 1)] public int BatchSize { get; init; } = 64;
                public Inner Inner { get; init; } = new();
                public Task RunAsync(RunContext run) => Task.CompletedTask;
            }
            """, """
            using var json = System.Text.Json.JsonDocument.Parse(DefinitionJson.Write(Risky.Experiment.Definition));
            var root = json.RootElement;
            return $"{root.GetProperty("retry")} {root.GetProperty("stall_seconds")} {root.GetProperty("invariants")} {root.GetProperty("failure_rules")} {root.GetProperty("checkpoints")} {Risky.Experiment.Definition.Remedies[0].IsInteger}";
            """));

    [Fact]
    public void The_base_of_the_backoff_holds_without_retries_too_since_requeued_runs_wait_as_well() => Assert.Equal(1.5, Compiled.Run<double>(
        """[Experiment("patient"), Retry(0, BackoffBase = 1.5)] public sealed partial record Patient { public Task RunAsync(RunContext run) => Task.CompletedTask; }""",
        "return Patient.Experiment.Definition.Retry.BackoffBase;"));

    [Fact]
    public void The_catalogue_knows_what_the_assembly_declares() => Assert.Equal(
        "autoencoder:Autoencoder classifier:Classifier | LearningRates:27:learning_rate=3,optimizer.weight_decay=3,seed=3 Teachers:12:dataset=3,size=2,distilled=2 | -m 12:00:00 3 val_acc model batch_size",
        Compiled.Run<string>(Design.Source, """
            var catalogue = ExperimentCatalogue.Instance;
            var definition = Autoencoder.Experiment.Definition;
            return string.Join(" ", catalogue.Experiments.Select(e => $"{e.Name}:{e.TypeName}")) + " | "
                + string.Join(" ", catalogue.Sweeps.Select(s => $"{s.Name}:{s.PointCount}:{string.Join(",", s.Axes.Select(a => $"{a.Name}={a.Values}"))}")) + " | "
                + $"{(definition.Launch.Kind == LaunchKind.Module ? "-m" : "")} {definition.Timeout} {definition.Retry.Limit} {definition.PrimaryMetric()!.Name} {definition.Artifacts[0].Name} {definition.Remedies[0].Path}";
            """));
}
