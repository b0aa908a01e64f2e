using Experiments;

namespace Ranked;

/// <summary>Two processes, each with half of the work.</summary>
[Experiment("measure", Id = "work{Work}")]
[Entrypoint("measure.py")]
// PyTorch 1.13 under Python 3.11, as Debian 12 has them, knows no other values of these two.
[Launch(Launcher.Torchrun, Processes = 2, Options = "--redirects 1 --tee 1")]
[ResultFiles("measuring")]
public sealed partial record Measure
{
    public int Work { get; init; } = 10;

    public sealed partial record Results
    {
        [Metric(Goal.Maximize, Ranks = RankAggregation.Sum)] public int Done { get; init; }
        [Metric(Goal.Minimize, Ranks = RankAggregation.Sum, Component = ResultComponent.GlobalEnergyResults)] public double Energy { get; init; }
        [Metric(Goal.Minimize, Ranks = RankAggregation.Max)] public double Duration { get; init; }
        [Metric(Goal.Maximize, Primary = true)] public double DonePerJoule => Done / Energy;
    }
}
