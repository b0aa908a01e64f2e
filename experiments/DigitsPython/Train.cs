using System.ComponentModel.DataAnnotations;
using Experiments;

namespace DigitsPython;

/// <summary>Stage two: a classifier learns from labels or, when distilled, from a teacher.</summary>
[Experiment("train", Id = "{Dataset}/{Size}_train{Distilled?_kd}")]
[Entrypoint("-m digits.train")]
[Retry(1), Timeout("10m")]
public sealed partial record Train
{
    public required Dataset Dataset { get; init; }
    public Size Size { get; init; } = Size.Teacher;

    /// <summary>Learn from the teacher of the same data set (knowledge distillation).</summary>
    public bool Distilled { get; init; }

    [Range(1, 10_000)] public int Epochs { get; init; } = 60;
    [Range(1, 1024)] public int BatchSize { get; init; } = 32;
    [Range(1e-6, 1.0)] public double LearningRate { get; init; } = 2e-3;
    [Range(0.0, 1.0)] public double WeightDecay { get; init; } = 1e-3;
    public int Seed { get; init; }

    [Input] public Pretrain Encoder => new() { Dataset = Dataset, Size = Size };

    [Input] public Train? Teacher => Distilled ? this with { Size = Size.Teacher, Distilled = false } : null;

    public sealed partial record Results
    {
        [Metric(Goal.Maximize, Primary = true)] public double ValAcc { get; init; }
        [Metric(Goal.Minimize)] public double ValLoss { get; init; }
        [Artifact("best_model.npz")] public Artifact Model { get; init; }
    }
}
