using Experiments.Registry;
using Experiments.Runtime.Workers;

namespace Experiments.Runtime.Tests.Workers;

public sealed class HealthTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void A_gpu_that_fails_three_different_runs_rests_and_its_host_does_not()
    {
        var health = NodeHealth.Of([Failure("a", "GPU-1"), Failure("b", "GPU-1"), Failure("c", "GPU-1"), Failure("d", "GPU-2")], Now);

        Assert.Equal("resting until 03:13 UTC: 3 runs failed there within the hour, the latest with: ECC", Assert.Single(health.Gpus).Value);
        Assert.Null(health.Host);
    }

    [Fact]
    public void One_run_that_fails_again_and_again_is_its_own_fault() =>
        Assert.Empty(NodeHealth.Of([.. Enumerable.Repeat(Failure("a", "GPU-1"), 5)], Now).Gpus);

    [Fact]
    public void Failures_on_several_gpus_or_without_one_are_the_hosts_fault()
    {
        Assert.NotNull(NodeHealth.Of([Failure("a", "GPU-1"), Failure("b", "GPU-2"), Failure("c")], Now).Host);
        Assert.Null(NodeHealth.Of([Failure("a", "GPU-1"), Failure("b")], Now).Host);
    }

    [Fact]
    public void A_rest_is_over_after_ten_minutes_and_one_more_failure_begins_another()
    {
        NodeFailure[] old = [.. new[] { "a", "b", "c" }.Select(run => Failure(run, "GPU-1") with { Ended = Now - TimeSpan.FromMinutes(11) })];

        Assert.Empty(NodeHealth.Of(old, Now).Gpus);
        Assert.Single(NodeHealth.Of([Failure("d", "GPU-1"), .. old], Now).Gpus);
    }

    [Fact]
    public async Task A_host_that_fails_several_runs_gets_no_more_until_it_has_rested()
    {
        // A slot is filled while the end before is being recorded: a few more runs may have begun than it takes.
        const int Runs = 40;
        var time = new ManualTime();
        await using var bench = await Workbench.OpenAsync(time);
        var marker = Path.Combine(bench.Scratch, "mended");
        await bench.SubmitAsync([.. Enumerable.Range(0, Runs).Select(i => Workbench.Shell($"r{i}", $"test -e {marker} || {{ echo 'OSError: [Errno 5] Input/output error'; exit 1; }}"))]);
        using var stop = new CancellationTokenSource();
        var draining = bench.DrainAsync(o => o with { Slots = 1 }, new WorkerHost { Time = time }, stop.Token);

        await Eventually.TrueAsync(async () =>
        {
            time.Advance(TimeSpan.FromMilliseconds(100));
            return (await bench.Registry.StatusAsync(RunFilter.All)).Workers is [{ Held: not null }];
        }, "the worker is held");
        var held = (await bench.Registry.StatusAsync(RunFilter.All)).Workers[0].Held!;
        var attempts = (await bench.Registry.ListAsync(RunFilter.All)).Sum(r => r.Attempts);
        Assert.Matches("^this host is resting until .*: [0-9]+ runs failed there within the hour, the latest with: exit code 1: OSError:", held);
        Assert.InRange(attempts, NodeHealth.RunsMin, Runs / 2);

        await File.WriteAllTextAsync(marker, "");
        await Eventually.TrueAsync(() =>
        {
            time.Advance(TimeSpan.FromSeconds(20));
            return draining.IsCompleted;
        }, "the rest is over");
        Assert.Equal(Runs, (await bench.Registry.StatusAsync(RunFilter.All)).Completed);
    }

    [Fact]
    public async Task A_gpu_that_fails_several_runs_gets_no_more_and_status_says_why()
    {
        await using var bench = await Workbench.OpenAsync();
        var gpus = SimulatedGpus.From(() => [new GpuReading(new Gpu(0, "0", "Simulated", 1024, "GPU-good")), new GpuReading(new Gpu(1, "1", "Simulated", 1024, "GPU-bad"))]);
        await bench.SubmitAsync([.. Enumerable.Range(0, 12).Select(i => Workbench.Shell($"r{i:D2}",
            "sleep 0.1; [ \"$CUDA_VISIBLE_DEVICES\" = 0 ] || { echo 'RuntimeError: CUDA error: uncorrectable ECC error encountered'; exit 1; }",
            d => d with { Resources = new Resources { Gpus = 1 }, Retry = new RetryPolicy { BackoffBase = 0.01 } }))]);
        IReadOnlyList<UnusableGpu> unusable = [];
        var draining = bench.DrainAsync(o => o with { Slots = null, Gpus = null }, new WorkerHost { Gpus = gpus });

        await Eventually.TrueAsync(async () => (await bench.Registry.StatusAsync(RunFilter.All)).Workers is [{ UnusableGpus: [_] seen }] && (unusable = seen).Count > 0, "the bad GPU rests");
        await draining;

        Assert.Matches("^resting until .*: [0-9]+ runs failed there within the hour, the latest with: exit code 1: RuntimeError: CUDA error: uncorrectable ECC error encountered$", unusable[0].Reason);
        Assert.Equal("1", unusable[0].Gpu);
        Assert.Equal(12, (await bench.Registry.StatusAsync(RunFilter.All)).Completed);
        Assert.InRange((await bench.Registry.ListAsync(RunFilter.All)).Sum(r => r.Attempts - 1), NodeHealth.RunsMin, 2 * NodeHealth.RunsMin);
    }

    [Fact]
    public void A_host_without_room_starts_nothing_and_says_which_option_decides()
    {
        using var host = new FakeMemory("MemTotal: 16000000 kB\nMemAvailable: 100000 kB\n");
        var root = ResultsRoot.At(Path.GetTempPath());

        Assert.Equal("0.1 GiB are free in memory, less than the 0.5 of `--min-free-memory`", Guard(new WorkerOptions { MinFreeDiskGiB = 0 }));
        Assert.Null(Guard(new WorkerOptions { MinFreeDiskGiB = 0, MinFreeMemoryGiB = 0.05 }));
        Assert.Matches(@"GiB are free on the disk of `.*`, less than the 999999999 of `--min-free-disk`", Guard(new WorkerOptions { MinFreeDiskGiB = 999999999 })!);

        string? Guard(WorkerOptions options) => new HostGuard(root, options, host.Host).Problem();
    }

    [Fact]
    public void A_container_counts_its_own_memory()
    {
        using var host = new FakeMemory("MemTotal: 16000000 kB\nMemAvailable: 15000000 kB\n", limit: 4L << 30, used: (4L << 30) - 1000, cache: 300L << 20);

        Assert.Equal("0.29 GiB are free in memory, less than the 0.4 of `--min-free-memory`",
            new HostGuard(ResultsRoot.At(Path.GetTempPath()), new WorkerOptions { MinFreeDiskGiB = 0, MinFreeMemoryGiB = 0.4 }, host.Host).Problem());
    }

    private static NodeFailure Failure(string run, params string[] gpus) => new(run, [.. gpus], Now - TimeSpan.FromMinutes(1), "ECC");

    private sealed class FakeMemory : IDisposable
    {
        private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("memory-");

        public FakeMemory(string meminfo, long? limit = null, long used = 0, long cache = 0)
        {
            File.WriteAllText(Path.Combine(_directory.FullName, "meminfo"), meminfo);
            var group = _directory.CreateSubdirectory("fs/cgroup").FullName;
            File.WriteAllText(Path.Combine(group, "memory.max"), limit is null ? "max\n" : $"{limit}\n");
            File.WriteAllText(Path.Combine(group, "memory.current"), $"{used}\n");
            File.WriteAllText(Path.Combine(group, "memory.stat"), $"anon 5\ninactive_file {cache}\n");
        }

        public WorkerHost Host => new() { ProcDirectory = _directory.FullName, SysDirectory = _directory.FullName };

        public void Dispose() => _directory.Delete(recursive: true);
    }
}
