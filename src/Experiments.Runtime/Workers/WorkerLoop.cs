using System.Runtime.ExceptionServices;
using Experiments.Registry;
using Experiments.Runtime.Attempts;
using Experiments.Runtime.Gpus;
using Experiments.Runtime.Processes;
using Experiments.Runtime.Slots;

namespace Experiments.Runtime.Workers;

/// <summary>The life of a registered worker: adopt what dead workers left, keep the slots full, and end in good order.</summary>
internal sealed class WorkerLoop
{
    /// <summary>How long a lease lasts without a heartbeat. Only decides across hosts.</summary>
    public static readonly TimeSpan LeaseDuration = TimeSpan.FromMinutes(2);

    /// <summary>How soon work is noticed that others make claimable.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(100);

    /// <summary>The same, when nothing is left that could become claimable.</summary>
    private static readonly TimeSpan LookWhenIdleEvery = TimeSpan.FromMilliseconds(250);

    /// <summary>Timers can't wait for more than some weeks.</summary>
    private static readonly TimeSpan WaitMax = TimeSpan.FromDays(1);

    private static readonly string NodeFailure = FailureCategory.NodeFailure.Text();

    private readonly AttemptServices _services;
    private readonly SlotPool _pool;
    private readonly GpuPlacing _gpus;
    private readonly Holding _holding;
    private readonly WorkerOptions _options;
    private readonly WorkerRecord _me;
    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private readonly Dictionary<Attempt, Task> _attempts = [];
    private readonly SemaphoreSlim _changed = new(0, 1);
    private int _mayHaveOrphans = 1;
    private int _completed;
    private int _failed;
    private readonly Reservation _reservation = new();
    private readonly CardClaims? _cards;
    private bool _saidTooLarge;
    private ExceptionDispatchInfo? _fault;

    public WorkerLoop(AttemptServices services, SlotPool pool, GpuPlacing gpus, Holding holding, WorkerOptions options, WorkerRecord me)
    {
        _services = services;
        _pool = pool;
        _gpus = gpus;
        _holding = holding;
        _options = options;
        _me = me;
        _time = services.Host.Time;
        _cards = options.ShareGpus || pool.Gpus == 0 ? null : new CardClaims(services.Root, pool);
    }

    private int Count
    {
        get
        {
            lock (_lock)
                return _attempts.Count;
        }
    }

    /// <summary>Works until there is nothing left to do or <paramref name="stop"/> is set.</summary>
    public async Task<WorkerReport> RunAsync(CancellationToken stop)
    {
        using var ended = new CancellationTokenSource();
        var heartbeats = BeatAsync(ended.Token);
        try
        {
            // It gets ready while this worker looks around.
            _services.Keeper.Prepare();
            await ClaimUntilDoneAsync(stop).ConfigureAwait(false);
            await using var stopping = stop.Register(() => Each(attempt => attempt.Stop(StopCause.Preempted)));
            await Task.WhenAll(Each()).ConfigureAwait(false);
            _fault?.Throw();
        }
        catch
        {
            // This worker can't go on. Another one, in this process perhaps, adopts what runs, and must be the only one that watches it.
            Each(attempt => attempt.Abandon());
            await Task.WhenAll(Each()).ConfigureAwait(false);
            throw;
        }
        finally
        {
            await ended.CancelAsync().ConfigureAwait(false);
            await heartbeats.ConfigureAwait(false);
            _cards?.Dispose();
        }

        return new WorkerReport(_completed, _failed, stop.IsCancellationRequested);
    }

