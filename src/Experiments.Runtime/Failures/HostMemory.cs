using System.Globalization;

namespace Experiments.Runtime.Failures;

/// <summary>Evidence of the kernel's out-of-memory killer.</summary>
internal static class HostMemory
{
    /// <summary>Processes the kernel has killed for memory since boot; 0 where it doesn't say.</summary>
    public static long OutOfMemoryKills()
    {
        const string counter = "oom_kill ";
        try
        {
            var line = File.ReadLines("/proc/vmstat").FirstOrDefault(l => l.StartsWith(counter, StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line[counter.Length..], CultureInfo.InvariantCulture);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }
}
