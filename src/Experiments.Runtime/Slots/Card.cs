namespace Experiments.Runtime.Slots;

/// <summary>A GPU of the pool: its shares, the memory set aside on it, and why it can't be used, if so.</summary>
/// <param name="gpu">The GPU.</param>
/// <param name="shares">Attempts that may share it.</param>
internal sealed class Card(Gpu gpu, int shares)
{
    private readonly bool[] _taken = new bool[shares];
    private long _reservedMiB;
    private GpuReading? _last;
    private int _readingsWhileFree = 1;
    private string? _problem;

    /// <summary>The GPU.</summary>
    public Gpu Gpu { get; private set; } = gpu;

    /// <summary>Shares that are taken.</summary>
    public int Taken => _taken.Count(taken => taken);

    /// <summary>All shares.</summary>
    public int Shares => _taken.Length;

    /// <summary>Whether a share is free, for whatever needs no GPU.</summary>
    public bool HasFree => Array.IndexOf(_taken, false) >= 0;

    /// <summary>Memory that others use, in MiB.</summary>
    public long ForeignMiB { get; private set; }

    /// <summary>Why it gets no more attempts; <see langword="null"/>: it does.</summary>
    public string? Unusable => _problem ?? Resting;

    /// <summary>Why it rests: several runs failed on it; <see langword="null"/>: it doesn't.</summary>
    public string? Resting { get; set; }

    /// <summary>How busy it was when last seen, 0 to 100.</summary>
    public double Load { get; private set; }

    /// <summary>Memory that is neither set aside nor in others' use, in MiB.</summary>
    public long FreeMiB => Gpu.MemoryMiB - ForeignMiB - _reservedMiB;

    /// <summary>Memory that a need takes here, in MiB: of an unknown one we know no better than an equal share.</summary>
    public long MemoryOf(GpuNeed need) => need.MemoryMiB > 0 ? need.MemoryMiB : Math.Max(0, Gpu.MemoryMiB - ForeignMiB) / Shares;

    /// <summary>Whether an attempt may begin here now.</summary>
    public bool Fits(GpuNeed need) => IsOpen && (Gpu.MemoryMiB == 0 || MemoryOf(need) <= FreeMiB);

    /// <summary>Whether another worker has claimed it, so that nothing begins here for the moment.</summary>
    public bool IsElsewhere { get; set; }

    /// <summary>Whether a share is free for an attempt that computes here, were it not for memory.</summary>
    public bool IsOpen => HasFree && Unusable is null && !IsElsewhere;

    /// <summary>Whether an attempt could begin here when it were empty and healthy.</summary>
    public bool CouldFit(GpuNeed need) => Gpu.MemoryMiB == 0 || need.MemoryMiB <= Gpu.MemoryMiB;

    /// <summary>Takes a share, and memory.</summary>
    public int Take(long memoryMiB)
    {
        var share = Array.IndexOf(_taken, false);
        _taken[share] = true;
        _reservedMiB += memoryMiB;
        return share;
    }

    /// <summary>Gives a share back.</summary>
    public void Return(int share, long memoryMiB)
    {
        _taken[share] = false;
        _reservedMiB -= memoryMiB;
        _readingsWhileFree = 0;
    }

    /// <summary>Takes note of what the driver tells.</summary>
    /// <param name="reading">The reading.</param>
    /// <param name="isOurs">Whether a process belongs to one of this worker's attempts, or has ended.</param>
    /// <param name="share">Whether cards that others use are used all the same, as far as memory goes.</param>
    public void Observe(GpuReading reading, Func<int, bool> isOurs, bool share)
    {
        if (reading.Gpu.MemoryMiB > 0)
            Gpu = reading.Gpu;
        Load = reading.UtilizationPercent ?? 0;
        if (!ReferenceEquals(reading, _last))
            _readingsWhileFree++;
        _last = reading;
        var others = reading.Processes?.Where(p => !isOurs(p.Pid)).ToList() ?? [];
        if (others.Count > 0)
            ForeignMiB = others.Sum(p => p.MemoryMiB ?? 0);
        else if (Taken == 0)
            // A container does not see others' processes, but the memory they take. Some of it is the driver's own. The first reading after an
            // attempt may be from before its end.
            ForeignMiB = Unexplained(reading) is var used && used > IdleMiB && _readingsWhileFree > 1 ? used : 0;
        else if (reading.Processes is not null)
            ForeignMiB = Math.Min(ForeignMiB, reading.UsedMiB ?? ForeignMiB);
        _problem = reading.Problem is { } problem ? $"out of service: {problem}"
            : share ? null
            : others.Count > 0 ? $"in use by others: process {string.Join(", ", others.Take(3).Select(o => o.Pid))}{(others.Count > 3 ? " and more" : "")}"
            : ForeignMiB > 0 ? FormattableString.Invariant($"in use by others: {ForeignMiB / 1024.0:0.0} GiB")
            : null;
    }

    private static long Unexplained(GpuReading reading) => (reading.UsedMiB ?? 0) - (reading.Processes?.Sum(p => p.MemoryMiB ?? 0) ?? 0);

    /// <summary>Memory in use on a card that nobody uses.</summary>
    private long IdleMiB => Math.Max(1024, Gpu.MemoryMiB / 20);
}
