using Experiments;

namespace TrainerFunction;

/// <summary>Stage one: where, roughly? Learning rates over four powers of ten.</summary>
[Sweep(Tags = ["coarse"])]
public sealed partial record Coarse : ISweep<Classification>
{
    [Values(0.001, 0.01, 0.1, 1.0, 10.0)] public double LearningRate { get; init; }
    [Values(1e-4, 1e-2), Axis("Optim.WeightDecay")] public double WeightDecay { get; init; }

    /// <summary>Learning rates that are expected to do well go first, extreme ones last.</summary>
    public int Priority => LearningRate switch { 0.1 => 150, > 1.0 or < 0.01 => 50, _ => 100 };
}

/// <summary>Stage two: around the best of stage one, three times each, since the differences are small there.</summary>
/// <param name="Best">The best configuration so far.</param>
[Sweep(Tags = ["fine"])]
public sealed partial record Fine(Classification Best) : ISweep<Classification>
{
    [ValuesFrom(nameof(LearningRates))] public double LearningRate { get; init; }
    [Seeds(3)] public int Seed { get; init; }

    /// <summary>A half, the same, and the double.</summary>
    public IReadOnlyList<double> LearningRates => [Best.LearningRate / 2, Best.LearningRate, Best.LearningRate * 2];

    public Classification Base => Best;
}
