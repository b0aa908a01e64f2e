using System.Text;

namespace Experiments.Registry.Tests.Kit;

/// <summary>Plans and workers for tests.</summary>
public static class Given
{
    public const string Host = "here";

    public static ExperimentDefinition Experiment(string name = "classifier", int gpus = 0, string target = "train.py") => new()
    {
        Name = name,
        IdTemplate = "{id}",
        Launch = new Launch { Kind = LaunchKind.File, Target = target, Program = ["python3", "/x/" + target], WorkingDirectory = "/x" },
        Resources = new Resources { Gpus = gpus },
        Metrics = [new MetricDefinition("acc", Goal.Maximize, true)],
    };

    public static PlannedRun Run(string id, string? config = null, ExperimentDefinition? experiment = null, int priority = 100, string[]? tags = null, params PlannedRun[] inputs)
    {
        var json = Encoding.UTF8.GetBytes(config ?? $$"""{"id":"{{id}}"}""");
        return new PlannedRun
        {
            Id = id,
            Experiment = experiment ?? Experiment(),
            Config = json,
            Hash = ContentHash.Compute(json),
            Priority = priority,
            Tags = [.. tags ?? []],
            Inputs = [.. inputs.Select((run, i) => new PlannedInput($"input_{i}", run))],
        };
    }

    public static Plan Plan(params PlannedRun[] runs) => Experiments.Plan.Create("Sweep", runs);

    public static Plan Plan(string target, params PlannedRun[] runs) => Experiments.Plan.Create(target, runs);

    public static WorkerRecord Worker(string id = "w1", string host = Host) => new()
    {
        Id = id,
        Host = host,
        Process = new ProcessIdentity(1234, 99, "boot"),
        Slots = 2,
        Gpus = [0, 1],
        Started = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero),
        Seen = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero),
    };

    public static AttemptEnd Success(params (string Name, double Value)[] metrics) => new()
    {
        Outcome = AttemptOutcome.Succeeded,
        Next = RunStatus.Completed,
        ExitCode = 0,
        Metrics = metrics.ToDictionary(m => m.Name, m => m.Value),
    };

    public static AttemptEnd Failure(RunStatus next = RunStatus.Failed, TimeSpan delay = default) => new()
    {
        Outcome = AttemptOutcome.Failed,
        Next = next,
        Category = "unknown",
        Message = "boom",
        ExitCode = 1,
        Delay = delay,
    };
}
