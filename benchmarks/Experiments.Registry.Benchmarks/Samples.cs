using System.Globalization;
using System.Text;

namespace Experiments.Registry.Benchmarks;

/// <summary>Plans of any size for the registry's benchmarks.</summary>
internal static class Samples
{
    private static readonly ExperimentDefinition s_experiment = new()
    {
        Name = "classifier",
        IdTemplate = "{Dataset}/lr{LearningRate}_s{Seed}",
        Launch = new Launch { Kind = LaunchKind.File, Target = "train.py", Program = ["python3", "train.py"], WorkingDirectory = "/tmp" },
    };

    public static Plan Plan(string target, string prefix, int runs) => Experiments.Plan.Create(target, Enumerable.Range(0, runs).Select(i => Run(prefix, i)));

    public static WorkerRecord Worker(string id) => new()
    {
        Id = id,
        Host = "bench",
        Process = new ProcessIdentity(Environment.ProcessId, 1, "boot"),
        Slots = 16,
        Started = DateTimeOffset.UtcNow,
        Seen = DateTimeOffset.UtcNow,
    };

    private static PlannedRun Run(string prefix, int number)
    {
        var config = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
            $$"""{"batch_size":64,"dataset":"hcrl_sa","learning_rate":0.{{number % 1000:D3}},"optimizer":{"momentum":0.9,"name":"sgd","weight_decay":0.0001},"seed":{{number}}}"""));
        return new PlannedRun
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"{prefix}/lr0.{number % 1000:D3}_s{number}"),
            Experiment = s_experiment,
            Config = config,
            Hash = ContentHash.Compute(config),
        };
    }
}
