#!/usr/bin/env exp
// A whole experiment in one file: real training on real data, in C#.
//
//   exp plan quickstart.csx        what would run
//   exp run quickstart.csx         36 runs; again: all done already
//   exp leaderboard digits         the best of them

using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.IO.Compression;
using System.Runtime.CompilerServices;

const int Pixels = 64, Classes = 10, SeedCount = 3;

/// <summary>Softmax regression that reads handwritten digits.</summary>
[Experiment("digits", Id = "lr{LearningRate}_wd{WeightDecay:0e0}_s{Seed}")]
[Timeout("5m")]
public sealed partial record Digits
{
    /// <summary>Step size of stochastic gradient descent.</summary>
    [Range(1e-6, 10.0)] public double LearningRate { get; init; } = 0.1;

    /// <summary>How strongly weights are pulled towards zero.</summary>
    [Range(0.0, 1.0)] public double WeightDecay { get; init; } = 1e-4;

    /// <summary>Passes over the training images.</summary>
    [Range(1, 1000)] public int Epochs { get; init; } = 5;

    /// <summary>Draws the order of the images.</summary>
    public int Seed { get; init; }

    public Task<Results> RunAsync(RunContext run)
    {
        var (images, labels) = Data.Load();
        var test = images.Length / 4;
        var weights = new double[Classes, Pixels + 1];
        var random = new Random(Seed);
        for (var epoch = 1; epoch <= Epochs; epoch++)
        {
            foreach (var i in Enumerable.Range(test, images.Length - test).OrderBy(_ => random.Next()))
                Softmax.Step(weights, images[i], labels[i], LearningRate, WeightDecay);
            run.Report(step: epoch, ("test_accuracy", Softmax.Accuracy(weights, images.AsSpan(0, test), labels)));
        }

        return Task.FromResult(new Results { TestAccuracy = Softmax.Accuracy(weights, images.AsSpan(0, test), labels) });
    }

    public sealed partial record Results
    {
        /// <summary>Fraction of the test images read correctly.</summary>
        [Metric(Goal.Maximize, Primary = true)] public double TestAccuracy { get; init; }
    }
}

/// <summary>Which step size, and how much decay.</summary>
[Sweep]
public sealed partial record Grid : ISweep<Digits>
{
    [Values(0.003, 0.01, 0.03, 0.1)] public double LearningRate { get; init; }
    [LogSpace(1e-4, 1e-2, 3)] public double WeightDecay { get; init; }
    [Seeds(SeedCount)] public int Seed { get; init; }
}

static class Softmax
{
    public static double[] Probabilities(double[,] weights, double[] image)
    {
        var scores = new double[Classes];
        for (var c = 0; c < Classes; c++)
        {
            scores[c] = weights[c, Pixels];
            for (var p = 0; p < Pixels; p++)
                scores[c] += weights[c, p] * image[p];
        }

        var top = scores.Max();
        var sum = scores.Sum(s => Math.Exp(s - top));
        return Array.ConvertAll(scores, s => Math.Exp(s - top) / sum);
    }

    public static void Step(double[,] weights, double[] image, int label, double rate, double decay)
    {
        var probabilities = Probabilities(weights, image);
        for (var c = 0; c < Classes; c++)
        {
            var error = probabilities[c] - (c == label ? 1 : 0);
            weights[c, Pixels] -= rate * error;
            for (var p = 0; p < Pixels; p++)
                weights[c, p] -= rate * ((error * image[p]) + (decay * weights[c, p]));
        }
    }

    public static double Accuracy(double[,] weights, ReadOnlySpan<double[]> images, int[] labels)
    {
        var right = 0;
        for (var i = 0; i < images.Length; i++)
        {
            var probabilities = Probabilities(weights, images[i]);
            if (Array.IndexOf(probabilities, probabilities.Max()) == labels[i])
                right++;
        }

        return (double)right / images.Length;
    }
}

static class Data
{
    /// <summary>The 1,797 images of the UCI optical digits test set: 64 grey levels in 0 … 1, and the digit.</summary>
    public static (double[][] Images, int[] Labels) Load()
    {
        using var file = new GZipStream(File.OpenRead(Path.Combine(Here(), "../data/digits.csv.gz")), CompressionMode.Decompress);
        using var text = new StreamReader(file);
        var rows = text.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => Array.ConvertAll(line.Split(','), cell => double.Parse(cell, CultureInfo.InvariantCulture))).ToArray();
        return (Array.ConvertAll(rows, r => Array.ConvertAll(r[..Pixels], level => level / 16)), Array.ConvertAll(rows, r => (int)r[Pixels]));
    }

    /// <summary>The folder this script is in.</summary>
    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