    private async Task ClaimUntilDoneAsync(CancellationToken stop)
    {
        var began = _time.GetTimestamp();
        while (!stop.IsCancellationRequested)
        {
            _fault?.Throw();
            var timeLeft = _options.TimeLimit is { } limit ? limit - _time.GetElapsedTime(began) : (TimeSpan?)null;
            if (timeLeft <= TimeSpan.Zero)
                return;
            if (Interlocked.Exchange(ref _mayHaveOrphans, 0) == 1)
                await AdoptAsync().ConfigureAwait(false);
            var mayClaim = await _holding.LookAsync().ConfigureAwait(false);
            await _gpus.LookAsync(Attempts()).ConfigureAwait(false);
            if (mayClaim)
                await FillSlotsAsync().ConfigureAwait(false);
            else
                _cards?.Release();
            TimeSpan? wait = Earlier(timeLeft, mayClaim ? _gpus.LookEvery : Holding.LookEvery);
            if (_pool.FreeForCpu > 0 || _pool.FreeGpus > 0)
            {
                var busy = Count;
                var outlook = await _services.Patience.CallAsync(() => _services.Registry.OutlookAsync(Request(count: 1, 0, _pool.Gpus))).ConfigureAwait(false);
                Announce(outlook);
                var nothingLeft = outlook is { Ready: 0, Waiting: 0, Running: 0 }
                    // The rest needs results that can't be put in place now.
                    || (outlook is { Ready: 0, Running: 0, NextDue: null } && _services.Publication.Failed.Count > 0);
                if (_options.Drain && nothingLeft && busy == 0)
                    return;
                wait = Earlier(wait, nothingLeft ? LookWhenIdleEvery : LookEvery);
                if (outlook.NextDue > TimeSpan.Zero)
                    wait = Earlier(wait, outlook.NextDue);
            }

            await ChangeAsync(wait ?? WaitMax, stop).ConfigureAwait(false);
        }
    }

    /// <summary>Claims as long as slots are free and there is something to claim.</summary>
    private async Task FillSlotsAsync()
    {
        _cards?.Take();
        try
        {
            // One at a time: how many GPUs are left depends on what the run before took.
            while (_pool.FreeGpus is > 0 and var gpus && await ClaimAsync(Request(1, 1, gpus) with { GpusTotal = _pool.GpusInService, Reserved = _reservation.Run }).ConfigureAwait(false))
            {
            }
        }
        finally
        {
            _cards?.Release();
        }

        while (_pool.FreeForCpu is > 0 and var count && await ClaimAsync(Request(count, 0, 0) with { GpusTotal = _pool.CpuRunsTakeGpus ? _pool.GpusInService : 0, Reserved = _reservation.Run }).ConfigureAwait(false))
        {
        }
    }

    private async Task<bool> ClaimAsync(ClaimRequest request)
    {
        var claimed = await _services.Patience.CallAsync(() => _services.Registry.ClaimAsync(request)).ConfigureAwait(false);
        foreach (var run in claimed)
        {
            var slot = Take(_gpus.NeedOf(run.Experiment)) ?? throw new InvalidOperationException($"claimed `{run.RunId}` without a free slot");
            if (slot.Shares.Count > 0)
                _reservation.Note(run);
            Begin(new Attempt(_services, run, slot));
        }

        return claimed.Count > 0;
    }

    private async Task AdoptAsync()
    {
        await _services.Patience.CallAsync(() => _services.Registry.ExpireLeasesAsync(_me.Host)).ConfigureAwait(false);
        foreach (var (orphan, lease, process) in await new Adoption(_services).AdoptAsync().ConfigureAwait(false))
        {
            var slot = _pool.TakeFor(_gpus.NeedOf(orphan.Run.Experiment), ProcFs.Variable(process.Identity.Pid, GpuSelection.Variable));
            Begin(new Attempt(_services, orphan, lease, process, slot));
        }
    }

    private async Task BeatAsync(CancellationToken ended)
    {
        const int beatsBetweenLooksForOrphans = 5;
        for (var beat = 1; !ended.IsCancellationRequested; beat++)
        {
            await Task.Delay(_options.Heartbeat, _time, ended).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (ended.IsCancellationRequested)
                return;
            try
            {
                await BeatAsync().ConfigureAwait(false);
            }
            catch (Exception e) when (Patience.IsPassing(e))
            {
                _services.Observer.Notice($"leases could not be renewed, trying again with the next heartbeat: {e.Message}");
            }

            if (beat % beatsBetweenLooksForOrphans == 0)
            {
                Interlocked.Exchange(ref _mayHaveOrphans, 1);
                Changed();
            }
        }
    }

