using Experiments.Runtime.Gpus;

namespace Experiments.Runtime.Slots;

/// <summary>
/// The slots of a worker: some for the CPU and <c>perGpu</c> on every GPU. A run that needs GPUs takes a slot on each of as many different
/// cards that have the memory, the least loaded first; other runs take a CPU slot, or a GPU's where the worker has no CPU slots. Safe to use from
/// several threads; what fits stays so until somebody takes it.
/// </summary>
internal sealed class SlotPool
{
    private readonly Lock _lock = new();
    private readonly IReadOnlyList<Card> _cards;
    private readonly bool[] _cpus;
    private readonly bool _managesGpus;
    private readonly bool _share;

    /// <summary>Creates a pool of free slots.</summary>
    /// <param name="cpuSlots">CPU slots.</param>
    /// <param name="gpus">The GPUs to use; <see langword="null"/>: the host has none and attempts see what this process sees.</param>
    /// <param name="perGpu">Slots on each GPU.</param>
    /// <param name="share">Whether GPUs that others use are used all the same.</param>
    public SlotPool(int cpuSlots, IReadOnlyList<Gpu>? gpus, int perGpu, bool share = false)
    {
        _managesGpus = gpus is not null;
        _cards = [.. (gpus ?? []).Select(g => new Card(g, perGpu))];
        _cpus = new bool[cpuSlots];
        _share = share;
    }

    /// <summary>The most GPUs a run can have, whether or not free. CUDA lets a process use one MIG instance only.</summary>
    public int Gpus => Most(_cards);

    /// <summary>The most GPUs a run can have until sick cards are well and others' are free.</summary>
    public int GpusInService
    {
        get
        {
            lock (_lock)
                return Most(_cards.Where(c => c.Unusable is null));
        }
    }

    /// <summary>GPUs that a run could have now, were it not for memory.</summary>
    public int FreeGpus
    {
        get
        {
            lock (_lock)
                return Most(_cards.Where(c => c.IsOpen));
        }
    }

    /// <summary>Memory of the largest card, in MiB; 0 when unknown.</summary>
    public long LargestMiB
    {
        get
        {
            lock (_lock)
                return _cards.Select(c => c.Gpu.MemoryMiB).DefaultIfEmpty().Max();
        }
    }

    /// <summary>Runs without GPUs that could start now.</summary>
    public int FreeForCpu
    {
        get
        {
            lock (_lock)
                return _cpus.Length > 0 ? _cpus.Count(taken => !taken) : _cards.Sum(c => c.Shares - c.Taken);
        }
    }

    /// <summary>Whether runs without GPUs take a slot of one, since there are no CPU slots.</summary>
    public bool CpuRunsTakeGpus => _cpus.Length == 0;

    /// <summary>Names of all slots.</summary>
    public IReadOnlyList<string> Names =>
        [.. Enumerable.Range(0, _cpus.Length).Select(CpuName), .. _cards.SelectMany(card => Enumerable.Range(0, card.Shares).Select(share => ShareName(card, share)))];

    /// <summary>GPUs that get no more attempts, and why.</summary>
    public IReadOnlyList<(Gpu Gpu, string Reason)> Unusable
    {
        get
        {
            lock (_lock)
                return [.. _cards.Where(c => c.Unusable is not null).Select(c => (c.Gpu, c.Unusable!))];
        }
    }

    /// <summary>Identities of the GPUs.</summary>
    public IEnumerable<string> Identities => _cards.Select(c => c.Gpu.Identity);

    /// <summary>Whether nothing of this worker runs on a GPU.</summary>
    public bool IsIdle(string identity)
    {
        lock (_lock)
            return _cards.All(c => c.Gpu.Identity != identity || c.Taken == 0);
    }

    /// <summary>Closes GPUs that other workers have, and opens the others.</summary>
    public void CloseAllBut(Func<string, bool> isOurs)
    {
        lock (_lock)
        {
            foreach (var card in _cards)
                card.IsElsewhere = !isOurs(card.Gpu.Identity);
        }
    }

    /// <summary>Takes note of what the driver tells of each GPU, in order.</summary>
    /// <param name="readings">One reading for each GPU.</param>
    /// <param name="isOurs">Whether a process belongs to one of this worker's attempts, or has ended.</param>
    public void Observe(IReadOnlyList<GpuReading> readings, Func<int, bool> isOurs)
    {
        lock (_lock)
        {
            for (var i = 0; i < Math.Min(readings.Count, _cards.Count); i++)
                _cards[i].Observe(readings[i], isOurs, _share);
        }
    }

    /// <summary>Lets GPUs rest, and no others.</summary>
    /// <param name="gpus">By identity, and why.</param>
    public void Rest(IReadOnlyDictionary<string, string> gpus)
    {
        lock (_lock)
        {
            foreach (var card in _cards)
                card.Resting = gpus.GetValueOrDefault(card.Gpu.Identity);
        }
    }

    /// <summary>Whether a run could start now.</summary>
    public bool Fits(GpuNeed need)
    {
        lock (_lock)
            return Choose(need.Gpus, c => c.Fits(need)).Count == need.Gpus;
    }

