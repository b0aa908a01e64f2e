using System.Text;

namespace Experiments.Registry.Tests.Model;

/// <summary>
/// The registry as one would write it if nothing could fail and nothing had to be fast: the oracle of the real one.
/// Lists in memory, every condition spelled out where it is asked for.
/// </summary>
internal sealed partial class ModelRegistry(TimeProvider time) : IRegistry
{
    private readonly List<ModelRun> _runs = [];
    private readonly List<string> _collections = [];
    private readonly Dictionary<string, (bool Paused, int? RunningMax)> _experiments = [];
    private readonly Dictionary<string, (WorkerRecord Record, bool Ended)> _workers = [];
    private Dictionary<(ModelAttempt, long, DateTimeOffset), long> _watched = [];

    private DateTimeOffset Now => DateTimeOffset.FromUnixTimeMilliseconds(time.GetUtcNow().ToUnixTimeMilliseconds());

    /// <summary>Looks at the leases of workers of other hosts and remembers since when each was the same.</summary>
    public List<ModelRun> WatchLeases(string host)
    {
        var remote = _runs.Where(r => r.Status == RunStatus.Running && r.Attempt.Worker.Host != host).ToList();
        _watched = remote.ToDictionary(Watch, r => _watched.GetValueOrDefault(Watch(r), time.GetTimestamp()));
        return remote;
    }

    /// <summary>The process that watched the leases is gone, and with it what it had seen.</summary>
    public void ForgetWatchedLeases() => _watched = [];

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    // ---- Submitting

    public Task<SubmitReport> SubmitAsync(Plan plan, SubmitOptions options, CancellationToken cancel = default)
    {
        RefuseConflicts(plan, options);
        var lists = new Dictionary<string, List<string>> { ["added"] = [], ["requeued"] = [], ["waiting"] = [], ["done"] = [], ["left"] = [] };
        if (!_collections.Contains(plan.Target))
            _collections.Add(plan.Target);
        foreach (var planned in plan.Runs)
        {
            _experiments.TryAdd(planned.Experiment.Name, default);
            var run = _runs.Find(r => r.Id == planned.Id);
            var inputs = planned.Inputs.Select(i => (i.Name, _runs.Find(r => r.Id == i.Run.Id)!)).ToList();
            lists[run is null ? Add(planned, inputs, options) : Meet(run, planned, inputs, options)].Add(planned.Id);
            run = _runs.Find(r => r.Id == planned.Id)!;
            run.Collections[plan.Target] = plan.AddedInputs.Contains(planned.Id) && run.Collections.GetValueOrDefault(plan.Target, true);
        }

        return Task.FromResult(new SubmitReport(Key(plan.Target), lists["added"], lists["requeued"], lists["waiting"], lists["done"], lists["left"]));
    }

    // ---- Workers

