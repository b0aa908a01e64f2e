using System.ComponentModel.DataAnnotations;
using Experiments;

namespace LlmEfficiency;

/// <summary>The same measurement on GPUs: a larger model, more prompts, and batches that are halved where a card can't hold them.</summary>
public abstract record GpuGeneration : Generation
{
    public Model Model { get; init; } = Model.Base;
    public Precision Precision { get; init; } = Precision.Float16;
    [OnOutOfMemory(Scale = 0.5, Min = 1), Range(1, 1024)] public int BatchSize { get; init; } = 32;
    [Range(1, 10_000)] public int InputPrompts { get; init; } = 128;
    [Range(1, 4_096)] public int OutputTokens { get; init; } = 128;
}

/// <summary>On one GPU.</summary>
[Experiment("generate_on_gpu", Id = "gpu/{Model}/{Precision}_b{BatchSize}_{Decoder}/cycle{Cycle}")]
[Entrypoint("-m llm.generate")]
[Gpu(1, MemoryGiB = 8)]
[ResultFiles("text_generation")]
[Retry(3, BackoffBase = 2), Timeout("30m")]
public sealed partial record GenerateOnGpu : GpuGeneration
{
    public sealed partial record Results : Measurements
    {
        [Artifact("text_output.json", Component = ResultComponent.TextOutput)] public Artifact Text { get; init; }
    }
}

/// <summary>On two: a process for each, started by <c>accelerate</c>, with its share of the prompts.</summary>
[Experiment("generate_on_two_gpus", Id = "gpus/{Model}/{Precision}_b{BatchSize}_{Decoder}/cycle{Cycle}")]
[Entrypoint("-m llm.generate")]
[Gpu(2, MemoryGiB = 8), Launch(Launcher.Accelerate)]
[ResultFiles("text_generation")]
[Retry(3, BackoffBase = 2), Timeout("30m")]
public sealed partial record GenerateOnTwoGpus : GpuGeneration
{
    public sealed partial record Results : Measurements
    {
        [Artifact("text_output.json", Component = ResultComponent.TextOutput)] public Artifact Text { get; init; }
    }
}
