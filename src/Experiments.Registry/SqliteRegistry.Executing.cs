using Experiments.Registry.Executing;

namespace Experiments.Registry;

public sealed partial class SqliteRegistry
{
    private readonly Definitions _definitions = new();
    private readonly RemoteLeases _remoteLeases = new();

    /// <inheritdoc/>
    public Task RegisterWorkerAsync(WorkerRecord worker, CancellationToken cancel = default) =>
        WriteAsync(database => Workers.Register(database, worker, Now()), cancel);

    /// <inheritdoc/>
    public Task<IReadOnlyList<StopOrder>> HeartbeatAsync(string workerId, IReadOnlyList<LeaseKey> leases, TimeSpan lease, CancellationToken cancel = default) =>
        WriteAsync<IReadOnlyList<StopOrder>>(database => Workers.Renew(database, workerId, leases, lease, Now()), cancel);

    /// <inheritdoc/>
    public Task EndWorkerAsync(string workerId, CancellationToken cancel = default) =>
        WriteAsync(database => Workers.End(database, workerId, Now()), cancel);

    /// <inheritdoc/>
    /// <remarks>A claim that has begun is reported even when <paramref name="cancel"/> is set in the meantime: no run is taken unseen.</remarks>
    public Task<IReadOnlyList<ClaimedRun>> ClaimAsync(ClaimRequest request, CancellationToken cancel = default) =>
        WriteAsync<IReadOnlyList<ClaimedRun>>(database => new Claims(database, _definitions, Now()).Claim(request), cancel);

    /// <inheritdoc/>
    public Task<Outlook> OutlookAsync(ClaimRequest request, CancellationToken cancel = default) =>
        ReadAsync(database => Outlooks.Read(database, request, Now()), cancel);

    /// <inheritdoc/>
    public Task<IReadOnlyList<GpuDemand>> GpuDemandsAsync(CancellationToken cancel = default) =>
        ReadAsync<IReadOnlyList<GpuDemand>>(database => Outlooks.GpuDemands(database, _definitions), cancel);

    /// <inheritdoc/>
    public Task<bool> RecordProcessAsync(LeaseKey lease, ProcessIdentity process, CancellationToken cancel = default) =>
        WriteAsync(database => new Attempts(database, Now()).RecordProcess(lease, process), cancel);

    /// <inheritdoc/>
    public Task<bool> EndAttemptAsync(LeaseKey lease, AttemptEnd end, CancellationToken cancel = default)
    {
        if (end.Next == RunStatus.Running || end.Outcome == AttemptOutcome.None || (end.Next == RunStatus.Completed) != (end.Outcome == AttemptOutcome.Succeeded))
            throw new ArgumentException($"an attempt can't end as {end.Outcome} with its run {end.Next}", nameof(end));
        return WriteAsync(database => new Attempts(database, Now()).End(lease, end), cancel);
    }

    /// <inheritdoc/>
    public Task<bool> RecordPublishedAsync(LeaseKey lease, CancellationToken cancel = default) =>
        WriteAsync(database => new Attempts(database, Now()).RecordPublished(lease), cancel);

    /// <inheritdoc/>
    public Task<bool> AppendReportsAsync(LeaseKey lease, AttemptReports reports, CancellationToken cancel = default) =>
        WriteAsync(database => new Attempts(database, Now()).Append(lease, reports), cancel);

    /// <inheritdoc/>
    /// <remarks>Dead workers are recorded as ended.</remarks>
    public async Task<IReadOnlyList<OrphanedAttempt>> OrphansAsync(string host, Func<WorkerRecord, bool> isAlive, CancellationToken cancel = default)
    {
        var workers = await ReadAsync(database => Workers.OfHost(database, host), cancel).ConfigureAwait(false);
        var dead = workers.Where(w => w.Ended || !isAlive(w.Record)).ToList();
        if (dead.Any(w => !w.Ended))
            await WriteAsync(database => dead.Count(w => Workers.End(database, w.Record.Id, Now())), cancel).ConfigureAwait(false);
        return await ReadAsync(database => dead.SelectMany(w => Workers.Orphans(database, _definitions, w)).ToList(), cancel).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<NodeFailure>> NodeFailuresAsync(string host, DateTimeOffset since, CancellationToken cancel = default) =>
        ReadAsync<IReadOnlyList<NodeFailure>>(database => Workers.NodeFailures(database, host, since), cancel);

    /// <inheritdoc/>
    public Task<LeaseKey?> AdoptAsync(LeaseKey lease, string workerId, TimeSpan leaseDuration, CancellationToken cancel = default) =>
        WriteAsync(database => new Attempts(database, Now()).Adopt(lease, workerId, leaseDuration), cancel);

    /// <inheritdoc/>
    /// <remarks>A lease is expired when this registry object has watched it for its whole duration, by a monotonic clock, without seeing it renewed: no clock that jumps expires one.</remarks>
    public async Task<int> ExpireLeasesAsync(string host, CancellationToken cancel = default)
    {
        var leases = await ReadAsync(database => RemoteLeases.Read(database, host), cancel).ConfigureAwait(false);
        var expired = _remoteLeases.Expired(leases, _time);
        if (expired.Count == 0)
            return 0;
        var lost = new AttemptEnd { Outcome = AttemptOutcome.Lost, Next = RunStatus.Pending, Counts = false, Message = "its worker on another host stopped renewing the lease" };
        return await WriteAsync(
            database => expired.Count(l => RemoteLeases.IsUnchanged(database, l) && new Attempts(database, Now()).End(l.Lease, lost)), cancel).ConfigureAwait(false);
    }
}
