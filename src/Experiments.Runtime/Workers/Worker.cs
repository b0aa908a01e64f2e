using Experiments.Registry;
using Experiments.Runtime.Attempts;
using Experiments.Runtime.Keeper;
using Experiments.Runtime.Processes;
using Experiments.Runtime.Provenance;
using Experiments.Runtime.Gpus;
using Experiments.Runtime.Slots;
using Experiments.Runtime.Telemetry;
using Experiments.Runtime.Workers;

namespace Experiments.Runtime;

/// <summary>The supervisor: claims runs, executes attempts in slots, and records how they end.</summary>
public sealed class Worker
{
    private readonly IRegistry _registry;
    private readonly ResultsRoot _root;
    private readonly WorkerOptions _options;
    private readonly WorkerHost _host;
    private readonly SerialObserver _observer;

    /// <summary>Creates a worker; nothing happens until <see cref="RunAsync"/>.</summary>
    /// <param name="registry">The registry of the results root.</param>
    /// <param name="root">The results root.</param>
    /// <param name="options">What to use and when to stop.</param>
    /// <param name="observer">Who watches.</param>
    /// <param name="host">Clock, GPU inventory and own program; <see langword="null"/>: this host's.</param>
    public Worker(IRegistry registry, ResultsRoot root, WorkerOptions options, IWorkerObserver observer, WorkerHost? host = null)
    {
        _registry = registry;
        _root = root;
        _options = options;
        _host = host ?? new WorkerHost();
        _observer = new SerialObserver(observer);
    }

    /// <summary>Refuses options that no worker could begin with on this host, before anything is queued for it.</summary>
    /// <param name="options">What to use.</param>
    /// <param name="host">GPU inventory; <see langword="null"/>: this host's.</param>
    /// <param name="cancel">Cancels the call.</param>
    /// <exception cref="ExperimentsException">EXP8030: a GPU does not exist. EXP8031: there would be no slot.</exception>
    public static async Task RequireSlotsAsync(WorkerOptions options, WorkerHost? host = null, CancellationToken cancel = default)
    {
        // Nothing else can be wrong, and asking for the GPUs takes time.
        if (options.Gpus is { Count: > 0 } || options.Slots == 0)
            PoolOf(options, await ChooseGpusAsync(options, host ?? new WorkerHost(), _ => { }, cancel).ConfigureAwait(false));
    }

    /// <summary>
    /// Works until the queue is drained, the time limit is reached (attempts under way end by themselves) or <paramref name="stop"/> is set;
    /// then running attempts get SIGTERM, the grace period, SIGKILL, and go back to pending.
    /// </summary>
    /// <param name="stop">Asks the worker to stop.</param>
    /// <param name="kill">Cuts the grace period short: what still runs gets SIGKILL at once.</param>
    /// <exception cref="ExperimentsException">EXP8030: a GPU does not exist. EXP8031: there would be no slot. EXP70xx: the registry can't be used.</exception>
    /// <exception cref="PlatformNotSupportedException">This isn't Linux.</exception>
    public async Task<WorkerReport> RunAsync(CancellationToken stop, CancellationToken kill = default)
    {
        if (!OperatingSystem.IsLinux())
            throw new PlatformNotSupportedException("expected Linux to execute runs, got another system; planning and looking work everywhere");
        var gpus = await ChooseGpusAsync(_options, _host, _observer.Notice, stop).ConfigureAwait(false);
        var pool = PoolOf(_options, gpus);
        var me = Introduce(pool, gpus ?? []);
        var watch = new GpuWatch(_host.Gpus, gpus ?? [], _host.Time);
        await using var sampler = new Sampler(_host, watch, _options.Telemetry, _options.GridFactor ?? GridFactor.Default(Environment.GetEnvironmentVariable(GridFactor.Variable)));
        using var keeper = new KeeperLink(_host.Program, _root, me.Id);
        var impatience = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var killed = kill.Register(() => impatience.TrySetResult());
        var patience = new Patience(_host.Time, _observer, impatience.Task);
        var services = new AttemptServices(_registry, _root, me.Id, _options.Grace, stop, impatience.Task, _host, keeper, new ProvenanceWriter(_root, me, gpus ?? []), sampler, _observer, patience);
        await _registry.RegisterWorkerAsync(me, stop).ConfigureAwait(false);
        _observer.Started(me, pool.Names);
        var introduction = new Introduction(_registry, patience, me);
        var holding = new Holding(services, pool, new HostGuard(_root, _options, _host), introduction);
        try
        {
            return await new WorkerLoop(services, pool, new GpuPlacing(services, pool, watch, introduction), holding, _options, me).RunAsync(stop).ConfigureAwait(false);
        }
        finally
        {
            await EndAsync(me.Id).ConfigureAwait(false);
        }
    }

    /// <summary>Says that this worker has ended, whyever: this process may live on, and what is left of the worker is another one's to adopt.</summary>
    private async Task EndAsync(string id)
    {
        try
        {
            await _registry.EndWorkerAsync(id, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (Patience.IsPassing(e))
        {
            _observer.Notice($"the registry could not be told that this worker has ended: {e.Message}");
        }
    }

    private static SlotPool PoolOf(WorkerOptions options, IReadOnlyList<Gpu>? gpus)
    {
        var pool = new SlotPool(options.Slots ?? (gpus is { Count: > 0 } ? 0 : Environment.ProcessorCount), gpus, options.PerGpu, options.ShareGpus);
        return pool.Names.Count > 0
            ? pool
            : throw new ExperimentsException("EXP8031", "expected a worker to have at least one slot, got none", "give it GPUs (`--gpus`) or CPU slots (`--slots 2`)");
    }

    private static async Task<IReadOnlyList<Gpu>?> ChooseGpusAsync(WorkerOptions options, WorkerHost host, Action<string> notice, CancellationToken stop)
    {
        if (options.Gpus is { Count: 0 })
            return [];
        IReadOnlyList<GpuReading> readings = [];
        try
        {
            readings = await host.Gpus.ReadAsync(stop).ConfigureAwait(false);
            if (readings.Count == 0 && options.Gpus is { } asked)
                notice($"no GPU is found on this host: {string.Join(", ", asked.Select(g => $"`{g}`"))} {(asked.Count == 1 ? "is" : "are")} taken as given");
        }
        catch (GpuInventoryException e)
        {
            notice($"the GPUs could not be read: {e.Message}");
        }

        return GpuSelection.Choose(options.Gpus, Environment.GetEnvironmentVariable(GpuSelection.Variable), [.. readings.Select(r => r.Gpu)]);
    }

    private WorkerRecord Introduce(SlotPool pool, IReadOnlyList<Gpu> gpus)
    {
        var now = _host.Time.GetUtcNow();
        return new WorkerRecord
        {
            Id = $"{Environment.MachineName}-{Environment.ProcessId}-{Guid.NewGuid().ToString("N")[..6]}",
            Host = HostName.Current,
            Process = ProcFs.Identify(Environment.ProcessId)!,
            Slots = pool.Names.Count,
            Gpus = [.. gpus.Select(g => g.Index).Distinct()],
            Started = now,
            Seen = now,
        };
    }
}
