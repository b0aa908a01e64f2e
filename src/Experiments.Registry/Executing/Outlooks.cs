using Experiments.Registry.Storage;

namespace Experiments.Registry.Executing;

/// <summary>What is left for a worker.</summary>
internal static class Outlooks
{
    public static Outlook Read(Database database, ClaimRequest request, long now)
    {
        var collection = request.Collection ?? 0;
        int ready = 0, waiting = 0, tooLarge = 0;
        using (var queue = database["outlook.queue"].Bind(collection))
        {
            while (queue.Step())
            {
                var (gpus, waits, runs) = (queue.Int32(0), queue.Bool(1), queue.Int32(2));
                if (gpus > request.GpusMax)
                {
                    tooLarge += runs;
                }
                else if (gpus >= request.GpusMin)
                {
                    // Runs beyond their experiment's limit wait for one of its running ones to end.
                    var free = waits ? 0 : Math.Clamp(queue.Int32OrNull(3) ?? runs, 0, runs);
                    ready += free;
                    waiting += runs - free;
                }
            }
        }

        int overdue;
        TimeSpan? next;
        using (var delayed = database["outlook.delayed"].Bind(collection).Bind(now).Bind(request.GpusMin).Bind(request.GpusMax))
        {
            delayed.Step();
            overdue = delayed.Int32(0);
            next = delayed.Int64OrNull(1) is { } due ? TimeSpan.FromMilliseconds(due - now) : null;
        }

        using var running = database["outlook.running"].Bind(collection);
        running.Step();
        return new Outlook(ready + overdue, waiting - overdue, running.Int32(0), next, tooLarge);
    }
}
