using Experiments;

namespace Weekend;

/// <summary>Copies to a small disk, <c>WEEKEND_DISK</c>. When it is full, the copy waits for space: 1.5, 2.3, 3.4, 5.1 and 7.6 seconds.</summary>
[Experiment("archive", Id = "archive/{Kilobytes}_{Part}")]
[Entrypoint("archive.py")]
[Retry(0, BackoffBase = 1.5)]
public sealed partial record Archive
{
    public required int Kilobytes { get; init; }
    public int Part { get; init; }
}

/// <summary>Eight parts that fit once somebody has made space, and two that are larger than the disk. First of all, so that the space is missed.</summary>
[Sweep]
public sealed partial record Archives : ISweep<Archive>
{
    [Values(Small, Large)] public int Kilobytes { get; init; }
    [Seeds(8)] public int Part { get; init; }

    public bool Include => Kilobytes == Small || Part < 2;
    public int Priority => 500;

    /// <summary>KiB of a part; all eight fit on the disk.</summary>
    internal const int Small = 64;

    /// <summary>KiB of one that doesn't.</summary>
    internal const int Large = 4096;
}
