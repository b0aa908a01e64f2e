namespace Experiments.Registry;

/// <summary>
/// The durable store and queue. The contract every implementation keeps, tested by one conformance suite:
/// an acknowledged write is durable; a run is claimed by one attempt at a time; every write of an attempt carries the epoch of
/// its claim, and a stale epoch is refused in the same statement that would have written; completion is recorded at most once a run.
/// The states and who may change them are in <c>docs/registry.md</c>. Safe to use from several threads.
/// </summary>
public interface IRegistry : IAsyncDisposable
{
    // ---- Submitting

    /// <summary>Records a plan: new runs become pending, known ones are handled as <paramref name="options"/> say. All or nothing.</summary>
    /// <exception cref="ExperimentsException">EXP7010: an id is known with another configuration (both differing fields are named). EXP7011: an id is inside another run's directory.</exception>
    Task<SubmitReport> SubmitAsync(Plan plan, SubmitOptions options, CancellationToken cancel = default);

    // ---- Executing: workers

    /// <summary>Records a worker as alive; again, when what its record says has changed.</summary>
    Task RegisterWorkerAsync(WorkerRecord worker, CancellationToken cancel = default);

    /// <summary>Renews a worker and the leases of its attempts, and says which of them must stop.</summary>
    /// <returns>Attempts of this worker that were cancelled or whose epoch is stale.</returns>
    Task<IReadOnlyList<StopOrder>> HeartbeatAsync(string workerId, IReadOnlyList<LeaseKey> leases, TimeSpan lease, CancellationToken cancel = default);

    /// <summary>Records that a worker ended in good order.</summary>
    Task EndWorkerAsync(string workerId, CancellationToken cancel = default);

    // ---- Executing: attempts

    /// <summary>Claims up to <paramref name="request"/>.Count claimable runs: highest priority first, then oldest. Each claim raises the run's epoch and begins an attempt.</summary>
    Task<IReadOnlyList<ClaimedRun>> ClaimAsync(ClaimRequest request, CancellationToken cancel = default);

    /// <summary>What is left of that which a claim with this request may get, now or later. Only reads: idle workers ask often.</summary>
    /// <param name="request">As for <see cref="ClaimAsync"/>, with the most GPUs the worker could ever give; its count is ignored.</param>
    /// <param name="cancel">Cancels the call.</param>
    Task<Outlook> OutlookAsync(ClaimRequest request, CancellationToken cancel = default);

    /// <summary>What the experiments with pending GPU runs need. Only reads.</summary>
    Task<IReadOnlyList<GpuDemand>> GpuDemandsAsync(CancellationToken cancel = default);

    /// <summary>Records the process of a started attempt.</summary>
    /// <returns><see langword="false"/>: the lease is stale; stop the process.</returns>
    Task<bool> RecordProcessAsync(LeaseKey lease, ProcessIdentity process, CancellationToken cancel = default);

    /// <summary>Ends an attempt and moves its run: to completed, failed, cancelled, or back to pending.</summary>
    /// <returns><see langword="false"/>: the lease is stale and nothing was written; the attempt's outputs must not be published.</returns>
    Task<bool> EndAttemptAsync(LeaseKey lease, AttemptEnd end, CancellationToken cancel = default);

    /// <summary>Records that the winning attempt's files are in the run's home.</summary>
    Task<bool> RecordPublishedAsync(LeaseKey lease, CancellationToken cancel = default);

    /// <summary>Appends what an attempt reported and how far its events file is read, in one transaction: after a crash nothing is recorded twice.</summary>
    /// <returns><see langword="false"/>: the lease is stale and nothing was written.</returns>
    Task<bool> AppendReportsAsync(LeaseKey lease, AttemptReports reports, CancellationToken cancel = default);

    /// <summary>Running attempts, and completed but unpublished ones, whose worker on this host is not among the living: to adopt, to end or to publish.</summary>
    /// <param name="host">This host.</param>
    /// <param name="isAlive">Whether a worker's process on this host is alive, decided by the operating system.</param>
    /// <param name="cancel">Cancels the call.</param>
    Task<IReadOnlyList<OrphanedAttempt>> OrphansAsync(string host, Func<WorkerRecord, bool> isAlive, CancellationToken cancel = default);

