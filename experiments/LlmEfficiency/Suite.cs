using Experiments;

namespace LlmEfficiency;

/// <summary>
/// The whole suite: models, under controlled configurations that differ from a baseline in one thing each, five times. The cycles take turns, so that a machine
/// that warms up or slows down does it to every configuration alike.
/// </summary>
[Sweep(Order = RunOrder.RoundRobin, Tags = ["suite"])]
public sealed partial record Suite : ISweep<Generate>
{
    [Values(Model.Tiny, Model.Small)] public Model Model { get; init; }
    [Values(Precision.Float32, Precision.Float64)] public Precision Precision { get; init; }
    [Values(8, 1)] public int BatchSize { get; init; }
    [Repeats(5)] public int Cycle { get; init; }

    /// <summary>One thing at a time: float32 in batches of 8 is the baseline.</summary>
    public bool Include => Precision == Precision.Float32 || BatchSize == 8;
}

/// <summary>The suite for a machine with a GPU: a model of real size in half precision, too.</summary>
[Sweep(Order = RunOrder.RoundRobin, Tags = ["suite"])]
public sealed partial record GpuSuite : ISweep<GenerateOnGpu>
{
    [Values(Precision.Float32, Precision.Float16)] public Precision Precision { get; init; }
    [Values(1, 8, 32)] public int BatchSize { get; init; }
    [All] public Decoder Decoder { get; init; }
    [Repeats(5)] public int Cycle { get; init; }
}

/// <summary>What a second card brings: half the prompts each, the energy of both.</summary>
[Sweep(Order = RunOrder.RoundRobin, Tags = ["suite"])]
public sealed partial record TwoGpuSuite : ISweep<GenerateOnTwoGpus>
{
    [Values(8, 32)] public int BatchSize { get; init; }
    [Repeats(5)] public int Cycle { get; init; }
}
