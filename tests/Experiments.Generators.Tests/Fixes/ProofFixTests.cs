using Experiments.CodeFixes;
using Experiments.Generators.Tests.Harness;

namespace Experiments.Generators.Tests.Fixes;

public class ProofFixTests
{
    private const string Seeds = "[Sweep] [Budget({0})] public sealed partial record Runs{1} : ISweep<Train> {{ [Seeds({2})] public int Seed {{ get; init; }} }}\n";

    private static string Train(string attributes, string members = "") =>
        $$"""[Experiment("train", Id = "s{Seed}"), Entrypoint("train.py")] {{attributes}} public partial record Train { public int Seed { get; init; } {{members}}}""" + "\n";

    [Fact]
    public Task A_budget_is_raised_to_the_estimate() => Fixed.VerifyAsync(new RaiseBudgetFix(),
        Train("[Gpu(1), Estimate(\"90m\")]") + string.Format(null, Seeds, "gpuHours: 10", "", 7),
        Train("[Gpu(1), Estimate(\"90m\")]") + string.Format(null, Seeds, "gpuHours: 10.5", "", 7));

    [Fact]
    public Task Two_budgets_are_raised_at_once() => Fixed.VerifyAllAsync(new RaiseBudgetFix(),
        Train("[Gpu(1), Estimate(\"1h\")]") + string.Format(null, Seeds, 1, "A", 7) + string.Format(null, Seeds, 2, "B", 8),
        Train("[Gpu(1), Estimate(\"1h\")]") + string.Format(null, Seeds, 7, "A", 7) + string.Format(null, Seeds, 8, "B", 8));

    [Fact]
    public Task A_budget_that_is_not_checked_is_removed() => Fixed.VerifyAsync(new RemoveAttributeFix(),
        Train("[Gpu(1)]") + "[Sweep, Budget(10)] public sealed partial record Runs : ISweep<Train> { [Seeds(3)] public int Seed { get; init; } }",
        Train("[Gpu(1)]") + "[Sweep] public sealed partial record Runs : ISweep<Train> { [Seeds(3)] public int Seed { get; init; } }");

    [Fact]
    public Task Remedies_of_what_is_no_number_are_removed_at_once() => Fixed.VerifyAllAsync(new RemoveAttributeFix(),
        Train("", "[OnOutOfMemory(Scale = 2)] public bool A { get; init; } [OnOutOfMemory(Scale = 2)] public string B { get; init; } = \"\"; "),
        Train("", "public bool A { get; init; } public string B { get; init; } = \"\"; "));

    [Fact]
    public Task Second_numbers_of_retries_are_removed_at_once() => Fixed.VerifyAllAsync(new RemoveAttributeFix(),
        Train("[Retry(1)] [Retry(FailureCategory.Stall, 2), Retry(3), Retry(5), Retry(FailureCategory.Stall, 6)] [Retry(FailureCategory.Stall, 4), Retry(7)]"),
        Train("[Retry(1)] [Retry(FailureCategory.Stall, 2)]"));

    [Fact]
    public Task Bounds_are_swapped() => Fixed.VerifyAsync(new SwapBoundsFix(),
        Train("", "[Range(1.0, 0.5)] public double A { get; init; } = 0.7; "),
        Train("", "[Range(0.5, 1.0)] public double A { get; init; } = 0.7; "));

    [Fact]
    public Task All_bounds_are_swapped_at_once() => Fixed.VerifyAllAsync(new SwapBoundsFix(),
        Train("", "[Range(1.0, 0.5)] public double A { get; init; } [Range(3, 2)] public int B { get; init; } "),
        Train("", "[Range(0.5, 1.0)] public double A { get; init; } [Range(2, 3)] public int B { get; init; } "));

    [Fact]
    public Task A_remedy_gets_a_floor() => Fixed.VerifyAsync(new FloorRemedyFix(),
        Train("", "[OnOutOfMemory(Scale = 0.5)] public int BatchSize { get; init; } = 64; "),
        Train("", "[OnOutOfMemory(Scale = 0.5, Min = 1)] public int BatchSize { get; init; } = 64; "));

    [Fact]
    public Task Processes_are_fitted_to_the_GPUs() => Fixed.VerifyAsync(new FitProcessesFix(),
        Train("[Gpu(2), Launch(Launcher.Torchrun, Processes = 8)]"),
        Train("[Gpu(2), Launch(Launcher.Torchrun, Processes = 2)]"));

