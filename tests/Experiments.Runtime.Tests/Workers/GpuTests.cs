using System.Diagnostics;
using System.Text.Json;
using Experiments.Registry;

namespace Experiments.Runtime.Tests.Workers;

public sealed class GpuTests
{
    [Fact]
    public async Task Attempts_that_run_at_the_same_time_see_different_gpus()
    {
        await using var bench = await Workbench.OpenAsync();
        var runs = Enumerable.Range(0, 12).Select(i => OnGpus($"r{i}", i % 3 == 0 ? 2 : 1, bench)).ToArray();
        await bench.SubmitAsync(runs);

        await bench.DrainAsync(o => o with { Slots = null, Gpus = null }, FourGpus());

        Assert.All(runs, run => Assert.Equal("", File.ReadAllText(Path.Combine(bench.Scratch, $"{run.Id}.conflicts"))));
        Assert.Equal(12, (await bench.Registry.StatusAsync(RunFilter.All)).Completed);
    }

    [Fact]
    public async Task Two_workers_never_use_one_card_at_the_same_time()
    {
        await using var bench = await Workbench.OpenAsync();
        var runs = Enumerable.Range(0, 16).Select(i => OnGpus($"r{i}", i % 4 == 0 ? 2 : 1, bench)).ToArray();
        await bench.SubmitAsync(runs);

        await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => bench.DrainAsync(o => o with { Slots = null, Gpus = null }, FourGpus())));

        Assert.All(runs, run => Assert.Equal("", File.ReadAllText(Path.Combine(bench.Scratch, $"{run.Id}.conflicts"))));
        Assert.Equal(16, (await bench.Registry.StatusAsync(RunFilter.All)).Completed);
    }

    [Fact]
    public async Task A_run_without_gpus_sees_none_where_gpus_are_managed()
    {
        await using var bench = await Workbench.OpenAsync();
        await bench.SubmitAsync(Workbench.Shell("r", """printf "[$CUDA_VISIBLE_DEVICES]" > "$EXP_RUN_DIR/seen" """));

        var witness = await bench.DrainAsync(o => o with { Slots = null, Gpus = ["1"] }, FourGpus());

        Assert.Equal("[]", await File.ReadAllTextAsync(Path.Combine(bench.Root.Run("r").Directory, "seen")));
        Assert.Equal(["gpu-1"], witness.Slots);
    }

    [Fact]
    public async Task A_run_that_needs_more_gpus_than_there_are_is_announced_and_left_pending()
    {
        await using var bench = await Workbench.OpenAsync();
        await bench.SubmitAsync(OnGpus("huge", 8, bench), OnGpus("small", 1, bench));

        var witness = await bench.DrainAsync(o => o with { Slots = null, Gpus = null }, FourGpus());

        Assert.Equal((RunStatus.Pending, 0), ((await bench.RunAsync("huge")).Status, (await bench.RunAsync("huge")).Attempts));
        Assert.Equal(RunStatus.Completed, (await bench.RunAsync("small")).Status);
        Assert.Equal("runs that need more GPUs, or more memory on them, than this worker has, and stay pending: 1", Assert.Single(witness.Notices));
    }

    [Fact]
    public async Task A_run_that_needs_all_gpus_is_not_overtaken_for_ever_by_small_ones()
    {
        await using var bench = await Workbench.OpenAsync();
        var small = Enumerable.Range(0, 40).Select(i => OnGpus($"small-{i:D2}", 1, bench)).ToArray();
        await bench.SubmitAsync([.. small[..4], OnGpus("large", 4, bench), .. small[4..]]);

        await bench.DrainAsync(o => o with { Slots = null, Gpus = null }, FourGpus());

        var large = (await bench.RunAsync("large")).Started;
        var before = (await bench.Registry.ListAsync(RunFilter.All)).Count(r => r.Started < large);
        Assert.InRange(before, 1, 4 + Experiments.Runtime.Workers.Reservation.OvertakesMax);
    }

    [Fact]
    public async Task A_gpu_that_does_not_exist_is_refused_before_anything_is_claimed()
    {
        await using var bench = await Workbench.OpenAsync();

        var error = await Assert.ThrowsAsync<ExperimentsException>(() => bench.DrainAsync(o => o with { Gpus = ["0", "7"] }, FourGpus()));

        Assert.Equal(("EXP8030", "expected GPU `7` to exist, got 4 GPUs: `0`, `1`, `2`, `3`"), (error.Code, error.Message));
    }

    [Fact]
    public async Task A_card_that_falls_off_the_bus_is_announced_and_avoided()
    {
        await using var bench = await Workbench.OpenAsync();
        await bench.SubmitAsync([.. Enumerable.Range(0, 6).Select(i => OnGpus($"r{i}", 1, bench))]);
        var looks = 0;
        var gpus = SimulatedGpus.From(() =>
        {
            var sick = Interlocked.Increment(ref looks) <= 2;
            return [new GpuReading(new Gpu(0, "0", "Simulated", 1024, "GPU-0")), new GpuReading(new Gpu(1, "1", "Simulated", 1024, "GPU-1")) { Problem = sick ? "it has fallen off the bus" : null }];
        });

        var statuses = new List<RegistryStatus>();
        var worker = bench.DrainAsync(o => o with { Slots = null, Gpus = null }, new WorkerHost { Gpus = gpus });
        await Eventually.TrueAsync(async () =>
        {
            statuses.Add(await bench.Registry.StatusAsync(RunFilter.All));
            return worker.IsCompleted || statuses[^1].Workers.Any(w => w.UnusableGpus.Length > 0);
        }, "status says which GPU is out of service");
        var witness = await worker;

        Assert.Equal([new UnusableGpu("1", "out of service: it has fallen off the bus")], statuses.SelectMany(s => s.Workers).SelectMany(w => w.UnusableGpus).Distinct());
        Assert.Equal("GPU 1 gets no attempts: out of service: it has fallen off the bus", witness.Notices.First());
        Assert.Equal(6, (await bench.Registry.StatusAsync(RunFilter.All)).Completed);
    }

    [Fact]
    public async Task A_run_that_waits_for_a_card_out_of_service_holds_nobody_up_and_runs_when_it_is_back()
    {
        await using var bench = await Workbench.OpenAsync();
        await bench.SubmitAsync([OnGpus("both", 2, bench), .. Enumerable.Range(0, 14).Select(i => OnGpus($"r{i}", 1, bench))]);
        var isSick = true;
        var gpus = SimulatedGpus.From(() => [new GpuReading(new Gpu(0, "0", "Simulated", 1024, "GPU-0")),
            new GpuReading(new Gpu(1, "1", "Simulated", 1024, "GPU-1")) { Problem = isSick ? "it must be reset" : null }]);

        var worker = bench.DrainAsync(o => o with { Slots = null, Gpus = null }, new WorkerHost { Gpus = gpus });
        await Eventually.TrueAsync(async () => (await bench.Registry.StatusAsync(RunFilter.All)).Completed == 14, "all that fit one card are completed");
        isSick = false;
        var witness = await worker;

        Assert.Equal(15, (await bench.Registry.StatusAsync(RunFilter.All)).Completed);
        Assert.Equal(["GPU 1 gets no attempts: out of service: it must be reset", "GPU 1 is used again"], witness.Notices);
    }

    [Fact]
    public async Task Runs_share_a_card_as_far_as_its_memory_goes_and_those_too_large_stay_pending()
    {
        await using var bench = await Workbench.OpenAsync();
        await bench.SubmitAsync([.. Enumerable.Range(0, 6).Select(i => WithMemory($"r{i}", 10, bench)), WithMemory("too-large", 30, bench)]);

        var witness = await bench.DrainAsync(o => o with { Slots = null, Gpus = null, PerGpu = 4 }, new WorkerHost { Gpus = SimulatedGpus.Idle(1, memoryGiB: 24) });

        Assert.Equal(6, (await bench.Registry.StatusAsync(RunFilter.All)).Completed);
        Assert.Equal("2", Directory.GetFiles(bench.Scratch, "*.together").Select(File.ReadAllText).Max()!.Trim());
        Assert.Equal(RunStatus.Pending, (await bench.RunAsync("too-large")).Status);
        Assert.Equal("runs that need more GPUs, or more memory on them, than this worker has, and stay pending: 1", Assert.Single(witness.Notices));
    }

    /// <summary>A run that writes down how many ran at the same time.</summary>
    private static PlannedRun WithMemory(string id, double gib, Workbench bench) => Workbench.Shell(id, $"""
        mkdir {bench.Scratch}/{id}.busy
        sleep 0.2
        ls -d {bench.Scratch}/*.busy | wc -l > {bench.Scratch}/{id}.together
        rmdir {bench.Scratch}/{id}.busy
        """, d => d with { Resources = new Resources { Gpus = 1, MemoryGiB = gib } });

    [Fact]
    public async Task What_an_attempt_used_is_recorded_and_the_next_run_of_its_experiment_gets_that_much()
    {
        await using var bench = await Workbench.OpenAsync();
        var began = Stopwatch.StartNew();
        var gpu = new Gpu(0, "0", "Simulated", 16384, "GPU-0");
        var file = Path.Combine(bench.Scratch, "pid");
        var gpus = SimulatedGpus.From(() => [new GpuReading(gpu)
        {
            EnergyJoules = began.Elapsed.TotalSeconds * 1000,
            UtilizationPercent = 60,
            Processes = File.Exists(file) ? [new GpuProcess(int.Parse(File.ReadAllText(file)), 4096)] : [],
        }]);
        await bench.SubmitAsync(Measured("first"));

        // A descendant in a session of its own is the attempt's, too.
        PlannedRun Measured(string id) => Workbench.Shell(id, $"setsid sh -c 'echo $$ > {file}.new; mv {file}.new {file}; sleep 0.7'; rm {file}",
            d => d with { Name = "measured", Resources = new Resources { Gpus = 1 } }) with { Priority = 7 };
        await bench.DrainAsync(o => o with { Slots = null, Gpus = null, Telemetry = TimeSpan.FromMilliseconds(100) }, new WorkerHost { Gpus = gpus });

        var metrics = (await bench.RunAsync("first")).Metrics;
        Assert.Equal((4.0, 0.0), (metrics[SystemMetrics.GpuMemoryPeak], metrics[SystemMetrics.GpuEnergyIsEstimated]));
        Assert.InRange(metrics[SystemMetrics.GpuEnergy] * 3600, 0.6, 10);
        Assert.InRange(metrics[SystemMetrics.HostMemoryPeak], 0.0005, 1);
        Assert.True((await bench.Registry.SeriesAsync("first", SystemMetrics.GpuMemory)).Count > 1);
        using var provenance = JsonDocument.Parse(await File.ReadAllBytesAsync(bench.Root.Run("first").Provenance));
        var system = provenance.RootElement.GetProperty("system");
        Assert.Equal(metrics[SystemMetrics.GpuEnergy], system.GetProperty("gpu_energy_kwh").GetDouble());
        Assert.Equal("0", system.GetProperty("gpus")[0].GetProperty("gpu").GetString());
        await bench.Registry.SubmitAsync(Plan.Create("again", [Measured("second")]), new SubmitOptions());
        Assert.Equal(new GpuDemand("measured", 1, 0, 4), Assert.Single(await bench.Registry.GpuDemandsAsync()));
    }

    /// <summary>A run that takes a lock directory for each GPU it sees, and writes down those it found taken.</summary>
    private static PlannedRun OnGpus(string id, int gpus, Workbench bench) => Workbench.Shell(id, $$"""
        : > {{bench.Scratch}}/{{id}}.conflicts
        devices=$(echo "$CUDA_VISIBLE_DEVICES" | tr , ' ')
        set -- $devices
        [ $# -eq {{gpus}} ] || echo "sees $#" >> {{bench.Scratch}}/{{id}}.conflicts
        for gpu in $devices; do mkdir {{bench.Scratch}}/gpu-$gpu 2>/dev/null || echo "$gpu" >> {{bench.Scratch}}/{{id}}.conflicts; done
        sleep 0.05
        for gpu in $devices; do rmdir {{bench.Scratch}}/gpu-$gpu; done
        """, d => d with { Resources = new Resources { Gpus = gpus } });

    private static WorkerHost FourGpus() => new() { Gpus = SimulatedGpus.Idle(4) };
}
