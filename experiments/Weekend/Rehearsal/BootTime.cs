using System.Globalization;

namespace Weekend.Rehearsal;

/// <summary>When this machine was started: what the kernel counts the starts of processes from.</summary>
/// <param name="Moment">The moment, UTC.</param>
internal readonly record struct BootTime(DateTimeOffset Moment)
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    public static BootTime Read()
    {
        // The kernel says it in whole ticks: exact is the moment at which it changes.
        var before = Uptime();
        TimeSpan uptime;
        while ((uptime = Uptime()) == before)
        {
        }

        return new BootTime(DateTimeOffset.UtcNow - uptime);
    }

    /// <summary>The end of a tick: at most ten milliseconds late, never early.</summary>
    public DateTimeOffset At(long ticks) => Moment + ((ticks + 1) * Tick);

    private static TimeSpan Uptime() => TimeSpan.FromSeconds(double.Parse(File.ReadAllText("/proc/uptime").Split(' ')[0], CultureInfo.InvariantCulture));
}
