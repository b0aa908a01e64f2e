namespace Experiments.LabSpecs;

/// <summary>How far a point is from the bottom of a parabola.</summary>
[Experiment("parabola", Id = "parabola/x{X}{Fails?_fails}{Waits?_waits}")]
public sealed partial record Parabola
{
    public double X { get; init; }

    public bool Fails { get; init; }

    public bool Waits { get; init; }

    public async Task<Results> RunAsync(RunContext run)
    {
        if (Fails)
            throw new InvalidOperationException("no such point");
        if (Waits)
        {
            File.WriteAllText(run.CheckpointPath("started"), "");
            await Task.Delay(Timeout.Infinite, run.Stopping);
        }

        return new Results { Height = X * X, Depth = -X * X };
    }

    public sealed partial record Results
    {
        [Metric(Goal.Minimize, Primary = true)] public double Height { get; init; }

        [Metric(Goal.Maximize, Name = "how_deep")] public double Depth { get; init; }
    }
}

/// <summary>Three points.</summary>
[Sweep]
public sealed partial record Bracket : ISweep<Parabola>
{
    [Values(-2.0, 1.0, 3.0)] public double X { get; init; }
}

/// <summary>Two points, one of which fails.</summary>
[Sweep]
public sealed partial record Failures : ISweep<Parabola>
{
    [All] public bool Fails { get; init; }
}
