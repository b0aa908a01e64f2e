using Experiments;

namespace Starter;

/// <summary>Which runs: every learning rate with every seed.</summary>
[Sweep]
public sealed partial record LearningRates : ISweep<Training>
{
    [Values(0.03, 0.1, 0.3)] public double LearningRate { get; init; }
    [Seeds(3)] public int Seed { get; init; }
}
