using System.Globalization;

namespace Experiments.Runtime.Workers;

/// <summary>Keeps a worker from starting attempts on a host that has no room for them: on the disk of the results, and in memory.</summary>
/// <param name="root">The results root.</param>
/// <param name="options">The worker's options.</param>
/// <param name="host">Where the host is read.</param>
internal sealed class HostGuard(ResultsRoot root, WorkerOptions options, WorkerHost host)
{
    private const double GiB = 1L << 30;

    /// <summary>Of small disks and memories only this share is kept free, unless told otherwise.</summary>
    private const double ShareMax = 0.05;

    /// <summary>Why nothing should start now; <see langword="null"/>: it may.</summary>
    public string? Problem()
    {
        var disk = new DriveInfo(root.Directory);
        if (Problem(disk.AvailableFreeSpace, Floor(options.MinFreeDiskGiB, WorkerOptions.DefaultMinFreeDiskGiB, disk.TotalSize), $"on the disk of `{root.Directory}`", "--min-free-disk") is { } full)
            return full;
        var (total, available) = Memory();
        return total == 0 ? null : Problem(available, Floor(options.MinFreeMemoryGiB, WorkerOptions.DefaultMinFreeMemoryGiB, total), "in memory", "--min-free-memory");
    }

    private static double Floor(double? given, double normal, long total) => given * GiB ?? Math.Min(normal * GiB, total * ShareMax);

    private static string? Problem(long free, double floor, string where, string option) => free >= floor ? null
        : string.Create(CultureInfo.InvariantCulture, $"{free / GiB:0.##} GiB are free {where}, less than the {floor / GiB:0.##} of `{option}`");

    /// <summary>All memory and what can be had of it, in bytes; 0 where the host doesn't say.</summary>
    private (long Total, long Available) Memory()
    {
        var info = Numbers(Path.Combine(host.ProcDirectory, "meminfo"), ':');
        const long bytesPerKiB = 1024;
        var (total, available) = (info.GetValueOrDefault("MemTotal") * bytesPerKiB, info.GetValueOrDefault("MemAvailable") * bytesPerKiB);
        // A container may have less than its host.
        var group = Path.Combine(host.SysDirectory, "fs", "cgroup");
        if (Number(Path.Combine(group, "memory.max")) is { } limit && limit < total && Number(Path.Combine(group, "memory.current")) is { } used)
            (total, available) = (limit, Math.Min(available, limit - used + Numbers(Path.Combine(group, "memory.stat"), ' ').GetValueOrDefault("inactive_file")));
        return (total, available);
    }

    private static long? Number(string path) =>
        File.Exists(path) && long.TryParse(File.ReadAllText(path), NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static Dictionary<string, long> Numbers(string path, char separator)
    {
        var numbers = new Dictionary<string, long>();
        if (!File.Exists(path))
            return numbers;
        foreach (var line in File.ReadLines(path))
        {
            var words = line.Split([separator, ' '], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 1 && long.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                numbers[words[0]] = number;
        }

        return numbers;
    }
}
