using System.Text;

namespace Experiments.Core.Tests;

/// <summary>Planned runs made by hand.</summary>
internal static class Planned
{
    public static ExperimentDefinition Definition { get; } = new()
    {
        Name = "train",
        Summary = "Says \"hello\" — ☃",
        IdTemplate = "{X}",
        Launch = new Launch
        {
            Kind = LaunchKind.Module,
            Target = "src.main",
            Arguments = ["a b", "--x"],
            Style = ArgumentStyle.Overrides,
            OptionCase = OptionCase.Snake,
            Booleans = BooleanStyle.Negatable,
            Tool = "kdgat",
            Program = ["/usr/bin/python3", "-m", "src.main"],
            WorkingDirectory = "/somewhere/else",
        },
        Resources = new Resources { Gpus = 2, MemoryGiB = 7.5 },
        Retry = new RetryPolicy { Limit = 3, BackoffBase = 1.5, Budgets = [new RetryBudget(FailureCategory.Communication, 10)] },
        Timeout = TimeSpan.FromHours(12),
        Stall = TimeSpan.FromMinutes(30),
        Metrics = [new MetricDefinition("val_acc", Goal.Maximize, Primary: true), new MetricDefinition("val_loss", Goal.Minimize)],
        Artifacts = [new ArtifactDefinition("model", "best_model.pt")],
        Remedies = [new Remedy("batch_size", 0.5, Min: 1, IsInteger: true), new Remedy("accumulation_steps", 2, Max: 64)],
        Invariants = [new Invariant("batch_size", "accumulation_steps")],
        FailureRules = [new FailureRule("Lustre", FailureCategory.NodeFailure, FailureAction.Requeue), new FailureRule("bad \"shard\"", FailureCategory.Data)],
        Checkpoints = new CheckpointPolicy(3, 1),
    };

    public static PlannedRun Run(string id, string config = "{}", params PlannedRun[] inputs) => new()
    {
        Id = id,
        Experiment = Definition,
        Config = Encoding.UTF8.GetBytes(config),
        Hash = ContentHash.Compute(Encoding.UTF8.GetBytes(config)),
        Inputs = [.. inputs.Select((input, index) => new PlannedInput($"input{index}", input))],
    };

    public static string[] Ids(Plan plan) => [.. plan.Runs.Select(run => run.Id)];
}
