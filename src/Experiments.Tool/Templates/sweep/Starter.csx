#!/usr/bin/env exp
// exp plan Starter.csx     what would run
// exp run Starter.csx      run it; again: what is done is skipped

using System.ComponentModel.DataAnnotations;

/// <summary>What one run is: every property is part of its configuration.</summary>
[Experiment("starter", Id = "starter/lr{LearningRate}_s{Seed}")]
public sealed partial record Training
{
    /// <summary>Step size.</summary>
    [Range(1e-6, 10.0)] public double LearningRate { get; init; } = 0.1;

    /// <summary>Draws the starting point.</summary>
    public int Seed { get; init; }

    /// <summary>Trains; a worker calls this in a process of its own. Replace it with your trainer.</summary>
    public Task<Results> RunAsync(RunContext run)
    {
        // Gradient descent on (x - 3)².
        var x = new Random(Seed).NextDouble() * 10;
        for (var step = 1; step <= 20; step++)
        {
            x -= LearningRate * 2 * (x - 3);
            run.Report(step, ("loss", (x - 3) * (x - 3)));
        }

        return Task.FromResult(new Results { Loss = (x - 3) * (x - 3) });
    }

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
