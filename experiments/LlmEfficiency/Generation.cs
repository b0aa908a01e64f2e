using System.ComponentModel.DataAnnotations;
using Experiments;

namespace LlmEfficiency;

/// <summary>Generating text with a language model, on whatever hardware.</summary>
public abstract record Generation
{
    public Decoder Decoder { get; init; } = Decoder.Greedy;

    /// <summary>Batches before the measurement begins: caches fill, clocks rise, libraries load.</summary>
    [Range(0, 100)] public int WarmupIterations { get; init; } = 3;

    /// <summary>Power of one busy core, where the machine doesn't let its energy be read: then energy is an estimate, and says so.</summary>
    [Range(0.1, 1_000)] public double WattsPerCore { get; init; } = 10;

    /// <summary>Which measurement of this configuration it is, from 1.</summary>
    [Range(1, 1_000)] public int Cycle { get; init; } = 1;
}

/// <summary>What it took; of several processes, their numbers together.</summary>
public abstract record Measurements
{
    [Metric(Goal.Minimize, Component = ResultComponent.ModelArchitecture)] public long Parameters { get; init; }
    [Metric(Goal.Minimize, Component = ResultComponent.ModelArchitecture)] public int Layers { get; init; }

    [Metric(Goal.Maximize, Ranks = RankAggregation.Sum)] public long Tokens { get; init; }
    [Metric(Goal.Maximize, Ranks = RankAggregation.Sum)] public long Queries { get; init; }

    /// <summary>Seconds, of the slowest process.</summary>
    [Metric(Goal.Minimize, Ranks = RankAggregation.Max)] public double Duration { get; init; }

    [Metric(Goal.Minimize, Ranks = RankAggregation.Sum, Component = ResultComponent.ComputeMetrics)] public double Flops { get; init; }

    /// <summary>Of the largest process; on GPUs, what the model and its cache took of the fullest card.</summary>
    [Metric(Goal.Minimize, Ranks = RankAggregation.Max, Component = ResultComponent.ComputeMetrics)] public double PeakMemoryMib { get; init; }

    /// <summary>Joules, of all processes; on GPUs, of the cards that they use.</summary>
    [Metric(Goal.Minimize, Ranks = RankAggregation.Sum, Component = ResultComponent.GlobalEnergyResults)] public double Energy { get; init; }

    /// <summary>1 when any process could not read its energy and estimated it.</summary>
    [Metric(Goal.Minimize, Ranks = RankAggregation.Max, Component = ResultComponent.GlobalEnergyResults)] public double EnergyEstimated { get; init; }

    [Metric(Goal.Maximize)] public double TokensPerSecond => Tokens / Duration;
    [Metric(Goal.Maximize, Primary = true, Component = ResultComponent.GlobalEnergyResults)] public double TokensPerJoule => Tokens / Energy;
    [Metric(Goal.Maximize, Component = ResultComponent.GlobalEnergyResults)] public double FlopsPerJoule => Flops / Energy;
    [Metric(Goal.Maximize, Component = ResultComponent.GlobalEnergyResults)] public double QueriesPerKwh => Queries / (Energy / 3.6e6);
    [Metric(Goal.Minimize, Component = ResultComponent.GlobalEnergyResults)] public double EnergyPerToken => Energy / Tokens;
}
