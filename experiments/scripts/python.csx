#!/usr/bin/env exp
// Drives a Python trainer: the record and the script's options are one and the same.
//
//   exp run python.csx

using System.ComponentModel.DataAnnotations;

/// <summary>A perceptron in plain Python.</summary>
[Experiment("perceptron", Id = "rate{Rate}_epochs{Epochs}")]
[Entrypoint("perceptron.py")]
[Timeout("5m")]
public sealed partial record Perceptron
{
    /// <summary>Step size.</summary>
    [Range(1e-6, 10.0)] public double Rate { get; init; } = 0.1;

    /// <summary>Passes over the images.</summary>
    [Range(1, 100)] public int Epochs { get; init; } = 2;

    public sealed partial record Results
    {
        [Metric(Goal.Maximize, Primary = true)] public double TestAccuracy { get; init; }
        [Artifact("weights.json")] public Artifact Weights { get; init; }
    }
}

[Sweep]
public sealed partial record Rates : ISweep<Perceptron>
{
    [Values(0.01, 0.1)] public double Rate { get; init; }
    [Values(1, 3)] public int Epochs { get; init; }
}
