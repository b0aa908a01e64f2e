namespace Experiments.Benchmarks.Sweeps;

/// <summary>An experiment of ordinary size.</summary>
[Experiment("digits", Id = "{Dataset}/lr{LearningRate}_wd{WeightDecay}_d{Dropout}_s{Seed}_{hash:8}")]
[Entrypoint("train.py")]
public sealed partial record Training
{
    /// <summary>Name of the data set.</summary>
    public string Dataset { get; init; } = "digits";

    /// <summary>Step size.</summary>
    public double LearningRate { get; init; } = 0.1;

    /// <summary>How strongly weights are pulled towards zero.</summary>
    public double WeightDecay { get; init; } = 1e-4;

    /// <summary>Fraction of units left out.</summary>
    public double Dropout { get; init; }

    /// <summary>Width of the hidden layer.</summary>
    public int HiddenWidth { get; init; } = 64;

    /// <summary>Images in a minibatch.</summary>
    public int BatchSize { get; init; } = 64;

    /// <summary>Fraction of the last step that carries over.</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>Seed of everything random.</summary>
    public int Seed { get; init; }
}

/// <summary>A million runs: 10 × 10 × 10 × 1,000.</summary>
[Sweep(MaxRuns = 1_000_000)]
public sealed partial record Million : ISweep<Training>
{
    /// <summary>Ten learning rates.</summary>
    [LogSpace(1e-4, 1e-1, 10)] public double LearningRate { get; init; }

    /// <summary>Ten weight decays.</summary>
    [LogSpace(1e-6, 1e-3, 10)] public double WeightDecay { get; init; }

    /// <summary>Ten dropouts.</summary>
    [Linspace(0, 0.9, 10)] public double Dropout { get; init; }

    /// <summary>A thousand seeds.</summary>
    [Seeds(1_000)] public int Seed { get; init; }
}
