using Experiments.Runtime.Gpus;

namespace Experiments.Runtime.Telemetry;

/// <summary>
/// Measures what a worker's attempts use: one look at the host for all of them, at an interval. What several attempts share is split: a card's
/// energy by how much each computes on it, the processors' by processor time. At the beginning and the end of an attempt its cards are read
/// once more, so that a whole card's energy is exact.
/// </summary>
internal sealed class Sampler : IAsyncDisposable
{
    /// <summary>How soon after its beginning an attempt is first looked at.</summary>
    private static readonly TimeSpan FirstLook = TimeSpan.FromSeconds(1);

    private readonly WorkerHost _host;
    private readonly GpuWatch _watch;
    private readonly TimeSpan _interval;
    private readonly double _gridFactor;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Lock _lock = new();
    private readonly List<(Gauge Gauge, long Since)> _gauges = [];
    private readonly CardMeter[] _meters;
    private readonly CancellationTokenSource _ended = new();
    private readonly Rapl? _rapl;
    private IReadOnlyList<GpuReading>? _readings;
    private readonly SemaphoreSlim _begun = new(0, 1);
    private long _readAt;
    private long _lookedAt;
    private double _hostCpuSeconds;
    private readonly Task _looking = Task.CompletedTask;

    /// <summary>Creates a sampler.</summary>
    /// <param name="host">Clock, <c>/proc</c> and <c>/sys</c>.</param>
    /// <param name="watch">The worker's GPUs.</param>
    /// <param name="interval">How often to look; zero: never.</param>
    /// <param name="gridFactor">kg of CO₂ equivalents a kWh.</param>
    public Sampler(WorkerHost host, GpuWatch watch, TimeSpan interval, double gridFactor)
    {
        _host = host;
        _watch = watch;
        _interval = interval;
        _gridFactor = gridFactor;
        _meters = [.. watch.Latest.Select(_ => new CardMeter())];
        if (interval <= TimeSpan.Zero)
            return;
        _rapl = new Rapl(host.SysDirectory);
        _looking = Task.Run(LookAsync);
    }

    /// <summary>Whether anything is measured.</summary>
    public bool IsOn => _interval > TimeSpan.Zero;

    /// <summary>Begins to measure an attempt.</summary>
    /// <param name="process">Its process.</param>
    /// <param name="gpus">The GPUs it computes on, by position in the pool.</param>
    /// <param name="before">What an earlier worker measured of it.</param>
    /// <returns>Its gauge; <see langword="null"/> when nothing is measured.</returns>
    public async Task<Gauge?> BeginAsync(int process, IReadOnlyList<int> gpus, IReadOnlyDictionary<string, double>? before = null)
    {
        if (!IsOn || process <= 0)
            return null;
        var gauge = new Gauge(process, gpus, _interval, _gridFactor, before);
        if (gpus.Count > 0 && _watch.IsQuick)
            await InTurnAsync(() => AdvanceCardsAsync(TimeSpan.Zero)).ConfigureAwait(false);
        lock (_lock)
        {
            _gauges.Add((gauge, _host.Time.GetTimestamp()));
            if (_begun.CurrentCount == 0)
                _begun.Release();
        }

        return gauge;
    }

    /// <summary>Ends the measurement of an attempt.</summary>
    /// <returns>Its totals; <see langword="null"/> when nothing was measured.</returns>
    public async Task<SystemSummary?> EndAsync(Gauge gauge)
    {
        if (gauge.Gpus.Count > 0 && _watch.IsQuick)
            await InTurnAsync(() => AdvanceCardsAsync(TimeSpan.Zero)).ConfigureAwait(false);
        lock (_lock)
        {
            var (_, since) = _gauges.Find(g => g.Gauge == gauge);
            _gauges.RemoveAll(g => g.Gauge == gauge);
            gauge.Note(_host.Time.GetElapsedTime(since), _host.Time.GetUtcNow(), ended: true);
        }

        return gauge.Summarize(gpu => _watch.Latest[gpu].Gpu.Label);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync().ConfigureAwait(false);
        await _looking.ConfigureAwait(false);
        _ended.Dispose();
    }

