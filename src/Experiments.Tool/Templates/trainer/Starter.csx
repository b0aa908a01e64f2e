#!/usr/bin/env exp
// exp run Starter.csx

using System.ComponentModel.DataAnnotations;

/// <summary>The options of Starter.py, typed.</summary>
[Experiment("starter", Id = "starter/lr{LearningRate}_s{Seed}")]
[Entrypoint("Starter.py")]
[Retry(2)]
[Timeout("1h")]
public sealed partial record Training
{
    /// <summary>Step size.</summary>
    [Range(1e-6, 10.0)] public double LearningRate { get; init; } = 0.1;

    /// <summary>Draws the starting point.</summary>
    public int Seed { get; init; }

    /// <summary>What a run leaves.</summary>
    public sealed partial record Results
    {
        [Metric(Goal.Minimize, Primary = true)] public double Loss { get; init; }
    }
}

/// <summary>Which runs: every learning rate with every seed.</summary>
[Sweep]
public sealed partial record LearningRates : ISweep<Training>
{
    [Values(0.03, 0.1, 0.3)] public double LearningRate { get; init; }
    [Seeds(3)] public int Seed { get; init; }
}
