using Experiments.Registry;
using Experiments.Runtime.Attempts;
using Experiments.Runtime.Gpus;
using Experiments.Runtime.Processes;
using Experiments.Runtime.Slots;

namespace Experiments.Runtime.Workers;

/// <summary>Keeps the pool up to date with what the GPUs do and what experiments need of them, and says which runs may be claimed.</summary>
internal sealed class GpuPlacing(AttemptServices services, SlotPool pool, GpuWatch watch, Introduction me)
{
    /// <summary>A peak is measured now and then, so the true one is somewhat higher.</summary>
    private const double PeakMargin = 1.1;

    private const double MiBPerGiB = 1024;

    private IReadOnlyDictionary<string, GpuDemand> _demands = new Dictionary<string, GpuDemand>();
    private IReadOnlyList<UnusableGpu> _said = [];

    /// <summary>How soon a change of a GPU is noticed while nothing else happens; <see langword="null"/>: there is none.</summary>
    public TimeSpan? LookEvery => pool.Gpus == 0 ? null : watch.Freshness * 2;

    /// <summary>Reads the GPUs, if they were not read just now, and what waits for them.</summary>
    /// <param name="attempts">The attempts under way.</param>
    public async Task LookAsync(IReadOnlyList<Attempt> attempts)
    {
        if (pool.Gpus == 0)
            return;
        var readings = await watch.ReadAsync(watch.Freshness).ConfigureAwait(false);
        var ours = attempts.Select(a => services.Root.Run(a.Run.RunId).Staging(a.Run.Attempt)).ToHashSet();
        pool.Observe(readings, pid => IsOurs(pid, ours));
        var unusable = pool.Unusable.Select(u => new UnusableGpu(u.Gpu.Label, u.Reason)).ToList();
        if (!unusable.SequenceEqual(_said))
            await SayAsync(unusable).ConfigureAwait(false);
        var demands = await services.Patience.CallAsync(() => services.Registry.GpuDemandsAsync()).ConfigureAwait(false);
        _demands = demands.ToDictionary(d => d.Experiment);
    }

    /// <summary>What a run of an experiment needs: the memory it declares or the most that one ever used, whichever is more.</summary>
    public GpuNeed NeedOf(ExperimentDefinition experiment) => _demands.TryGetValue(experiment.Name, out var demand)
        ? NeedOf(demand) with { Gpus = experiment.Resources.Gpus }
        : new GpuNeed(experiment.Resources.Gpus, (long)(experiment.Resources.MemoryGiB * MiBPerGiB));

    /// <summary>Which experiments' runs the GPUs have memory for.</summary>
    public IReadOnlyDictionary<string, GpuFit>? Fit()
    {
        if (pool.Gpus == 0)
            return null;
        var fit = new Dictionary<string, GpuFit>();
        foreach (var demand in _demands.Values)
        {
            if (Fit(NeedOf(demand)) is { } known)
                fit[demand.Experiment] = known;
        }

        return fit;
    }

    /// <returns><see langword="null"/>: once cards are back that are sick or in others' use. Nothing is held up for that.</returns>
    private GpuFit? Fit(GpuNeed need) =>
        pool.Fits(need) ? GpuFit.Now
        : pool.CouldFit(need, inService: true) ? GpuFit.Later
        : pool.CouldFit(need) ? null
        : GpuFit.Never;

    private GpuNeed NeedOf(GpuDemand demand)
    {
        var peak = (demand.PeakGiB ?? 0) * MiBPerGiB;
        // The margin alone must not make a run too large for the card it ran on.
        var learned = peak <= pool.LargestMiB ? Math.Min(peak * PeakMargin, pool.LargestMiB) : peak;
        return new GpuNeed(demand.Gpus, (long)Math.Ceiling(Math.Max(demand.MemoryGiB * MiBPerGiB, learned)));
    }

    /// <summary>A process of an attempt, whichever descendant, has the attempt's environment. One that has ended has none, and its memory is freed any moment.</summary>
    private static bool IsOurs(int pid, HashSet<string> directories) =>
        ProcFs.Identify(pid) is not { } process || !ProcFs.IsRunning(process)
        || (ProcFs.Variable(pid, ProtocolVariables.RunDirectory) is { } directory && directories.Contains(directory));

    private async Task SayAsync(IReadOnlyList<UnusableGpu> unusable)
    {
        foreach (var gpu in unusable.Except(_said))
            services.Observer.Notice($"GPU {gpu.Gpu} gets no attempts: {gpu.Reason}");
        foreach (var gpu in _said.Where(s => unusable.All(u => u.Gpu != s.Gpu)))
            services.Observer.Notice($"GPU {gpu.Gpu} is used again");
        _said = unusable;
        await me.ChangeAsync(worker => worker with { UnusableGpus = [.. unusable] }).ConfigureAwait(false);
    }
}
