using System.ComponentModel.DataAnnotations;
using Experiments;

namespace LlmEfficiency;

/// <summary>Generates text with a language model on a CPU and measures what that takes: time, floating point operations, memory, energy.</summary>
[Experiment("generate", Id = "{Model}/{Precision}_b{BatchSize}_{Decoder}/cycle{Cycle}")]
[Entrypoint("-m llm.generate")]
[ResultFiles("text_generation")]
[Retry(3, BackoffBase = 2), Timeout("30m")]
public sealed partial record Generate : Generation
{
    public required Model Model { get; init; }
    public Precision Precision { get; init; } = Precision.Float32;
    [Range(1, 1024)] public int BatchSize { get; init; } = 8;

    /// <summary>Prompts that are answered, and measured.</summary>
    [Range(1, 10_000)] public int InputPrompts { get; init; } = 16;
    [Range(1, 4_096)] public int OutputTokens { get; init; } = 24;

    public sealed partial record Results : Measurements
    {
        [Artifact("text_output.json", Component = ResultComponent.TextOutput)] public Artifact Text { get; init; }
    }
}
