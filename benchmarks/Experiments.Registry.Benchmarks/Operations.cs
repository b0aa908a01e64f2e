using BenchmarkDotNet.Attributes;

namespace Experiments.Registry.Benchmarks;

/// <summary>Single calls, each durable before it returns, on a registry of some size: <c>--filter '*Operations*'</c>.</summary>
[MemoryDiagnoser, ShortRunJob]
public class Operations
{
    private const int Values = 1000;

    private DirectoryInfo _directory = null!;
    private SqliteRegistry _registry = null!;
    private LeaseKey _lease;
    private MetricPoint[] _points = null!;
    private int _number;

    /// <summary>Runs in the registry already.</summary>
    [Params(1_000, 100_000)]
    public int Runs { get; set; }

    /// <summary>Fills the registry.</summary>
    [GlobalSetup]
    public async Task FillAsync()
    {
        _directory = Directory.CreateTempSubdirectory("registry-bench-");
        _registry = await SqliteRegistry.OpenAsync(ResultsRoot.At(_directory.FullName), new RegistryOptions());
        await _registry.RegisterWorkerAsync(Samples.Worker("w"));
        await _registry.SubmitAsync(Samples.Plan("Sweep", "filled", Runs), new SubmitOptions());
        _lease = (await _registry.ClaimAsync(new ClaimRequest { WorkerId = "w" }))[0].Lease;
        _points = [.. Enumerable.Range(0, Values).Select(i => new MetricPoint($"metric_{i % 5}", i, i * 0.37, DateTimeOffset.UnixEpoch))];
    }

    /// <summary>Removes it.</summary>
    [GlobalCleanup]
    public async Task RemoveAsync()
    {
        await _registry.DisposeAsync();
        _directory.Delete(recursive: true);
    }

    /// <summary>A plan of one run.</summary>
    [Benchmark]
    public Task<SubmitReport> SubmitOne() => _registry.SubmitAsync(Samples.Plan("Sweep", $"one/{_number++}", 1), new SubmitOptions());

    /// <summary>A plan of a thousand runs.</summary>
    [Benchmark]
    public Task<SubmitReport> SubmitThousand() => _registry.SubmitAsync(Samples.Plan("Sweep", $"thousand/{_number++}", 1000), new SubmitOptions());

    /// <summary>A run submitted, claimed, completed and published: four durable calls.</summary>
    [Benchmark]
    public async Task<bool> SubmitClaimComplete()
    {
        await _registry.SubmitAsync(Samples.Plan("Sweep", $"whole/{_number++}", 1), new SubmitOptions());
        var run = (await _registry.ClaimAsync(new ClaimRequest { WorkerId = "w" }))[0];
        await _registry.EndAttemptAsync(run.Lease, new AttemptEnd { Outcome = AttemptOutcome.Succeeded, Next = RunStatus.Completed });
        return await _registry.RecordPublishedAsync(run.Lease);
    }

    /// <summary>A thousand metric values.</summary>
    [Benchmark]
    public Task<bool> AppendThousandValues() => _registry.AppendReportsAsync(_lease, new AttemptReports(_points, [], _number++));

    /// <summary>Counts by state.</summary>
    [Benchmark]
    public Task<RegistryStatus> Status() => _registry.StatusAsync(RunFilter.All);

    /// <summary>The first hundred runs.</summary>
    [Benchmark]
    public Task<IReadOnlyList<RunRecord>> ListHundred() => _registry.ListAsync(new RunFilter { Limit = 100 });

    /// <summary>The ten best.</summary>
    [Benchmark]
    public Task<IReadOnlyList<RunRecord>> TopTen() => _registry.LeaderboardAsync(RunFilter.All, "metric_0", Goal.Maximize, 10);
}
