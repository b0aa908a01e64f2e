using System.Diagnostics;
using System.Globalization;
using Experiments.Registry.Storage;

namespace Experiments.Registry.Benchmarks;

/// <summary>Metric values a second, from batches of 1,000 values of one attempt and from sixteen attempts at once, durable; raw SQLite beside it.</summary>
internal static class Ingest
{
    private const int BatchSize = 1000;
    private const int Batches = 1000;

    public static async Task<int> RunAsync()
    {
        var directory = Directory.CreateTempSubdirectory("registry-bench-");
        try
        {
            await using var registry = await SqliteRegistry.OpenAsync(ResultsRoot.At(directory.FullName), new RegistryOptions());
            await registry.RegisterWorkerAsync(Samples.Worker("w"));
            await registry.SubmitAsync(Samples.Plan("Sweep", "hcrl_sa", 17), new SubmitOptions());
            var claimed = await registry.ClaimAsync(new ClaimRequest { WorkerId = "w", Count = 17 });
            await AppendAsync(registry, claimed[16], 20); // warm up
            Console.WriteLine("| | values /s |");
            Console.WriteLine("|---|---|");
            Print("one attempt", await AppendAsync(registry, claimed[0], Batches));
            var before = Stopwatch.GetTimestamp();
            await Task.WhenAll(Enumerable.Range(0, 16).Select(i => AppendAsync(registry, claimed[i], Batches / 16)));
            Print("sixteen attempts", Batches / 16 * 16 * BatchSize / Stopwatch.GetElapsedTime(before).TotalSeconds);
            Print("raw SQLite, one transaction per 1,000", Raw(Path.Combine(directory.FullName, "raw.db")));
            return 0;
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    private static async Task<double> AppendAsync(SqliteRegistry registry, ClaimedRun run, int batches)
    {
        var time = DateTimeOffset.UtcNow;
        var before = Stopwatch.GetTimestamp();
        for (var batch = 0; batch < batches; batch++)
        {
            var points = new MetricPoint[BatchSize];
            for (var i = 0; i < BatchSize; i++)
                points[i] = new MetricPoint((i % 5) switch { 0 => "train_loss", 1 => "train_acc", 2 => "val_loss", 3 => "val_acc", _ => "lr" }, batch * BatchSize + i, i * 0.37, time);
            if (!await registry.AppendReportsAsync(run.Lease, new AttemptReports(points, [], batch)))
                throw new InvalidOperationException("the lease was lost");
        }

        return batches * (double)BatchSize / Stopwatch.GetElapsedTime(before).TotalSeconds;
    }

    private static double Raw(string file)
    {
        using var database = Database.OpenWriter(file);
        database.Execute("CREATE TABLE point (attempt INTEGER, metric INTEGER, number INTEGER, step INTEGER, value, time INTEGER, PRIMARY KEY (attempt, metric, number)) WITHOUT ROWID");
        var insert = database.Composed("INSERT INTO point VALUES (?, ?, ?, ?, ?, ?)");
        var before = Stopwatch.GetTimestamp();
        for (var batch = 0; batch < Batches; batch++)
        {
            database.Composed("BEGIN IMMEDIATE").Run();
            for (var i = 0; i < BatchSize; i++)
                insert.Bind(1).Bind(i % 5).Bind(batch * BatchSize + i).Bind(i).Bind(i * 0.37).Bind(1_730_000_000_000).Run();
            database.Composed("COMMIT").Run();
        }

        return Batches * (double)BatchSize / Stopwatch.GetElapsedTime(before).TotalSeconds;
    }

    private static void Print(string what, double rate) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what} | {rate:N0} |"));
}
