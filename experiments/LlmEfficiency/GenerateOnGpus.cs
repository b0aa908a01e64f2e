using System.ComponentModel.DataAnnotations;
using Experiments;

namespace LlmEfficiency;

/// <summary>The same measurement as several processes, each with a GPU and its share of the prompts, started by <c>accelerate</c>.</summary>
[Experiment("generate_on_gpus", Id = "gpu/{Model}/{Precision}_b{BatchSize}_{Decoder}/cycle{Cycle}")]
[Entrypoint("-m llm.generate")]
[Gpu(2, MemoryGiB = 8), Launch(Launcher.Accelerate)]
[ResultFiles("text_generation")]
[Retry(3, BackoffBase = 2), Timeout("30m")]
public sealed partial record GenerateOnGpus
{
    public Model Model { get; init; } = Model.Base;
    public Precision Precision { get; init; } = Precision.Float16;
    [OnOutOfMemory(Scale = 0.5, Min = 1), Range(1, 1024)] public int BatchSize { get; init; } = 32;
    public Decoder Decoder { get; init; } = Decoder.Greedy;
    [Range(1, 10_000)] public int InputPrompts { get; init; } = 128;
    [Range(1, 4_096)] public int OutputTokens { get; init; } = 128;
    [Range(0, 100)] public int WarmupIterations { get; init; } = 3;
    [Range(0.1, 1_000)] public double WattsPerCore { get; init; } = 10;
    [Range(1, 1_000)] public int Cycle { get; init; } = 1;

    public sealed partial record Results
    {
        [Metric(Goal.Minimize, Component = ResultComponent.ModelArchitecture)] public long Parameters { get; init; }
        [Metric(Goal.Maximize, Ranks = RankAggregation.Sum)] public long Tokens { get; init; }
        [Metric(Goal.Maximize, Ranks = RankAggregation.Sum)] public long Queries { get; init; }
        [Metric(Goal.Minimize, Ranks = RankAggregation.Max)] public double Duration { get; init; }
        [Metric(Goal.Minimize, Ranks = RankAggregation.Sum, Component = ResultComponent.ComputeMetrics)] public double Flops { get; init; }

        /// <summary>Memory of the fullest card that the model and its cache took.</summary>
        [Metric(Goal.Minimize, Ranks = RankAggregation.Max, Component = ResultComponent.ComputeMetrics)] public double PeakMemoryMib { get; init; }

        /// <summary>Joules: those of the cards that each process uses.</summary>
        [Metric(Goal.Minimize, Ranks = RankAggregation.Sum, Component = ResultComponent.GlobalEnergyResults)] public double Energy { get; init; }

        [Metric(Goal.Minimize, Ranks = RankAggregation.Max, Component = ResultComponent.GlobalEnergyResults)] public double EnergyEstimated { get; init; }
        [Metric(Goal.Maximize)] public double TokensPerSecond => Tokens / Duration;
        [Metric(Goal.Maximize, Primary = true, Component = ResultComponent.GlobalEnergyResults)] public double TokensPerJoule => Tokens / Energy;
        [Metric(Goal.Maximize, Component = ResultComponent.GlobalEnergyResults)] public double FlopsPerJoule => Flops / Energy;
        [Metric(Goal.Maximize, Component = ResultComponent.GlobalEnergyResults)] public double QueriesPerKwh => Queries / (Energy / 3.6e6);
        [Metric(Goal.Minimize, Component = ResultComponent.GlobalEnergyResults)] public double EnergyPerToken => Energy / Tokens;
    }
}
