using System.Diagnostics;
using System.Globalization;

namespace Experiments.Registry.Benchmarks;

/// <summary>
/// Claims and completes as fast as the disk allows, from one process and from several at once: total rate, share of the
/// luckiest and the unluckiest process, and the longest wait. Each claim and each completion is durable before the next.
/// </summary>
internal static class Contention
{
    private const int SlotsPerProcess = 16;

    public static async Task<int> RunAsync(IReadOnlyList<string> args)
    {
        if (args is ["child", var root, var worker, var slots, var seconds])
            return await ChildAsync(ResultsRoot.At(root), worker, int.Parse(slots, CultureInfo.InvariantCulture), TimeSpan.FromSeconds(double.Parse(seconds, CultureInfo.InvariantCulture)));
        var duration = args.Count > 0 ? args[0] : "5";
        Console.WriteLine("| processes | claim + complete /s | most : least | p50 ms | p99 ms | longest ms |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach (var processes in (args.Count > 1 ? args.Skip(1).Select(int.Parse) : [1, 4, 16]))
        {
            var measured = await MeasureAsync(processes, SlotsPerProcess, duration);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {processes} | {measured.Rate:N0} | {measured.MostToLeast:N2} | {measured.Median:N2} | {measured.P99:N1} | {measured.Longest:N1} |"));
        }

        return 0;
    }

    /// <summary>What several processes with some slots each get done.</summary>
    public static async Task<(double Rate, double MostToLeast, double Median, double P99, double Longest)> MeasureAsync(int processes, int slots, string seconds)
    {
        var directory = Directory.CreateTempSubdirectory("registry-bench-");
        try
        {
            var runs = (int)((double.Parse(seconds, CultureInfo.InvariantCulture) + 2 * processes) * 15_000);
            await using (var registry = await SqliteRegistry.OpenAsync(ResultsRoot.At(directory.FullName), new RegistryOptions()))
                await registry.SubmitAsync(Samples.Plan("Sweep", "hcrl_sa", runs), new SubmitOptions());
            var children = Enumerable.Range(0, processes).Select(i => StartChild(directory.FullName, $"w{i}", slots, seconds)).ToList();
            foreach (var child in children)
                await child.StandardOutput.ReadLineAsync(); // ready
            foreach (var child in children)
                child.StandardInput.Close(); // go
            var results = await Task.WhenAll(children.Select(async c => (await c.StandardOutput.ReadToEndAsync()).Split(' ').Select(v => double.Parse(v, CultureInfo.InvariantCulture)).ToArray()));
            var done = results.Select(r => r[0]).ToArray();
            return (done.Sum() / double.Parse(seconds, CultureInfo.InvariantCulture), done.Max() / done.Min(), results.Average(r => r[1]), results.Max(r => r[2]), results.Max(r => r[3]));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static Process StartChild(string root, string worker, int slots, string seconds) => Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["contention", "child", root, worker, slots.ToString(CultureInfo.InvariantCulture), seconds])
    {
        RedirectStandardOutput = true,
        RedirectStandardInput = true,
    })!;

    private static async Task<int> ChildAsync(ResultsRoot root, string worker, int count, TimeSpan duration)
    {
        await using var registry = await SqliteRegistry.OpenAsync(root, new RegistryOptions());
        await registry.RegisterWorkerAsync(Samples.Worker(worker));
        await SlotAsync(registry, worker, TimeSpan.FromSeconds(2)); // until the compiler is done
        Console.WriteLine("ready");
        Console.In.ReadToEnd();
        var slots = await Task.WhenAll(Enumerable.Range(0, count).Select(_ => Task.Run(() => SlotAsync(registry, worker, duration))));
        var waits = slots.SelectMany(w => w).Order().ToArray();
        Console.Write(string.Create(CultureInfo.InvariantCulture, $"{waits.Length / 2} {waits[waits.Length / 2]} {waits[waits.Length * 99 / 100]} {waits[^1]}"));
        return 0;
    }

    private static async Task<List<double>> SlotAsync(SqliteRegistry registry, string worker, TimeSpan duration)
    {
        var waits = new List<double>();
        var request = new ClaimRequest { WorkerId = worker };
        var end = new AttemptEnd { Outcome = AttemptOutcome.Succeeded, Next = RunStatus.Completed, ExitCode = 0, Metrics = new Dictionary<string, double> { ["val_acc"] = 0.9 } };
        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < duration;)
        {
            var before = Stopwatch.GetTimestamp();
            var claimed = await registry.ClaimAsync(request);
            waits.Add(Stopwatch.GetElapsedTime(before).TotalMilliseconds);
            if (claimed.Count == 0)
                throw new InvalidOperationException("the queue ran dry: submit more");
            before = Stopwatch.GetTimestamp();
            if (!await registry.EndAttemptAsync(claimed[0].Lease, end))
                throw new InvalidOperationException("a lease was lost");
            waits.Add(Stopwatch.GetElapsedTime(before).TotalMilliseconds);
        }

        return waits;
    }
}