    private async Task LookAsync()
    {
        while (!_ended.IsCancellationRequested)
        {
            await _begun.WaitAsync(_ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            // What the host did while nothing was measured is nobody's.
            _rapl!.Advance();
            (_lookedAt, _hostCpuSeconds) = (_host.Time.GetTimestamp(), ProcessTable.ReadHostCpuSeconds(_host.ProcDirectory));
            var wait = FirstLook < _interval ? FirstLook : _interval;
            while (Gauges().Count > 0 && !_ended.IsCancellationRequested)
            {
                await Task.Delay(wait, _host.Time, _ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (!_ended.IsCancellationRequested)
                    await InTurnAsync(LookOnceAsync).ConfigureAwait(false);
                wait = Gauges().Exists(g => g.Gauge.CpuSeconds is null) && FirstLook < _interval ? FirstLook : _interval;
            }
        }
    }

    /// <summary>Looks at the processes of all attempts, and at their cards.</summary>
    private async Task LookOnceAsync()
    {
        var gauges = Gauges();
        if (gauges.Count == 0)
            return;
        var table = ProcessTable.Read(_host.ProcDirectory);
        var now = _host.Time.GetTimestamp();
        var elapsed = _host.Time.GetElapsedTime(_lookedAt, now);
        var joules = _rapl is { IsThere: true } meters ? meters.Advance() : (double?)null;
        var hostSeconds = Math.Max(table.HostCpuSeconds - _hostCpuSeconds, 1e-9);
        foreach (var (gauge, since) in gauges)
        {
            var usage = table.Of(gauge.Process);
            if (usage.Pids.Count == 0)
                continue;
            // One that began since the last look had all its processor time since then.
            var part = Math.Clamp((usage.CpuSeconds - (gauge.CpuSeconds ?? (gauge.IsAdopted ? usage.CpuSeconds : 0))) / hostSeconds, 0, 1);
            gauge.Add(usage, gauge.CpuSeconds is null ? _host.Time.GetElapsedTime(since, now) : elapsed, joules * part);
        }

        (_lookedAt, _hostCpuSeconds) = (now, table.HostCpuSeconds);
        await AdvanceCardsAsync(_interval / 2).ConfigureAwait(false);
        foreach (var (gauge, since) in gauges)
            gauge.Note(_host.Time.GetElapsedTime(since), _host.Time.GetUtcNow(), ended: false);
    }

    /// <summary>Reads the cards and gives what they did since the last reading to those who hold them.</summary>
    private async Task AdvanceCardsAsync(TimeSpan ageMax)
    {
        if (_meters.Length == 0)
            return;
        var readings = await _watch.ReadAsync(ageMax).ConfigureAwait(false);
        if (ReferenceEquals(readings, _readings))
            return; // A slow inventory has no new ones yet.
        var now = _host.Time.GetTimestamp();
        var elapsed = _readings is null ? TimeSpan.Zero : _host.Time.GetElapsedTime(_readAt, now);
        (_readings, _readAt) = (readings, now);
        var gauges = Gauges();
        for (var i = 0; i < _meters.Length; i++)
        {
            var joules = _meters[i].Advance(readings[i], elapsed);
            var holders = gauges.Where(g => g.Gauge.Gpus.Contains(i)).Select(g => g.Gauge).ToList();
            foreach (var (holder, share) in CardSplit.Of(readings[i], holders, joules, elapsed))
                holder.Add(i, share);
        }
    }

    private async Task InTurnAsync(Func<Task> action)
    {
        await _turn.WaitAsync().ConfigureAwait(false);
        try
        {
            await action().ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    private List<(Gauge Gauge, long Since)> Gauges()
    {
        lock (_lock)
            return [.. _gauges];
    }
}
