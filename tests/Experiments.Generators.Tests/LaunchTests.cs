using Experiments.Generators.Tests.Harness;

namespace Experiments.Generators.Tests;

public sealed class LaunchTests
{
    private const string Experiment = """
        [Experiment("generate")]
        [Entrypoint("-m llm.generate"), Gpu(4)]
        [Launch(Launcher.Accelerate, MixedPrecision = "fp16", Options = "--max_restarts 1 --role 'a b'")]
        [ResultFiles("text_generation")]
        public sealed partial record Generate
        {
            public int Seed { get; init; }

            public sealed partial record Results
            {
                [Metric(Goal.Minimize, Ranks = RankAggregation.Sum, Component = ResultComponent.GlobalEnergyResults)] public double EnergyJoules { get; init; }
                [Metric(Goal.Maximize, Ranks = RankAggregation.Sum)] public long Tokens { get; init; }
                [Metric(Goal.Maximize, Primary = true)] public double TokensPerJoule => Tokens / EnergyJoules;
                [Metric(Goal.Maximize)] public double? TokensPerSecond => null;
                [Metric(Goal.Maximize)] public int Throwing => throw new InvalidOperationException("no");
                [Artifact("text.json", Component = ResultComponent.TextOutput)] public Artifact Text { get; init; }
            }
        }

        """;

    [Fact]
    public void A_launcher_its_settings_and_what_ranks_report_are_part_of_the_definition() => Assert.Equal(
        "Accelerate 4 fp16 --max_restarts|1|--role|a b text_generation "
        + "energy_joules:Sum:GlobalEnergyResults:False tokens:Sum:Default:False tokens_per_joule:RankZero:Default:True tokens_per_second:RankZero:Default:True throwing:RankZero:Default:True TextOutput",
        Compiled.Run<string>(Experiment, """
            var definition = DefinitionJson.Read(DefinitionJson.Write(Generate.Experiment.Definition));
            var ranks = definition.Launch.Ranks!;
            return $"{ranks.Launcher} {ranks.Processes} {ranks.MixedPrecision} {string.Join("|", ranks.Options)} {definition.ResultTask} "
                + string.Join(" ", definition.Metrics.Select(m => $"{m.Name}:{m.Ranks}:{m.Component}:{m.Derived}")) + " " + definition.Artifacts[0].Component;
            """));

    [Fact]
    public void A_launcher_without_an_entrypoint_is_not_forgotten_so_that_planning_can_refuse_it() => Assert.Equal("Method Torchrun 2",
        Compiled.Run<string>("""
            [Experiment("alone"), Launch(Launcher.Torchrun, Processes = 2)]
            public sealed partial record Alone
            {
                public Task RunAsync(RunContext run) => Task.CompletedTask;
            }
            """, """
            var launch = Alone.Experiment.Definition.Launch;
            return $"{launch.Kind} {launch.Ranks!.Launcher} {launch.Ranks.Processes}";
            """));

    [Fact]
    public void Computed_metrics_are_evaluated_each_on_its_own_and_are_not_reported_by_trainers() => Assert.Equal(
        "tokens_per_joule=4 tokens_per_second= throwing=no | energy_joules tokens",
        Compiled.Run<string>(Experiment, """
            string Value(Func<double?> compute) { try { return FormattableString.Invariant($"{compute()}"); } catch (InvalidOperationException e) { return e.Message; } }
            var outputs = new RunOutputs(new Dictionary<string, double> { ["energy_joules"] = 25, ["tokens"] = 100 }, "/");
            ExperimentType type = Generate.Experiment;
            return string.Join(" ", type.Derived(outputs).Select(d => $"{d.Key}={Value(d.Value)}"))
                + " | " + string.Join(" ", Generate.Results.Read(outputs).Metrics().Select(m => m.Key));
            """));
}