    private async Task BeatAsync()
    {
        Dictionary<LeaseKey, Attempt> attempts;
        lock (_lock)
            attempts = _attempts.Keys.ToDictionary(a => a.Run.Lease);
        var orders = await _services.Registry.HeartbeatAsync(_me.Id, [.. attempts.Keys], LeaseDuration).ConfigureAwait(false);
        foreach (var order in orders)
        {
            if (attempts.TryGetValue(order.Lease, out var attempt))
                attempt.Stop(order.Reason == StopReason.Stale ? StopCause.Stale : StopCause.Cancelled);
        }
    }

    private static TimeSpan? Earlier(TimeSpan? first, TimeSpan? second) => first is null || second < first ? second ?? first : first;

    private ClaimRequest Request(int count, int gpusMin, int gpusMax) => new()
    {
        WorkerId = _me.Id,
        Count = count,
        GpusMin = gpusMin,
        GpusMax = gpusMax,
        Fit = _gpus.Fit(),
        Unpublished = [.. _services.Publication.Failed.Select(r => r.Lease.Run)],
        Collection = _options.Collection,
        Lease = LeaseDuration,
    };

    /// <remarks>Where runs of one experiment need different numbers of GPUs, a run may have been claimed for which there is too little memory: it gets what there is.</remarks>
    private SlotLease? Take(GpuNeed need) => _pool.TryTake(need) ?? _pool.TakeWithoutMemory(need);

    private void Begin(Attempt attempt)
    {
        lock (_lock)
            _attempts.Add(attempt, Task.Run(() => LiveAsync(attempt)));
    }

    private async Task LiveAsync(Attempt attempt)
    {
        try
        {
            try
            {
                await attempt.ExecuteAsync().ConfigureAwait(false);
            }
            finally
            {
                // The process is dead, so its slot is free while its end is still being recorded.
                _pool.Return(attempt.Slot);
                Changed();
            }

            var end = await attempt.FinishAsync().ConfigureAwait(false);
            if (end?.Category == NodeFailure)
                _holding.NoteFailure();
            if (end?.Next == RunStatus.Completed)
                Interlocked.Increment(ref _completed);
            else if (end?.Next == RunStatus.Failed)
                Interlocked.Increment(ref _failed);
        }
        catch (Exception e)
        {
            // The registry could not be used for long, or this is a mistake of ours: the worker ends, and the next one finds how the attempt did.
            _fault ??= ExceptionDispatchInfo.Capture(e);
        }
        finally
        {
            lock (_lock)
                _attempts.Remove(attempt);
            Changed();
        }
    }

    private void Changed()
    {
        lock (_lock)
        {
            if (_changed.CurrentCount == 0)
                _changed.Release();
        }
    }

    private async Task ChangeAsync(TimeSpan atMost, CancellationToken stop)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var delay = Task.Delay(atMost < WaitMax ? atMost : WaitMax, _time, enough.Token);
        var change = _changed.WaitAsync(enough.Token);
        await Task.WhenAny(delay, change).ConfigureAwait(false);
        await enough.CancelAsync().ConfigureAwait(false);
    }

    private List<Attempt> Attempts()
    {
        lock (_lock)
            return [.. _attempts.Keys];
    }

    private Task[] Each()
    {
        lock (_lock)
            return [.. _attempts.Values];
    }

    private void Each(Action<Attempt> action)
    {
        lock (_lock)
        {
            foreach (var attempt in _attempts.Keys)
                action(attempt);
        }
    }

    private void Announce(Outlook outlook)
    {
        if (outlook.TooLarge > 0 && !_saidTooLarge)
        {
            _services.Observer.Notice($"runs that need more GPUs, or more memory on them, than this worker has, and stay pending: {outlook.TooLarge}");
            _saidTooLarge = true;
        }
    }
}
