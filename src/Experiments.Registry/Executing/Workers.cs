using Experiments.Registry.Storage;

namespace Experiments.Registry.Executing;

/// <summary>Workers, their leases, and what dead ones leave.</summary>
internal static class Workers
{
    public static bool Register(Database database, WorkerRecord worker, long now)
    {
        database["worker.register"].Bind(worker.Id).Bind(worker.Host).Bind(worker.Process.Pid).Bind(worker.Process.StartTicks).Bind(worker.Process.BootId)
            .Bind(worker.Slots).Bind(WorkerGpus.Write(worker)).Bind(worker.Started.ToUnixTimeMilliseconds()).Bind(now).Bind(worker.Held).Run();
        return true;
    }

    public static List<StopOrder> Renew(Database database, string worker, IReadOnlyList<LeaseKey> leases, TimeSpan duration, long now)
    {
        var orders = new List<StopOrder>();
        database["worker.seen"].Bind(worker).Bind(now).Run();
        foreach (var lease in leases)
        {
            using var row = database["worker.renew"].Bind(lease.Run).Bind(lease.Epoch).Bind(now).Bind((long)duration.TotalMilliseconds);
            if (!row.Step())
                orders.Add(new StopOrder(lease, StopReason.Stale));
            else if (row.Bool(0))
                orders.Add(new StopOrder(lease, StopReason.Cancelled));
        }

        return orders;
    }

    public static bool End(Database database, string worker, long now)
    {
        database["worker.end"].Bind(worker).Bind(now).Run();
        return true;
    }

    /// <summary>Workers of a host that have not ended, and ended ones that left something.</summary>
    public static List<HostWorker> OfHost(Database database, string host)
    {
        var workers = new List<HostWorker>();
        using var rows = database["worker.of_host"].Bind(host);
        while (rows.Step())
            workers.Add(new HostWorker(rows.Int64(0), Read(rows), rows.Bool(11)));
        return workers;
    }

    /// <summary>A worker from a row of key, id, host, pid, start ticks, boot, slots, GPUs, started, seen and why it is held.</summary>
    public static WorkerRecord Read(Statement row)
    {
        var (gpus, unusable) = WorkerGpus.Read(row.Text(7));
        return new WorkerRecord
        {
            Id = row.Text(1),
            Host = row.Text(2),
            Process = new ProcessIdentity(row.Int32(3), row.Int64(4), row.Text(5)),
            Slots = row.Int32(6),
            Gpus = gpus,
            UnusableGpus = unusable,
            Started = row.Time(8),
            Seen = row.Time(9),
            Held = row.TextOrNull(10),
        };
    }

    /// <summary>What a dead worker left: running attempts, and completed ones whose files are not published.</summary>
    public static List<OrphanedAttempt> Orphans(Database database, Definitions definitions, HostWorker worker)
    {
        var orphans = new List<OrphanedAttempt>();
        using var rows = database["worker.orphans"].Bind(worker.Key);
        while (rows.Step())
        {
            orphans.Add(new OrphanedAttempt
            {
                Lease = new LeaseKey(rows.Int64(0), rows.Int64(2)),
                Run = new ClaimedRun
                {
                    Lease = new LeaseKey(rows.Int64(0), rows.Int64(2)),
                    RunId = rows.Text(1),
                    Attempt = rows.Int32(3),
                    Failures = rows.Int32(4),
                    Experiment = definitions.Get(database, rows.Int64(5)),
                    Config = (rows.IsNull(14) ? rows.Blob(6) : rows.Blob(14)).ToArray(),
                    Declared = rows.Blob(6).ToArray(),
                    Inputs = rows.Int32(7) > 0 ? Claims.Inputs(database, rows.Int64(0)) : [],
                },
                WorkerId = worker.Record.Id,
                Process = rows.IsNull(8) ? null : new ProcessIdentity(rows.Int32(8), rows.Int64(9), rows.Text(10)),
                Started = rows.Time(11),
                ReportsOffset = rows.Int64(12),
                Unpublished = rows.Bool(13),
                LossesBefore = rows.Int32(15),
            });
        }

        return orphans;
    }

    /// <summary>Attempts on a host that the machine let down, newest first.</summary>
    public static List<NodeFailure> NodeFailures(Database database, string host, DateTimeOffset since)
    {
        var failures = new List<NodeFailure>();
        using var rows = database["worker.node_failures"].Bind(host).Bind(since.ToUnixTimeMilliseconds());
        while (rows.Step())
            failures.Add(new NodeFailure(rows.Text(0), JsonList.ReadStrings(rows.TextOrNull(1)), rows.Time(2), rows.TextOrNull(3)));
        return failures;
    }
}

/// <summary>A worker of a host.</summary>
/// <param name="Key">Its key in the registry.</param>
/// <param name="Record">The worker.</param>
/// <param name="Ended">Whether it is recorded as ended.</param>
internal sealed record HostWorker(long Key, WorkerRecord Record, bool Ended);
