using Experiments;

namespace Weekend;

/// <summary>A training that has a trouble, and what is done about it.</summary>
[Experiment("training", Id = "{Trouble}/{Seed}")]
[Entrypoint("trainer.py")]
[Retry(3, BackoffBase = 0.01), Retry(FailureCategory.Communication, 4)]
[Stall("3s"), Timeout("2m")]
[Invariant(nameof(BatchSize), nameof(AccumulationSteps))]
public sealed partial record Training
{
    public required Trouble Trouble { get; init; }
    public int Seed { get; init; }

    [OnOutOfMemory(Scale = 0.5, Min = 4)] public int BatchSize { get; init; } = 64;
    [OnOutOfMemory(Scale = 2)] public int AccumulationSteps { get; init; } = 1;

    public sealed partial record Results
    {
        [Metric(Goal.Minimize, Primary = true)] public double Loss { get; init; }
    }
}

/// <summary>190 trainings, the troubles well mixed.</summary>
[Sweep(Order = RunOrder.Shuffled, Seed = 7)]
public sealed partial record Trainings : ISweep<Training>
{
    [All] public Trouble Trouble { get; init; }
    [Seeds(112)] public int Seed { get; init; }

    public bool Include => Seed < Trouble.Runs();
}
