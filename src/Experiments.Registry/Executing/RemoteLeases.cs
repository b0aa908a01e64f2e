using Experiments.Registry.Storage;

namespace Experiments.Registry.Executing;

/// <summary>The leases that workers of other hosts hold, and since when each has been seen unchanged.</summary>
internal sealed class RemoteLeases
{
    private readonly Lock _lock = new();
    private Dictionary<RemoteLease, long> _seen = [];

    /// <summary>Leases held by workers of other hosts.</summary>
    public static List<RemoteLease> Read(Database database, string host)
    {
        var leases = new List<RemoteLease>();
        using var rows = database["worker.remote_leases"].Bind(host);
        while (rows.Step())
            leases.Add(new RemoteLease(rows.Int64(0), new LeaseKey(rows.Int64(1), rows.Int64(2)), TimeSpan.FromMilliseconds(rows.Int64(3)), rows.Int64(4)));
        return leases;
    }

    /// <summary>Whether nobody has renewed a lease since it was read.</summary>
    public static bool IsUnchanged(Database database, RemoteLease lease)
    {
        using var row = database["worker.renewed"].Bind(lease.Attempt);
        return row.Step() && row.Int64(0) == lease.Renewed;
    }

    /// <summary>Those of the leases that were seen unchanged for as long as they last.</summary>
    public List<RemoteLease> Expired(List<RemoteLease> leases, TimeProvider time)
    {
        lock (_lock)
        {
            _seen = leases.ToDictionary(l => l, l => _seen.TryGetValue(l, out var since) ? since : time.GetTimestamp());
            return leases.Where(l => time.GetElapsedTime(_seen[l]) >= l.Duration).ToList();
        }
    }
}

/// <summary>A lease as it was read.</summary>
internal readonly record struct RemoteLease(long Attempt, LeaseKey Lease, TimeSpan Duration, long Renewed);
