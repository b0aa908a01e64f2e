namespace Experiments.Registry.Tests.Kit;

/// <summary>A clock that stands still until it is told otherwise. The wall clock can jump; the monotonic one only advances.</summary>
public sealed class ManualTime : TimeProvider
{
    private DateTimeOffset _now = new(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private long _ticks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => _now;

    public override long GetTimestamp() => _ticks;

    public void Advance(TimeSpan time)
    {
        _now += time;
        _ticks += time.Ticks;
    }

    public void JumpWallClock(TimeSpan by) => _now += by;
}