    [Fact]
    public Task Axes_that_change_nothing_are_removed_at_once() => Fixed.VerifyAllAsync(new RemoveAxisFix(),
        """
        [Experiment("train", Id = "s{Seed}")] public partial record Train { public int Seed { get; init; } public int Epochs { get; init; } = 5; public int Layers { get; init; } = 2; public Task RunAsync(RunContext run) => Task.CompletedTask; }
        [Sweep] public sealed partial record Runs : ISweep<Train>
        {
            [Values(5)] public int Epochs { get; init; }
            [Seeds(3)] public int Seed { get; init; }
            [Values(2)] public int Layers { get; init; }
        }

        """,
        """
        [Experiment("train", Id = "s{Seed}")] public partial record Train { public int Seed { get; init; } public int Epochs { get; init; } = 5; public int Layers { get; init; } = 2; public Task RunAsync(RunContext run) => Task.CompletedTask; }
        [Sweep] public sealed partial record Runs : ISweep<Train>
        {
            [Seeds(3)] public int Seed { get; init; }
        }

        """);

    [Theory]
    [InlineData("LearningRates", "learning_rates")]
    [InlineData("My model, v2!", "my_model_v2")]
    [InlineData("_Teacher.KD", "teacher.kd")]
    public Task A_name_is_written_in_the_letters_it_may_have(string before, string after) => Fixed.VerifyAsync(new MendExperimentNameFix(), Named(before), Named(after));

    private static string Named(string name) =>
        $$"""[Experiment("{{name}}")] public partial record Run { public int Seed { get; init; } public Task RunAsync(RunContext run) => Task.CompletedTask; }""" + "\n";

    [Fact]
    public Task Values_that_no_run_has_are_removed_at_once() => Fixed.VerifyAllAsync(new RemoveArgumentFix(),
        Train("") + "[Sweep] public sealed partial record Runs : ISweep<Train> { [Values(1, 2, 3, 4, 5)] public int Seed { get; init; } public bool Include => Seed == 1 || Seed == 3; }",
        Train("") + "[Sweep] public sealed partial record Runs : ISweep<Train> { [Values(1, 3)] public int Seed { get; init; } public bool Include => Seed == 1 || Seed == 3; }");

    [Fact]
    public Task Values_listed_twice_are_removed_at_once() => Fixed.VerifyAllAsync(new RemoveValueFix(),
        Train("") + "[Sweep] public sealed partial record Runs : ISweep<Train> { [Values(1, 2, 1, 3, 2)] public int Seed { get; init; } }",
        Train("") + "[Sweep] public sealed partial record Runs : ISweep<Train> { [Values(1, 2, 3)] public int Seed { get; init; } }");

    [Fact]
    public Task The_first_primary_metric_stays() => Fixed.VerifyAsync(new RemoveArgumentFix(),
        Train("", "public sealed partial record Results { [Metric(Goal.Maximize, Primary = true)] public double A { get; init; } [Metric(Goal.Maximize, Primary = true)] public double B { get; init; } } "),
        Train("", "public sealed partial record Results { [Metric(Goal.Maximize, Primary = true)] public double A { get; init; } [Metric(Goal.Maximize)] public double B { get; init; } } "));

    [Fact]
    public Task Names_that_a_trainer_mistypes_become_those_declared_at_once()
    {
        const string Trainer = """
            [Experiment("train", Id = "s{Seed}")]
            public partial record Train
            {
                public int Seed { get; init; }
                public async Task RunAsync(RunContext run) { run.Report("val_ac", 1); run.Report(3, ("val_los", 1)); await Task.Yield(); }
                public sealed partial record Results
                {
                    [Metric(Goal.Maximize)] public double ValAcc { get; init; }
                    [Metric(Goal.Minimize)] public double ValLoss { get; init; }
                }
            }
            """;
        return Fixed.VerifyAllAsync(new NearestWordFix(), Trainer, Trainer.Replace("val_ac\"", "val_acc\"").Replace("val_los\"", "val_loss\""));
    }

    [Fact]
    public Task A_required_property_becomes_an_axis() => Fixed.VerifyAsync(new AddRequiredAxisFix(),
        Required + "[Sweep]\npublic sealed partial record Runs : ISweep<Train>\n{\n    [Seeds(3)] public int Seed { get; init; }\n}\n",
        Required + "[Sweep]\npublic sealed partial record Runs : ISweep<Train>\n{\n    [All] public Size Size { get; init; }\n    [Seeds(3)] public int Seed { get; init; }\n}\n");

    private const string Required = """
        public enum Size { Small, Large }
        [Experiment("train", Id = "{Size}_s{Seed}"), Entrypoint("train.py")] public partial record Train { public required Size Size { get; init; } public int Seed { get; init; } }

        """;
}
