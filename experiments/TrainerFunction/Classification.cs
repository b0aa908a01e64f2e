using System.ComponentModel.DataAnnotations;
using Experiments;

namespace TrainerFunction;

/// <summary>A classifier of digits, trained by a Python function that knows nothing of us.</summary>
[Experiment("classification", Id = "lr{LearningRate}_wd{Optim.WeightDecay}_s{Seed}")]
[Entrypoint("trainer.classification:train_classification")]
[Retry(1), Timeout("10m")]
public sealed partial record Classification
{
    [Range(1e-4, 100.0)] public double LearningRate { get; init; } = 0.1;
    public Optim Optim { get; init; } = new();
    [Range(1, 1_000)] public int Epochs { get; init; } = 6;
    [Range(1, 1_024)] public int BatchSize { get; init; } = 64;
    public int Seed { get; init; }

    public sealed partial record Results
    {
        [Metric(Goal.Maximize, Primary = true)] public double ValAcc { get; init; }
        [Metric(Goal.Minimize)] public double ValLoss { get; init; }
        [Artifact("model.npz")] public Artifact Checkpoint { get; init; }
    }
}

/// <summary>Settings of the optimiser; Python finds them as <c>config["optim"]</c>.</summary>
public sealed partial record Optim
{
    [Range(0.0, 1.0)] public double WeightDecay { get; init; } = 1e-4;
    [Range(0.0, 0.999)] public double Momentum { get; init; } = 0.9;
}
