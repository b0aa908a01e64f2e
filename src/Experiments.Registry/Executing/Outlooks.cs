using Experiments.Registry.Storage;

namespace Experiments.Registry.Executing;

/// <summary>What is left for a worker.</summary>
internal static class Outlooks
{
    public static Outlook Read(Database database, ClaimRequest request, long now)
    {
        var collection = request.Collection ?? 0;
        var (pending, tooLarge) = Pending(database, request, collection);
        var next = EndBackoffs(database, request, collection, now, pending);

        // Runs beyond their experiment's limit wait for one of its running ones to end.
        using (var limits = database["outlook.limits"])
        {
            while (limits.Step())
            {
                if (pending.TryGetValue(limits.Int64(0), out var runs) && runs.Ready > limits.Int32(1))
                    pending[limits.Int64(0)] = (limits.Int32(1), runs.Waiting + runs.Ready - limits.Int32(1));
            }
        }

        using var running = database["outlook.running"].Bind(collection).Bind(JsonList.Write(request.Unpublished));
        running.Step();
        return new Outlook(pending.Values.Sum(p => p.Ready), pending.Values.Sum(p => p.Waiting), running.Int32(0), next, tooLarge);
    }

    /// <summary>Pending runs of each experiment, as the queue has them.</summary>
    private static (Dictionary<long, (int Ready, int Waiting)> Pending, int TooLarge) Pending(Database database, ClaimRequest request, long collection)
    {
        var pending = new Dictionary<long, (int Ready, int Waiting)>();
        var tooLarge = 0;
        using var queue = database["outlook.queue"].Bind(collection);
        while (queue.Step())
        {
            var (experiment, gpus, waits, runs) = (queue.Int64(0), queue.Int32(1), queue.Bool(2), queue.Int32(3));
            var sum = pending.GetValueOrDefault(experiment);
            if (gpus > request.GpusMax || (gpus > 0 && Never(request).Contains(queue.Text(4))))
                tooLarge += runs;
            else if (gpus >= request.GpusMin)
                pending[experiment] = waits ? (sum.Ready, sum.Waiting + runs) : (sum.Ready + runs, sum.Waiting);
        }

        return (pending, tooLarge);
    }

    /// <summary>What the experiments with pending GPU runs need.</summary>
    public static List<GpuDemand> GpuDemands(Database database, Definitions definitions)
    {
        var demands = new List<GpuDemand>();
        using var rows = database["outlook.gpu_demands"].Bind(SystemMetrics.GpuMemoryPeak);
        while (rows.Step())
            demands.Add(new GpuDemand(rows.Text(0), rows.Int32(2), definitions.Get(database, rows.Int64(1)).Resources.MemoryGiB, rows.IsNull(3) ? null : rows.Value(3)));
        return demands;
    }

    private static IEnumerable<string> Never(ClaimRequest request) => request.Fit is null ? [] : request.Fit.Where(f => f.Value == GpuFit.Never).Select(f => f.Key);

    /// <summary>Counts runs whose backoff has passed as ready: the next claim will see them so.</summary>
    /// <returns>How long until the next backoff has passed.</returns>
    private static TimeSpan? EndBackoffs(Database database, ClaimRequest request, long collection, long now, Dictionary<long, (int Ready, int Waiting)> pending)
    {
        long? next = null;
        using var delayed = database["outlook.delayed"].Bind(collection).Bind(now).Bind(request.GpusMin).Bind(request.GpusMax).Bind(JsonList.Write(Never(request)));
        while (delayed.Step())
        {
            var (experiment, over) = (delayed.Int64(0), delayed.Int32(1));
            var (ready, waiting) = pending[experiment];
            pending[experiment] = (ready + over, waiting - over);
            if (delayed.Int64OrNull(2) is { } due && !(due >= next))
                next = due;
        }

        return next is { } first ? TimeSpan.FromMilliseconds(first - now) : null;
    }
}
