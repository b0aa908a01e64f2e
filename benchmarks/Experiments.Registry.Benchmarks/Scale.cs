using System.Diagnostics;
using System.Globalization;
using Experiments.Registry.Storage;

namespace Experiments.Registry.Benchmarks;

/// <summary>
/// Registries of 1,000 to 1,000,000 completed runs with ten metrics each: the rate of batch submission, the time of the questions
/// people ask, and the size of the file.
/// </summary>
internal static class Scale
{
    private const int MetricsPerRun = 10;
    private const int Rounds = 31;

    public static async Task<int> RunAsync(IReadOnlyList<string> args)
    {
        int[] sizes = args.Count > 0 ? [.. args.Select(a => int.Parse(a, CultureInfo.InvariantCulture))] : [1_000, 100_000, 1_000_000];
        Console.WriteLine("| runs | submit /s | status ms | list 100 ms | list 100 of a sweep ms | list 100 failed ms | top 10 ms | top 10 of a sweep ms | show ms | claim ms | bytes a run, pending | with 10 metrics |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|---|");
        foreach (var size in sizes)
            await MeasureAsync(size);
        return 0;
    }

    private static async Task MeasureAsync(int runs)
    {
        var directory = Directory.CreateTempSubdirectory("registry-bench-");
        try
        {
            var root = ResultsRoot.At(directory.FullName);
            await using var registry = await SqliteRegistry.OpenAsync(root, new RegistryOptions());
            await registry.SubmitAsync(Samples.Plan("Warm", "warm", 1000), new SubmitOptions());
            var plan = Samples.Plan("Sweep", "hcrl_sa", runs);
            var before = Stopwatch.GetTimestamp();
            await registry.SubmitAsync(plan, new SubmitOptions());
            var submit = runs / Stopwatch.GetElapsedTime(before).TotalSeconds;
            var pendingBytes = Bytes(root) / runs;
            await registry.SubmitAsync(Samples.Plan("Half", "hcrl_sa", runs / 2), new SubmitOptions());
            await registry.RegisterWorkerAsync(Samples.Worker("w"));
            await CompleteAllAsync(registry);
            await registry.SubmitAsync(Samples.Plan("Next", "next", 1000), new SubmitOptions());

            double[] times =
            [
                await TimeAsync(() => registry.StatusAsync(RunFilter.All)),
                await TimeAsync(() => registry.ListAsync(new RunFilter { Limit = 100 })),
                await TimeAsync(() => registry.ListAsync(new RunFilter { Collection = "Half", Limit = 100 })),
                await TimeAsync(() => registry.ListAsync(new RunFilter { Status = [RunStatus.Failed], Limit = 100 })),
                await TimeAsync(() => registry.LeaderboardAsync(RunFilter.All, "metric_0", Goal.Maximize, 10)),
                await TimeAsync(() => registry.LeaderboardAsync(new RunFilter { Collection = "Half" }, "metric_0", Goal.Maximize, 10)),
                await TimeAsync(() => registry.FindAsync(plan.Runs[runs / 2].Id)),
                await TimeAsync(() => registry.ClaimAsync(new ClaimRequest { WorkerId = "w" })),
            ];
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {runs:N0} | {submit:N0} | {string.Join(" | ", times.Select(t => t.ToString("N2", CultureInfo.InvariantCulture)))} | {pendingBytes:N0} | {Bytes(root) / runs:N0} |"));
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    /// <summary>Completes all runs as fast as SQL can, a hundredth of them as failed: what is measured comes after.</summary>
    private static Task CompleteAllAsync(SqliteRegistry registry) => registry.WriteAsync(database =>
    {
        database.Execute(string.Create(CultureInfo.InvariantCulture, $"""
            INSERT INTO attempt (key, run, number, epoch, worker, outcome, lease_ms, renewed, started, ended, exit_code)
            SELECT key, key, 1, 1, 1, CASE WHEN key % 100 = 0 THEN 2 ELSE 1 END, 60000, created, created, created + 60000, 0 FROM run;
            INSERT INTO metric (experiment, name) WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {MetricsPerRun - 1}) SELECT 1, 'metric_' || i FROM n;
            INSERT INTO score (run, metric, value, final) SELECT r.key, m.id, (r.key * 2654435761 + m.id * 40503) % 1000003 / 1000003.0, r.key % 100 <> 0 FROM run r CROSS JOIN metric m;
            UPDATE run SET status = CASE WHEN key % 100 = 0 THEN 3 ELSE 2 END, epoch = 1, attempts = 1, attempt = key, published = key % 100 <> 0, started = created, ended = created + 60000;
            """));
        return true;
    }, default);

    /// <summary>Median time of a question, asked again and again.</summary>
    private static async Task<double> TimeAsync(Func<Task> ask)
    {
        var times = new double[Rounds];
        for (var i = -3; i < Rounds; i++)
        {
            var before = Stopwatch.GetTimestamp();
            await ask();
            if (i >= 0)
                times[i] = Stopwatch.GetElapsedTime(before).TotalMilliseconds;
        }

        Array.Sort(times);
        return times[Rounds / 2];
    }

    private static double Bytes(ResultsRoot root)
    {
        using var database = Database.OpenReader(root.RegistryFile);
        return database.Scalar("PRAGMA page_count") * 4096.0;
    }
}