    /// <summary>Attempts on a host that failed for <c>node-failure</c>, newest first.</summary>
    /// <param name="host">The host.</param>
    /// <param name="since">Only those that ended since then, UTC.</param>
    /// <param name="cancel">Cancels the call.</param>
    Task<IReadOnlyList<NodeFailure>> NodeFailuresAsync(string host, DateTimeOffset since, CancellationToken cancel = default);

    /// <summary>Hands a running attempt of a dead worker to another worker, under a new epoch.</summary>
    /// <returns>The new lease; <see langword="null"/>: somebody else was faster or the attempt has ended.</returns>
    Task<LeaseKey?> AdoptAsync(LeaseKey lease, string workerId, TimeSpan leaseDuration, CancellationToken cancel = default);

    /// <summary>Returns to pending the runs whose lease, held by a worker of another host, expired. Called by workers now and then.</summary>
    /// <returns>How many.</returns>
    Task<int> ExpireLeasesAsync(string host, CancellationToken cancel = default);

    // ---- Managing

    /// <summary>Puts failed or cancelled runs back to pending; their retries start afresh.</summary>
    /// <returns>The ids put back.</returns>
    Task<IReadOnlyList<string>> RetryAsync(RunFilter filter, CancellationToken cancel = default);

    /// <summary>Cancels pending runs at once and tells the workers of running ones to stop them.</summary>
    /// <returns>The ids cancelled or being stopped.</returns>
    Task<IReadOnlyList<string>> CancelAsync(RunFilter filter, CancellationToken cancel = default);

    /// <summary>Stops claims of an experiment's runs, or lets them go on. Running ones are not touched.</summary>
    /// <returns><see langword="false"/>: there is no such experiment.</returns>
    Task<bool> PauseAsync(string experiment, bool paused, CancellationToken cancel = default);

    /// <summary>Limits how many runs of an experiment are under way at a time.</summary>
    /// <param name="experiment">Name of the experiment.</param>
    /// <param name="runningMax">At least 1; <see langword="null"/>: no limit.</param>
    /// <param name="cancel">Cancels the call.</param>
    /// <returns><see langword="false"/>: there is no such experiment.</returns>
    Task<bool> LimitAsync(string experiment, int? runningMax, CancellationToken cancel = default);

    // ---- Asking: never blocks or slows a writer

    /// <summary>Counts by state, and the workers.</summary>
    Task<RegistryStatus> StatusAsync(RunFilter filter, CancellationToken cancel = default);

    /// <summary>Runs in order of submission.</summary>
    Task<IReadOnlyList<RunRecord>> ListAsync(RunFilter filter, CancellationToken cancel = default);

    /// <summary>States of runs by id: what a look at a plan needs, and much cheaper than <see cref="ListAsync"/>.</summary>
    Task<IReadOnlyDictionary<string, RunState>> StatesAsync(RunFilter filter, CancellationToken cancel = default);

    /// <summary>One run with all that is known of it but its events; <see langword="null"/> when there is none.</summary>
    Task<RunDetails?> FindAsync(string runId, CancellationToken cancel = default);

    /// <summary>What a run's attempts reported.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="latest">How many at most; <see langword="null"/>: all.</param>
    /// <param name="cancel">Cancels the call.</param>
    Task<RunEvents> EventsAsync(string runId, int? latest = null, CancellationToken cancel = default);

    /// <summary>Completed runs that have the metric, best first; NaN last.</summary>
    /// <param name="filter">Which runs; its status and limit are ignored.</param>
    /// <param name="metric">Name of the metric.</param>
    /// <param name="goal">Which direction is better.</param>
    /// <param name="top">How many at most.</param>
    /// <param name="cancel">Cancels the call.</param>
    Task<IReadOnlyList<RunRecord>> LeaderboardAsync(RunFilter filter, string metric, Goal goal, int top, CancellationToken cancel = default);

    /// <summary>The series of a metric of a run's latest attempt, in the order reported.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="metric">Name of the metric.</param>
    /// <param name="since">
    /// Begin with the values of the last two moments up to this one: what was read at once has one time, and was reported since the moment before.
    /// <see langword="null"/>: the whole series.
    /// </param>
    /// <param name="cancel">Cancels the call.</param>
    Task<IReadOnlyList<MetricPoint>> SeriesAsync(string runId, string metric, DateTimeOffset? since = null, CancellationToken cancel = default);

    /// <summary>Names of all experiments and collections: what a name on the command line may mean.</summary>
    Task<IReadOnlyList<TargetRecord>> TargetsAsync(CancellationToken cancel = default);
}
