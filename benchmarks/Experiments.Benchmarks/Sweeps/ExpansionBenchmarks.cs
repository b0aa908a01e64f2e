using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using BenchmarkDotNet.Attributes;

namespace Experiments.Benchmarks.Sweeps;

/// <summary>Expanding, naming and hashing a sweep of a million points, beside what a careful program does by hand with the framework.</summary>
[MemoryDiagnoser, ShortRunJob]
public class ExpansionBenchmarks
{
    private static readonly SweepType Sweep = Catalogue.Registered.Sweeps.Single(sweep => sweep.Name == nameof(Million));

    /// <summary>Ids and hashes only: what a look at a large sweep costs.</summary>
    [Benchmark]
    public long VisitIds()
    {
        long bytes = 0;
        Sweep.VisitIds((id, _) => bytes += id.Length);
        return bytes;
    }

    /// <summary>Whole planned runs: id, canonical JSON, hash, validation, inputs.</summary>
    [Benchmark]
    public long PlannedRuns()
    {
        long bytes = 0;
        foreach (var run in Sweep.Expand([]))
            bytes += run.Id.Length;
        return bytes;
    }

    /// <summary>Nested loops, interpolated strings, System.Text.Json by reflection and SHA-256.</summary>
    [Benchmark(Baseline = true)]
    public long ByHand()
    {
        long bytes = 0;
        for (var rate = 0; rate < 10; rate++)
        for (var decay = 0; decay < 10; decay++)
        for (var dropout = 0; dropout < 10; dropout++)
        for (var seed = 0; seed < 1_000; seed++)
        {
            var config = new Plain("digits", Math.Pow(10, -4 + rate / 3.0), Math.Pow(10, -6 + decay / 3.0), dropout / 10.0, 64, 64, 0.9, seed);
            var hash = SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(config));
            bytes += string.Create(CultureInfo.InvariantCulture,
                $"{config.Dataset}/lr{config.LearningRate}_wd{config.WeightDecay}_d{config.Dropout}_s{config.Seed}_{Convert.ToHexStringLower(hash, 0, 4)}").Length;
        }

        return bytes;
    }

    private sealed record Plain(string Dataset, double LearningRate, double WeightDecay, double Dropout, int HiddenWidth, int BatchSize, double Momentum, int Seed);
}