    /// <summary>Whether a run could start if nothing ran on the GPUs.</summary>
    /// <param name="need">What it needs.</param>
    /// <param name="inService">Whether only GPUs count that get attempts at present.</param>
    public bool CouldFit(GpuNeed need, bool inService = false)
    {
        lock (_lock)
            return need.Gpus <= Most(_cards.Where(c => c.CouldFit(need) && !(inService && c.Unusable is not null)));
    }

    /// <summary>Takes slots for a run; <see langword="null"/> when too few are free.</summary>
    public SlotLease? TryTake(GpuNeed need)
    {
        lock (_lock)
            return need.Gpus > 0 ? TakeCards(Choose(need.Gpus, c => c.Fits(need)), need) : TakeForCpu();
    }

    /// <summary>Takes slots for a run that needs more memory than is free: on the cards that have most of it.</summary>
    public SlotLease? TakeWithoutMemory(GpuNeed need)
    {
        lock (_lock)
            return TakeCards(Choose(need.Gpus, c => c.IsOpen), need);
    }

    /// <summary>Takes the slots of an attempt that is running already: on the GPUs it sees, where they are ours; never none, because it does run.</summary>
    /// <param name="need">What the run needs.</param>
    /// <param name="devices">The GPUs its process sees; <see langword="null"/>: unknown.</param>
    public SlotLease TakeFor(GpuNeed need, string? devices)
    {
        if (need.Gpus == 0 || devices is null)
            return TryTake(need) ?? new SlotLease("extra", [], null, devices);
        lock (_lock)
        {
            var cards = devices.Split(',')
                .Select(device => Enumerable.Range(0, _cards.Count).FirstOrDefault(i => _cards[i].Gpu.Device == device && _cards[i].HasFree, -1))
                .Where(card => card >= 0).Distinct()
                .ToList();
            return cards.Count == 0 ? new SlotLease("extra", [], null, devices) : TakeShares(cards, need) with { Devices = devices };
        }
    }

    /// <summary>Gives slots back.</summary>
    public void Return(SlotLease lease)
    {
        lock (_lock)
        {
            if (lease.Cpu is { } cpu)
                _cpus[cpu] = false;
            foreach (var (gpu, share, memory) in lease.Shares)
                _cards[gpu].Return(share, memory);
        }
    }

    /// <summary>The cards a run would get: the least loaded by our own attempts, then by what others compute, then the one with most memory.</summary>
    private List<int> Choose(int count, Func<Card, bool> isEligible) =>
        [.. Enumerable.Range(0, _cards.Count)
            .Where(i => isEligible(_cards[i]) && (count == 1 || _cards[i].Gpu.Mig is null))
            .OrderBy(i => _cards[i].Taken).ThenBy(i => Math.Round(_share ? _cards[i].Load / 10 : 0)).ThenByDescending(i => _cards[i].FreeMiB)
            .Take(count)
            .Order()];

    /// <summary>How many of these one run can have.</summary>
    private static int Most(IEnumerable<Card> cards)
    {
        var (whole, instances) = (0, 0);
        foreach (var card in cards)
            _ = card.Gpu.Mig is null ? whole++ : instances++;
        return Math.Max(whole, Math.Min(1, instances));
    }

    private SlotLease? TakeCards(List<int> cards, GpuNeed need) => cards.Count == need.Gpus ? TakeShares(cards, need) : null;

    private SlotLease? TakeForCpu()
    {
        if (_cpus.Length == 0)
        {
            var any = Enumerable.Range(0, _cards.Count).Where(i => _cards[i].HasFree).OrderBy(i => _cards[i].Taken).Take(1).ToList();
            return any.Count > 0 ? TakeShares(any, null) : null;
        }

        var cpu = Array.IndexOf(_cpus, false);
        if (cpu < 0)
            return null;
        _cpus[cpu] = true;
        return new SlotLease(CpuName(cpu), [], cpu, Devices([]));
    }

    /// <param name="cards">Which cards.</param>
    /// <param name="need">What is set aside on each; <see langword="null"/>: a CPU run's slot, which sees no GPU.</param>
    private SlotLease TakeShares(IReadOnlyList<int> cards, GpuNeed? need)
    {
        var shares = cards.Select(card =>
        {
            var memory = need is { } some ? _cards[card].MemoryOf(some) : 0;
            return (Gpu: card, Share: _cards[card].Take(memory), MemoryMiB: memory);
        }).ToList();
        var gpus = need is null ? [] : cards.Select(c => _cards[c].Gpu).ToList();
        return new SlotLease(string.Join('+', shares.Select(s => ShareName(_cards[s.Gpu], s.Share))), shares, null, Devices(gpus)) { Identities = [.. gpus.Select(g => g.Identity)] };
    }

    private string? Devices(IEnumerable<Gpu> gpus) => _managesGpus ? string.Join(',', gpus.Select(g => g.Device)) : null;

    private static string CpuName(int index) => $"cpu-{index}";

    private static string ShareName(Card card, int share) => card.Shares == 1 ? $"gpu-{card.Gpu.Label}" : $"gpu-{card.Gpu.Label}.{share}";
}
