using Experiments.Core;
using Experiments.Runtime.Secrets;

namespace Experiments.Runtime;

/// <summary>Looks for the secrets of a plan before anything is queued: a missing one would fail every run hours later.</summary>
public static class PlanSecrets
{
    /// <summary>Checks that every secret of every run is there.</summary>
    /// <param name="plan">The plan, its launches resolved.</param>
    /// <exception cref="ExperimentsException">EXP8300: some are missing; all are named.</exception>
    public static void Require(Plan plan)
    {
        var mistakes = new Mistakes();
        var seen = new HashSet<(Secret, string)>();
        foreach (var run in plan.Runs)
        {
            foreach (var (path, secret) in SecretReferences.Of(run.Experiment, run.Config))
            {
                var directory = run.Experiment.Launch.WorkingDirectory ?? Environment.CurrentDirectory;
                if (!seen.Add((secret, directory)))
                    continue;
                try
                {
                    SecretValue.Read(secret, directory);
                }
                catch (ExperimentsException e)
                {
                    mistakes.Add("", $"{e.Message} (`{path}` of `{run.Experiment.Name}`)", e.Hint);
                }
            }
        }

        mistakes.ThrowIfAny("EXP8300", $"`{plan.Target}`");
    }
}
