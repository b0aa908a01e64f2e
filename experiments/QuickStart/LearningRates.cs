using Experiments;

namespace QuickStart;

/// <summary>Which learning rate, width and weight decay read digits best?</summary>
[Sweep(Tags = ["baseline"])]
public sealed partial record LearningRates : ISweep<Classifier>
{
    [Values(0.01, 0.1, 0.3)] public double LearningRate { get; init; }
    [Values(16, 64, 256)] public int Hidden { get; init; }
    [LogSpace(1e-4, 1e-3, 2)] public double WeightDecay { get; init; }
    [Seeds(2)] public int Seed { get; init; }

    /// <summary>The usual learning rate goes first.</summary>
    public int Priority => LearningRate == 0.1 ? 150 : 100;
}
