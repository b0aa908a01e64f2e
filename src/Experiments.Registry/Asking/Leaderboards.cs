using Experiments.Registry.Storage;

namespace Experiments.Registry.Asking;

/// <summary>
/// Best completed runs by a metric. The ranking index gives them in order; a small collection is cheaper to sort than to find in
/// the ranking of its whole experiment.
/// </summary>
internal static class Leaderboards
{
    private const int SmallCollection = 5000;

    /// <summary>The keys of the best runs, best first, NaN last.</summary>
    public static List<long> Best(Database database, RunFilter filter, string metric, Goal goal, int top)
    {
        filter = filter with { Status = [], Limit = null };
        var experiment = Filter.Find(database, "ask.find_experiment", filter.Experiment);
        var small = !filter.Ids.IsDefaultOrEmpty || IsSmall(database, filter);
        if (Filter.Resolve(database, filter, collectionFirst: small) is not { } resolved)
            return [];
        var found = new List<(long Run, double Value)>();
        foreach (var key in Metrics(database, metric, experiment))
        {
            if (small)
            {
                Read(resolved.Apply(database, "ask.scores_of_members", s => s.Bind(key)), found);
                continue;
            }

            var before = found.Count;
            if (goal == Goal.Minimize)
                Read(resolved.Apply(database, "ask.rising", s => s.Bind(key), top), found);
            else
                ReadFalling(database, resolved, key, top, found);
            if (found.Count - before < top)
                Read(resolved.Apply(database, "ask.not_a_number", s => s.Bind(key), top), found);
        }

        var sign = goal == Goal.Maximize ? -1 : 1;
        return [.. found.OrderBy(f => double.IsNaN(f.Value)).ThenBy(f => sign * f.Value).ThenBy(f => f.Run).Take(top).Select(f => f.Run)];
    }

    /// <summary>Value by value, so that a million runs with the same value need not be sorted to find the oldest of them.</summary>
    private static void ReadFalling(Database database, Filter filter, long metric, int top, List<(long Run, double Value)> found)
    {
        var enough = found.Count + top;
        for (var value = Largest(database, "ask.largest", metric, double.PositiveInfinity); value is not null && found.Count < enough; value = Largest(database, "ask.largest_below", metric, value.Value))
            Read(filter.Apply(database, "ask.equal", s => s.Bind(metric).Bind(value.Value), enough - found.Count), found);
    }

    private static double? Largest(Database database, string statement, long metric, double bound)
    {
        using var row = database[statement].Bind(metric).Bind(bound);
        return row.Step() && !row.IsNull(0) ? row.Value(0) : null;
    }

    private static bool IsSmall(Database database, RunFilter filter)
    {
        if (Filter.Find(database, "ask.find_collection", filter.Collection) is not { } collection)
            return false;
        using var size = database["ask.collection_size"].Bind(collection).Bind(SmallCollection + 1);
        size.Step();
        return size.Int32(0) <= SmallCollection;
    }

    private static List<long> Metrics(Database database, string name, long? experiment)
    {
        var keys = new List<long>();
        using var rows = database["ask.metrics_named"].Bind(name).Bind(experiment);
        while (rows.Step())
            keys.Add(rows.Int64(0));
        return keys;
    }

    private static void Read(Statement rows, List<(long, double)> found)
    {
        using (rows)
        {
            while (rows.Step())
                found.Add((rows.Int64(0), rows.Value(1)));
        }
    }
}
