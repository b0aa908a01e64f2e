using System.Diagnostics;
using System.Globalization;

namespace Experiments.Registry.Benchmarks;

/// <summary>Our rows of the table that <c>benchmarks/peers/queues.py</c> prints: one call at a time, as the others are driven, and as a worker drives it.</summary>
internal static class Beside
{
    public static async Task<int> RunAsync(string seconds)
    {
        var duration = TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture));
        var submits = await SubmitsAsync(duration);
        foreach (var (slots, name) in ((int, string)[])[(1, "Experiments, one call at a time"), (16, "Experiments, 16 slots a process")])
        {
            var one = await Contention.MeasureAsync(1, slots, seconds);
            var four = await Contention.MeasureAsync(4, slots, seconds);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| **{name}** | {(slots == 1 ? submits.ToString("N0", CultureInfo.InvariantCulture) : "")} | {one.Rate:N0} | {four.Rate:N0} (most : least {four.MostToLeast:N1}) |"));
        }

        return 0;
    }

    private static async Task<double> SubmitsAsync(TimeSpan duration)
    {
        var directory = Directory.CreateTempSubdirectory("registry-bench-");
        try
        {
            await using var registry = await SqliteRegistry.OpenAsync(ResultsRoot.At(directory.FullName), new RegistryOptions());
            await registry.SubmitAsync(Samples.Plan("Warm", "warm", 1000), new SubmitOptions());
            var plans = Enumerable.Range(0, (int)(duration.TotalSeconds * 10_000)).Select(i => Samples.Plan("Sweep", $"one/{i}", 1)).ToArray();
            for (var i = 0; i < 200; i++)
                await registry.SubmitAsync(Samples.Plan("Sweep", $"warm-one/{i}", 1), new SubmitOptions());
            var (done, began) = (0, Stopwatch.GetTimestamp());
            while (done < plans.Length && Stopwatch.GetElapsedTime(began) < duration)
                await registry.SubmitAsync(plans[done++], new SubmitOptions());
            return done / Stopwatch.GetElapsedTime(began).TotalSeconds;
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }
}
