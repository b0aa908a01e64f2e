using Experiments.Registry.Executing;
using Experiments.Registry.Storage;
using Experiments.Registry.Submitting;

namespace Experiments.Registry.Asking;

/// <summary>Counts by state, from the tallies wherever the filter allows, and the workers.</summary>
internal static class Statuses
{
    public static RegistryStatus Read(Database database, RunFilter filter)
    {
        var runs = new int[Tally.Blocked + 1];
        using (var counts = Counts(database, filter))
        {
            while (counts is not null && counts.Step())
                runs[counts.Int32(0)] = counts.Int32(1);
        }

        return new RegistryStatus(runs[(int)RunStatus.Pending], runs[(int)RunStatus.Running], runs[(int)RunStatus.Completed], runs[(int)RunStatus.Failed],
            runs[(int)RunStatus.Cancelled], runs[Tally.Blocked], Workers(database));
    }

    private static Statement? Counts(Database database, RunFilter filter)
    {
        if (filter.Blocked || filter.Tag is not null || !filter.Ids.IsDefaultOrEmpty || !filter.Status.IsDefaultOrEmpty)
            return Filter.Resolve(database, filter)?.Apply(database, "ask.count_filtered");
        var experiment = Filter.Find(database, "ask.find_experiment", filter.Experiment);
        var collection = Filter.Find(database, "ask.find_collection", filter.Collection);
        if ((filter.Experiment is not null && experiment is null) || (filter.Collection is not null && collection is null))
            return null;
        return database["ask.count"].Bind(collection ?? 0).Bind(experiment);
    }

    private static List<WorkerRecord> Workers(Database database)
    {
        var workers = new List<WorkerRecord>();
        using var rows = database["ask.workers"];
        while (rows.Step())
        {
            var running = new List<string>();
            using var ids = database["ask.running"].Bind(rows.Int64(0));
            while (ids.Step())
                running.Add(ids.Text(0));
            workers.Add(Executing.Workers.Read(rows) with { Running = [.. running] });
        }

        return workers;
    }
}
