using System.ComponentModel.DataAnnotations;
using Experiments;

namespace DigitsPython;

/// <summary>Stage one: an autoencoder learns to describe images without labels.</summary>
[Experiment("pretrain", Id = "{Dataset}/{Size}_pretrain")]
[Entrypoint("-m digits.pretrain")]
[Retry(1), Timeout("10m")]
public sealed partial record Pretrain
{
    public required Dataset Dataset { get; init; }
    public Size Size { get; init; } = Size.Teacher;

    [Range(1, 10_000)] public int Epochs { get; init; } = 40;
    [Range(1, 1024)] public int BatchSize { get; init; } = 32;
    [Range(1e-6, 1.0)] public double LearningRate { get; init; } = 2e-3;
    [Range(0.0, 1.0)] public double WeightDecay { get; init; } = 1e-3;
    public int Seed { get; init; }

    public sealed partial record Results
    {
        [Metric(Goal.Minimize, Primary = true)] public double ValLoss { get; init; }
        [Artifact("encoder.npz")] public Artifact Encoder { get; init; }
    }
}
