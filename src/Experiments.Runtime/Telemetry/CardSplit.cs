namespace Experiments.Runtime.Telemetry;

/// <summary>Splits what a card did among the attempts that hold it.</summary>
internal static class CardSplit
{
    /// <summary>Each holder's part: all of it for the only one; else by how much its processes computed, or equally where the driver does not tell.</summary>
    /// <param name="reading">What the card says now.</param>
    /// <param name="holders">The attempts that hold it.</param>
    /// <param name="joules">Its energy since the last reading; <see langword="null"/>: not known.</param>
    /// <param name="elapsed">Time since the last reading.</param>
    public static IEnumerable<(Gauge Holder, GpuShare Share)> Of(GpuReading reading, IReadOnlyList<Gauge> holders, double? joules, TimeSpan elapsed)
    {
        var processes = reading.Processes ?? [];
        var strangers = processes.Where(p => p.UtilizationPercent > 0 && holders.All(h => !h.Pids.Contains(p.Pid))).Sum(p => p.UtilizationPercent ?? 0);
        var isAlone = holders.Count == 1 && strangers == 0;
        var weights = holders.Select(h => Own(h).Sum(p => p.UtilizationPercent ?? 0)).ToList();
        var total = weights.Sum() + strangers;
        for (var i = 0; i < holders.Count; i++)
        {
            var part = isAlone ? 1 : total > 0 ? weights[i] / total : 1.0 / holders.Count;
            var own = Own(holders[i]).Where(p => p.MemoryMiB is not null).ToList();
            // A container may not know the processes by the driver's numbers; what is on a card that one attempt has is that attempt's.
            var memory = own.Count > 0 ? own.Sum(p => p.MemoryMiB!.Value) : isAlone && holders[i].Pids.Count > 0 ? reading.UsedMiB : (double?)null;
            yield return (holders[i], new GpuShare(joules * part, elapsed, reading.UtilizationPercent * part, memory, reading.PowerWatts * part, !isAlone || reading.IsShareOfCard));
        }

        IEnumerable<GpuProcess> Own(Gauge holder) => processes.Where(p => holder.Pids.Contains(p.Pid));
    }
}
