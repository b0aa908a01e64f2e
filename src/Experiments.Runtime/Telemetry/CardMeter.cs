namespace Experiments.Runtime.Telemetry;

/// <summary>The energy of a GPU from one reading to the next: by its counter, or where it has none by the power drawn, taken as a straight line between readings.</summary>
internal sealed class CardMeter
{
    private double? _counter;
    private double? _watts;

    /// <summary>Energy since the last reading, in joules; <see langword="null"/>: not known.</summary>
    /// <param name="reading">The reading.</param>
    /// <param name="elapsed">Time since the last one.</param>
    public double? Advance(GpuReading reading, TimeSpan elapsed)
    {
        var joules = Between(reading, elapsed);
        (_counter, _watts) = (reading.EnergyJoules, reading.PowerWatts);
        return joules;
    }

    private double? Between(GpuReading reading, TimeSpan elapsed)
    {
        // A counter that went back was set to zero with its driver; what it counted until then is lost.
        if (reading.EnergyJoules is { } now && _counter is { } before)
            return now >= before ? now - before : now;
        return reading.PowerWatts is { } watts && _watts is { } earlier ? (watts + earlier) / 2 * elapsed.TotalSeconds : null;
    }
}
