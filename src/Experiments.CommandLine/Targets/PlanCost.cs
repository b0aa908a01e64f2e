using System.Globalization;

namespace Experiments.CommandLine;

/// <summary>The estimated GPU-hours of what a plan has left to do: runs still to be executed × their <c>[Estimate]</c> × their GPUs.</summary>
/// <param name="GpuHours">Their sum.</param>
/// <param name="Unknown">Runs on GPUs whose experiment has no estimate; they are not part of the sum.</param>
internal sealed record PlanCost(double GpuHours, int Unknown)
{
    public static PlanCost Of(Plan plan, PlanStates states)
    {
        var left = plan.Runs.Where(run => states.IsLeft(run) && run.Experiment.Resources.Gpus > 0).ToList();
        return new PlanCost(left.Sum(run => (run.Experiment.Estimate?.TotalHours ?? 0) * run.Experiment.Resources.Gpus), left.Count(run => run.Experiment.Estimate is null));
    }

    /// <summary><c>, 24 GPU-hours estimated</c>; empty where nothing is estimated.</summary>
    public string Words => GpuHours == 0 ? "" : $", {Text(GpuHours)} GPU-hours estimated{(Unknown == 0 ? "" : $" without {CommandLine.Words.Count(Unknown, "run")} of unknown length")}";

    /// <summary>Refuses a plan that would take more.</summary>
    /// <exception cref="ExperimentsException">EXP5008: the estimate is above the limit.</exception>
    public void Require(Plan plan, TimeSpan limit)
    {
        if (GpuHours > limit.TotalHours)
            throw new ExperimentsException("EXP5008", $"expected `{plan.Target}` to take at most {Text(limit.TotalHours)} GPU-hours, got an estimate of {Text(GpuHours)}",
                "raise `--max-hours`, or plan fewer runs; runs that are done don't count");
    }

    private static string Text(double hours) => hours.ToString("#,0.##", CultureInfo.InvariantCulture);
}
