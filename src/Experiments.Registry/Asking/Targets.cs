using Experiments.Registry.Executing;
using Experiments.Registry.Storage;

namespace Experiments.Registry.Asking;

/// <summary>Names of experiments and collections.</summary>
internal static class Targets
{
    public static List<TargetRecord> Read(Database database, Definitions definitions)
    {
        var targets = new List<TargetRecord>();
        using var rows = database["ask.targets"];
        while (rows.Step())
        {
            var (isExperiment, name, runs, definition) = (rows.IsNull(0), rows.Text(1), rows.Int32(2), definitions.Get(database, rows.Int64(3)));
            if (!isExperiment && targets is [.., { IsExperiment: false } last] && last.Name == name)
                targets[^1] = last with { Runs = last.Runs + runs, Experiments = [.. last.Experiments, definition] };
            else
                targets.Add(new TargetRecord(name, isExperiment, runs, [definition]) { Paused = rows.Bool(4), RunningMax = rows.Int32OrNull(5) });
        }

        return targets;
    }
}
