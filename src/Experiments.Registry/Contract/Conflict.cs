using System.Text;
using Experiments.Registry.Submitting;

namespace Experiments.Registry;

/// <summary>An id that is known with another configuration, or of another experiment, than a plan gives it.</summary>
public static class Conflict
{
    /// <summary>The error that refuses the plan.</summary>
    /// <param name="run">The run as planned.</param>
    /// <param name="experiment">The experiment that the registry has it of.</param>
    /// <param name="config">The configuration that the registry has, as JSON.</param>
    /// <param name="known">What was asked to happen with known runs.</param>
    /// <returns>EXP7010; it names every field that differs.</returns>
    public static ExperimentsException Of(PlannedRun run, string experiment, string config, Known known)
    {
        var difference = experiment != run.Experiment.Name
            ? $"`{run.Experiment.Name}` where the registry has experiment `{experiment}`"
            : $"another one (known → now: {ConfigDifference.Describe(config, Encoding.UTF8.GetString(run.Config.Span))})";
        return new ExperimentsException("EXP7010", $"expected run `{run.Id}` to have the configuration it is known with, got {difference}",
            known == Known.Force
                ? $"the run is under way; `cancel {run.Id}` first, then submit it again"
                : "name what differs in the id template of the experiment, or replace the known run with `--force`");
    }
}