    public Task RegisterWorkerAsync(WorkerRecord worker, CancellationToken cancel = default)
    {
        _workers[worker.Id] = (worker with { Seen = Now }, false);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<StopOrder>> HeartbeatAsync(string workerId, IReadOnlyList<LeaseKey> leases, TimeSpan lease, CancellationToken cancel = default)
    {
        if (_workers.TryGetValue(workerId, out var worker))
            _workers[workerId] = (worker.Record with { Seen = Now }, false);
        var orders = new List<StopOrder>();
        foreach (var key in leases)
        {
            var run = Holder(key);
            if (run is null)
            {
                orders.Add(new StopOrder(key, StopReason.Stale));
                continue;
            }

            (run.Attempt.Renewed, run.Attempt.Lease) = (Now, lease);
            if (run.Cancelling)
                orders.Add(new StopOrder(key, StopReason.Cancelled));
        }

        return Task.FromResult<IReadOnlyList<StopOrder>>(orders);
    }

    public Task EndWorkerAsync(string workerId, CancellationToken cancel = default)
    {
        if (_workers.TryGetValue(workerId, out var worker))
            _workers[workerId] = (worker.Record, true);
        return Task.CompletedTask;
    }

    // ---- Attempts

    public Task<IReadOnlyList<ClaimedRun>> ClaimAsync(ClaimRequest request, CancellationToken cancel = default)
    {
        foreach (var run in _runs.Where(IsOverdue))
            (run.DelayedFrom, run.DelayedTo) = (null, null);
        var claimed = new List<ClaimedRun>();
        ModelRun? First(int gpusMax, GpuFit fit) => Fitting(request).Where(r => !r.IsWaiting && HasMemory(request, r, fit) && r.Experiment.Resources.Gpus <= gpusMax && Free(r.Experiment.Name) > 0)
            .OrderByDescending(r => r.Priority).ThenBy(r => r.Key).FirstOrDefault();
        while (claimed.Count < request.Count)
        {
            var head = First(Math.Max(request.GpusMax, request.GpusTotal ?? 0), GpuFit.Later);
            var headFits = head?.Experiment.Resources.Gpus <= request.GpusMax && HasMemory(request, head, GpuFit.Now);
            if ((headFits || head?.Key == request.Reserved ? head : First(request.GpusMax, GpuFit.Now)) is not { } run || (run == head && !headFits))
                break;

            var failures = run.Failures;
            (run.Status, run.Started, run.Ended) = (RunStatus.Running, Now, null);
            run.Epoch++;
            run.Scores.Clear();
            run.Attempts.Add(new ModelAttempt { Number = run.Attempts.Count + 1, Epoch = run.Epoch, Worker = _workers[request.WorkerId].Record, Lease = request.Lease, Renewed = Now, Started = Now, Config = run.Remedied });
            claimed.Add(Claimed(run, failures) with { Overtook = run == head ? null : head?.Key });
        }

        return Task.FromResult<IReadOnlyList<ClaimedRun>>(claimed);
    }

    public Task<Outlook> OutlookAsync(ClaimRequest request, CancellationToken cancel = default)
    {
        bool Ready(ModelRun run) => run.Inputs.All(i => i.Run.IsMet) && (run.DelayedTo is null || IsOverdue(run));
        var fitting = Fitting(request).ToList();
        var small = fitting.Where(r => r.Experiment.Resources.Gpus <= request.GpusMax && (r.Experiment.Resources.Gpus == 0 || request.Fit?.GetValueOrDefault(r.Experiment.Name, GpuFit.Later) != GpuFit.Never)).ToList();
        var delays = small.Where(r => r.DelayedTo is not null && !IsOverdue(r)).Select(r => r.DelayedTo!.Value - Now).ToList();
        var under = Inside(request.Collection).Count(r => r.Status == RunStatus.Running || r.IsPublishing);
        var ready = small.Where(Ready).GroupBy(r => r.Experiment.Name).Sum(g => Math.Min(g.Count(), Free(g.Key)));
        return Task.FromResult(new Outlook(ready, small.Count - ready, under, delays.Count > 0 ? delays.Min() : null, fitting.Count - small.Count));
    }

    public Task<IReadOnlyList<GpuDemand>> GpuDemandsAsync(CancellationToken cancel = default) =>
        Task.FromResult<IReadOnlyList<GpuDemand>>([.. _runs.Where(r => r is { Status: RunStatus.Pending, IsBlocked: false, Experiment.Resources.Gpus: > 0 }).GroupBy(r => r.Experiment.Name).Select(Demand)]);

    private GpuDemand Demand(IGrouping<string, ModelRun> pending)
    {
        var peaks = _runs.Where(r => r.Experiment.Name == pending.Key && r.Status == RunStatus.Completed && r.Scores.ContainsKey(SystemMetrics.GpuMemoryPeak)).Select(r => r.Scores[SystemMetrics.GpuMemoryPeak]).ToList();
        return new GpuDemand(pending.Key, pending.Max(r => r.Experiment.Resources.Gpus), pending.Last().Experiment.Resources.MemoryGiB, peaks.Count > 0 ? peaks.Max() : null);
    }

    private static bool HasMemory(ClaimRequest request, ModelRun run, GpuFit fit) =>
        run.Experiment.Resources.Gpus == 0 || request.Fit is null || (request.Fit.TryGetValue(run.Experiment.Name, out var known) && known >= fit);

    public Task<bool> RecordProcessAsync(LeaseKey lease, ProcessIdentity process, CancellationToken cancel = default) =>
        WithHolder(lease, run => run.Attempt.Process = process);

    public Task<bool> EndAttemptAsync(LeaseKey lease, AttemptEnd end, CancellationToken cancel = default) => WithHolder(lease, run => End(run, end));

    public Task<bool> RecordPublishedAsync(LeaseKey lease, CancellationToken cancel = default)
    {
        var run = _runs.Find(r => r.Key == lease.Run && r.Epoch == lease.Epoch && r.Status == RunStatus.Completed);
        if (run is not null)
            run.Published = true;
        return Task.FromResult(run is not null);
    }

    public Task<bool> AppendReportsAsync(LeaseKey lease, AttemptReports reports, CancellationToken cancel = default) => WithHolder(lease, run =>
    {
        run.Attempt.Points.AddRange(reports.Points);
        run.Attempt.Events.AddRange(reports.Events);
        run.Attempt.Offset = reports.Offset;
        foreach (var point in reports.Points)
            run.Scores[point.Metric] = point.Value;
    });

    public Task<IReadOnlyList<OrphanedAttempt>> OrphansAsync(string host, Func<WorkerRecord, bool> isAlive, CancellationToken cancel = default)
    {
        foreach (var (id, worker) in _workers.ToList())
        {
            if (worker.Record.Host == host && !worker.Ended && !isAlive(worker.Record))
                _workers[id] = (worker.Record, true);
        }

        bool Left(ModelRun run) => (run.Status == RunStatus.Running || run.IsPublishing) && run.Attempt.Worker.Host == host && _workers[run.Attempt.Worker.Id].Ended;
        return Task.FromResult<IReadOnlyList<OrphanedAttempt>>([.. _runs.Where(Left).Select(run => new OrphanedAttempt
        {
            Lease = new LeaseKey(run.Key, run.Epoch),
            Run = Claimed(run, run.Failures),
            WorkerId = run.Attempt.Worker.Id,
            Process = run.Attempt.Process,
            Unpublished = run.IsPublishing,
            ReportsOffset = run.Attempt.Offset,
            LossesBefore = run.IsPublishing ? 0 : run.Attempts.SkipLast(1).Reverse().TakeWhile(a => a.End!.Outcome == AttemptOutcome.Lost).Count(),
            Started = run.Attempt.Started,
        })]);
    }

    public Task<LeaseKey?> AdoptAsync(LeaseKey lease, string workerId, TimeSpan leaseDuration, CancellationToken cancel = default)
    {
        if (Holder(lease) is not { } run)
            return Task.FromResult<LeaseKey?>(null);
        run.Epoch++;
        (run.Attempt.Epoch, run.Attempt.Worker, run.Attempt.Lease, run.Attempt.Renewed) = (run.Epoch, _workers[workerId].Record, leaseDuration, Now);
        return Task.FromResult<LeaseKey?>(new LeaseKey(run.Key, run.Epoch));
    }

    public Task<int> ExpireLeasesAsync(string host, CancellationToken cancel = default)
    {
        var expired = WatchLeases(host).Where(r => time.GetElapsedTime(_watched[Watch(r)]) >= r.Attempt.Lease).ToList();
        foreach (var run in expired)
            End(run, new AttemptEnd { Outcome = AttemptOutcome.Lost, Next = RunStatus.Pending, Counts = false, Message = "its worker on another host stopped renewing the lease" });
        return Task.FromResult(expired.Count);
    }

    // ---- Managing

    public Task<IReadOnlyList<string>> RetryAsync(RunFilter filter, CancellationToken cancel = default)
    {
        var runs = Matching(filter).Where(r => r.Status is RunStatus.Failed or RunStatus.Cancelled).ToList();
        runs.ForEach(r => r.Requeue());
        return Ids(runs);
    }

    public Task<IReadOnlyList<string>> CancelAsync(RunFilter filter, CancellationToken cancel = default)
    {
        var runs = Matching(filter).Where(r => r.Status is RunStatus.Pending or RunStatus.Running).ToList();
        foreach (var run in runs)
        {
            if (run.Status == RunStatus.Running)
                run.Cancelling = true;
            else
                (run.Status, run.Ended, run.Category, run.Message, run.DelayedFrom, run.DelayedTo) = (RunStatus.Cancelled, Now, null, null, null, null);
        }

        return Ids(runs);
    }

    public Task<bool> PauseAsync(string experiment, bool paused, CancellationToken cancel = default) =>
        Change(experiment, known => (paused, known.RunningMax));

    public Task<bool> LimitAsync(string experiment, int? runningMax, CancellationToken cancel = default) =>
        Change(experiment, known => (known.Paused, runningMax));

    // ---- How it is done

    private void RefuseConflicts(Plan plan, SubmitOptions options)
    {
        var ids = _runs.Select(r => r.Id).ToList();
        foreach (var planned in plan.Runs)
        {
            if (ids.Exists(id => id != planned.Id && (Is(id, planned.Id) || Is(id + "/", planned.Id) || Is(planned.Id + "/", id))))
                throw new ExperimentsException("EXP7011", planned.Id);
            var changed = _runs.Find(r => r.Id == planned.Id && (r.Hash != planned.Hash || r.Experiment.Name != planned.Experiment.Name));
            if (changed is not null && (options.Known != Known.Force || changed.Status == RunStatus.Running || changed.IsPublishing))
                throw new ExperimentsException("EXP7010", planned.Id);
            ids.Add(planned.Id);
        }

        static bool Is(string start, string id) => start.EndsWith('/') ? id.StartsWith(start, StringComparison.OrdinalIgnoreCase) : id.Equals(start, StringComparison.OrdinalIgnoreCase);
    }

    private string Add(PlannedRun planned, List<(string, ModelRun)> inputs, SubmitOptions options)
    {
        _runs.Add(new ModelRun
        {
            Key = _runs.Count + 1,
            Id = planned.Id,
            Created = Now,
            Experiment = planned.Experiment,
            Config = planned.Config,
            Hash = planned.Hash,
            Priority = options.Priority ?? planned.Priority,
            Tags = [.. planned.Tags, .. options.Tags],
            Inputs = inputs,
        });
        return "added";
    }

    private static string Meet(ModelRun run, PlannedRun planned, List<(string, ModelRun)> inputs, SubmitOptions options)
    {
        var again = options.Known is Known.Rerun or Known.Force;
        var before = run.Status;
        var requeue = before == RunStatus.Completed ? again && run.Published : before is RunStatus.Failed or RunStatus.Cancelled && options.Known != Known.SkipExisting;
        if (options.Known == Known.Force && (requeue || before == RunStatus.Pending))
            (run.Remedied, run.Config, run.Hash) = (run.Hash == planned.Hash ? run.Remedied : null, planned.Config, planned.Hash);
        if (options.Known != Known.SkipExisting && (requeue || before == RunStatus.Pending))
            (run.Experiment, run.Inputs) = (planned.Experiment, inputs);
        if (requeue)
        {
            run.Priority = options.Priority ?? planned.Priority;
            run.Tags.UnionWith([.. planned.Tags, .. options.Tags]);
            run.Requeue();
            return "requeued";
        }

        return before switch
        {
            RunStatus.Pending or RunStatus.Running => "waiting",
            RunStatus.Completed => again && !run.Published ? "waiting" : "done",
            _ => "left",
        };
    }

    private void End(ModelRun run, AttemptEnd end)
    {
        var next = run.Cancelling && end.Next == RunStatus.Pending ? RunStatus.Cancelled : end.Next;
        var failed = end.Next != RunStatus.Completed;
        (run.Attempt.Ended, run.Attempt.End) = (Now, end);
        (run.Status, run.Ended, run.Cancelling) = (next, Now, false);
        (run.Category, run.Message) = failed ? (end.Category, end.Message) : (null, null);
        if (end.Counts && failed)
            run.Failures++;
        if (end.NextConfig is { } config)
            run.Remedied = config.Span.SequenceEqual(run.Config.Span) ? null : config;
        if (next == RunStatus.Pending && end.Delay > TimeSpan.Zero)
            (run.DelayedFrom, run.DelayedTo) = (Now, Now + end.Delay);
        foreach (var (name, value) in end.Metrics.Where(_ => !failed))
            run.Scores[name] = value;
    }

    private Task<bool> Change(string experiment, Func<(bool Paused, int? RunningMax), (bool, int?)> change)
    {
        var known = _experiments.TryGetValue(experiment, out var before);
        if (known)
            _experiments[experiment] = change(before);
        return Task.FromResult(known);
    }

    /// <summary>How many more runs of an experiment may be under way.</summary>
    private int Free(string experiment) =>
        Math.Max(0, (_experiments[experiment].RunningMax ?? int.MaxValue) - _runs.Count(r => r.Status == RunStatus.Running && r.Experiment.Name == experiment));

    private bool IsOverdue(ModelRun run) => run.DelayedTo <= Now || run.DelayedFrom > Now;

    private ModelRun? Holder(LeaseKey lease) => _runs.Find(r => r.Key == lease.Run && r.Epoch == lease.Epoch && r.Status == RunStatus.Running);

    private Task<bool> WithHolder(LeaseKey lease, Action<ModelRun> act)
    {
        var run = Holder(lease);
        if (run is not null)
            act(run);
        return Task.FromResult(run is not null);
    }

    private IEnumerable<ModelRun> Inside(long? collection) => _runs.Where(r => collection is not { } key || r.Collections.ContainsKey(_collections[(int)key - 1]));

    private IEnumerable<ModelRun> Fitting(ClaimRequest request) =>
        Inside(request.Collection).Where(r => r.Status == RunStatus.Pending && !r.IsBlocked && !_experiments[r.Experiment.Name].Paused && r.Experiment.Resources.Gpus >= request.GpusMin);

    private long Key(string collection) => _collections.IndexOf(collection) + 1;

    private static (ModelAttempt, long, DateTimeOffset) Watch(ModelRun run) => (run.Attempt, run.Epoch, run.Attempt.Renewed);

    private static Task<IReadOnlyList<string>> Ids(IEnumerable<ModelRun> runs) => Task.FromResult<IReadOnlyList<string>>([.. runs.Select(r => r.Id)]);

    private static ClaimedRun Claimed(ModelRun run, int failures) => new()
    {
        Lease = new LeaseKey(run.Key, run.Epoch),
        RunId = run.Id,
        Attempt = run.Attempt.Number,
        Failures = failures,
        Experiment = run.Experiment,
        Config = run.Attempt.Config ?? run.Config,
        Declared = run.Config,
        Inputs = [.. run.Inputs.OrderBy(i => i.Name, StringComparer.Ordinal).Select(i => (i.Name, i.Run.Id))],
    };
}
