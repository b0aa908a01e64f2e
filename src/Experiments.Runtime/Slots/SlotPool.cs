namespace Experiments.Runtime.Slots;

/// <summary>
/// The slots of a worker: some for the CPU and <c>perGpu</c> on every GPU. A run that needs GPUs takes a slot on each of as many different
/// GPUs, the least loaded first; other runs take a CPU slot, or a GPU's where the worker has no CPU slots.
/// </summary>
internal sealed class SlotPool
{
    private readonly IReadOnlyList<Gpu> _gpus;
    private readonly bool[][] _shares;
    private readonly bool[] _cpus;
    private readonly bool _managesGpus;

    /// <summary>Creates a pool of free slots.</summary>
    /// <param name="cpuSlots">CPU slots.</param>
    /// <param name="gpus">The GPUs to use; <see langword="null"/>: the host has none and attempts see what this process sees.</param>
    /// <param name="perGpu">Slots on each GPU.</param>
    public SlotPool(int cpuSlots, IReadOnlyList<Gpu>? gpus, int perGpu)
    {
        _managesGpus = gpus is not null;
        _gpus = gpus ?? [];
        _shares = [.. _gpus.Select(_ => new bool[perGpu])];
        _cpus = new bool[cpuSlots];
    }

    /// <summary>Number of GPUs, whether or not free.</summary>
    public int Gpus => _gpus.Count;

    /// <summary>GPUs that have a free slot.</summary>
    public int FreeGpus => _shares.Count(HasFree);

    /// <summary>Runs without GPUs that could start now.</summary>
    public int FreeForCpu => _cpus.Length > 0 ? _cpus.Count(taken => !taken) : _shares.Sum(gpu => gpu.Count(taken => !taken));

    /// <summary>Whether runs without GPUs take a slot of one, since there are no CPU slots.</summary>
    public bool CpuRunsTakeGpus => _cpus.Length == 0;

    /// <summary>Names of all slots.</summary>
    public IReadOnlyList<string> Names =>
        [.. Enumerable.Range(0, _cpus.Length).Select(CpuName), .. _shares.SelectMany((gpu, index) => gpu.Select((_, share) => ShareName(index, share)))];

    /// <summary>Takes slots for a run; <see langword="null"/> when too few are free.</summary>
    /// <param name="gpus">GPUs the run needs.</param>
    public SlotLease? TryTake(int gpus)
    {
        if (gpus > 0)
            return gpus <= FreeGpus ? TakeShares(gpus, visible: true) : null;
        if (_cpus.Length == 0)
            return FreeGpus > 0 ? TakeShares(1, visible: false) : null;
        var cpu = Array.IndexOf(_cpus, false);
        if (cpu < 0)
            return null;
        _cpus[cpu] = true;
        return new SlotLease(CpuName(cpu), [], cpu, Devices([]));
    }

    /// <summary>Takes the slots of an attempt that is running already: on the GPUs it sees, where they are ours; never none, because it does run.</summary>
    /// <param name="gpus">GPUs the run needs.</param>
    /// <param name="devices">The GPUs its process sees; <see langword="null"/>: unknown.</param>
    public SlotLease TakeFor(int gpus, string? devices)
    {
        if (gpus == 0 || devices is null)
            return TryTake(gpus) ?? new SlotLease("extra", [], null, devices);
        var shares = devices.Split(',')
            .Select(device => _gpus.ToList().FindIndex(g => g.Device == device))
            .Where(gpu => gpu >= 0 && HasFree(_shares[gpu]))
            .Select(gpu => (gpu, Array.IndexOf(_shares[gpu], false)))
            .ToList();
        return shares.Count == 0 ? new SlotLease("extra", [], null, devices) : Take(shares, devices);
    }

    /// <summary>Gives slots back.</summary>
    public void Return(SlotLease lease)
    {
        if (lease.Cpu is { } cpu)
            _cpus[cpu] = false;
        foreach (var (gpu, share) in lease.Shares)
            _shares[gpu][share] = false;
    }

    private SlotLease TakeShares(int count, bool visible)
    {
        var chosen = Enumerable.Range(0, _shares.Length)
            .Where(gpu => HasFree(_shares[gpu]))
            .OrderBy(gpu => _shares[gpu].Count(taken => taken))
            .Take(count)
            .Order()
            .Select(gpu => (Gpu: gpu, Share: Array.IndexOf(_shares[gpu], false)))
            .ToList();
        return Take(chosen, Devices(visible ? chosen.Select(c => _gpus[c.Gpu]) : []));
    }

    private SlotLease Take(IReadOnlyList<(int Gpu, int Share)> shares, string? devices)
    {
        foreach (var (gpu, share) in shares)
            _shares[gpu][share] = true;
        return new SlotLease(string.Join('+', shares.Select(c => ShareName(c.Gpu, c.Share))), shares, null, devices);
    }

    private string? Devices(IEnumerable<Gpu> gpus) => _managesGpus ? string.Join(',', gpus.Select(g => g.Device)) : null;

    private static bool HasFree(bool[] gpu) => Array.IndexOf(gpu, false) >= 0;

    private static string CpuName(int index) => $"cpu-{index}";

    private string ShareName(int gpu, int share) => _shares[gpu].Length == 1 ? $"gpu-{_gpus[gpu].Index}" : $"gpu-{_gpus[gpu].Index}.{share}";
}
