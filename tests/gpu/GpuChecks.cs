using System.Diagnostics;
using System.Globalization;
using System.Text;
using Experiments.Registry;
using Experiments.Runtime;
using Experiments.Runtime.Gpus;
using Experiments.Runtime.Slots;
using Xunit.Abstractions;

namespace Experiments.Gpu.Tests;

public sealed class GpuChecks(ITestOutputHelper output) : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("experiments-gpu-");
    private readonly NvmlInventory _nvml = NvmlInventory.TryOpen()!;

    private static string Burn => Path.Combine(AppContext.BaseDirectory, "burn.py");

    [GpuFact]
    public async Task The_library_and_nvidia_smi_tell_the_same_cards()
    {
        var ours = await _nvml.ReadAsync(default);
        var theirs = await new NvidiaSmiInventory().ReadAsync(default);

        foreach (var reading in ours)
            output.WriteLine(FormattableString.Invariant($"{reading.Gpu}: used {reading.UsedMiB} MiB, {reading.UtilizationPercent} %, {reading.PowerWatts} W, {reading.EnergyJoules} J, {reading.Problem ?? "healthy"}"));
        Assert.Equal(theirs.Select(r => (r.Gpu.Index, r.Gpu.Uuid, r.Gpu.Name)), ours.Select(r => (r.Gpu.Index, r.Gpu.Uuid, r.Gpu.Name)));
        Assert.All(ours.Zip(theirs), pair => Assert.InRange(Math.Abs(pair.First.Gpu.MemoryMiB - pair.Second.Gpu.MemoryMiB), 0, 1024));
    }

    [GpuFact]
    public async Task The_energy_counter_agrees_with_the_power_drawn()
    {
        var card = await FreeAsync();
        using var load = await StartAsync(card, mib: 2048, seconds: 8);
        var (before, began) = (await ReadAsync(card), Stopwatch.GetTimestamp());
        var watts = new List<double>();
        while (Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(5))
        {
            watts.Add((await ReadAsync(card)).PowerWatts!.Value);
            await Task.Delay(100);
        }

        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        var joules = (await ReadAsync(card)).EnergyJoules!.Value - before.EnergyJoules!.Value;

        output.WriteLine(FormattableString.Invariant($"{joules:0} J by the counter, {watts.Average() * seconds:0} J by power, in {seconds:0.0} s"));
        Assert.InRange(joules / (watts.Average() * seconds), 0.7, 1.3);
    }

    [GpuFact]
    public async Task A_stranger_on_a_card_keeps_runs_away_until_it_has_gone()
    {
        var card = await FreeAsync();
        var pool = new SlotPool(0, [card], 1);
        var load = await StartAsync(card, mib: 2048, seconds: 60);
        try
        {
            pool.Observe([await ReadAsync(card)], pid => !IsRunning(pid));

            output.WriteLine(Assert.Single(pool.Unusable).Reason);
            Assert.Null(pool.TryTake(new GpuNeed(1)));
        }
        finally
        {
            load.Kill();
            await load.WaitForExitAsync();
        }

        var began = Stopwatch.GetTimestamp();
        do
        {
            await Task.Delay(50);
            pool.Observe([await ReadAsync(card)], pid => !IsRunning(pid));
        }
        while (pool.Unusable.Count > 0 && Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(10));
        Assert.NotNull(pool.TryTake(new GpuNeed(1)));
    }

    [GpuFact]
    public async Task An_attempt_is_metered_and_its_peak_is_learned()
    {
        var card = await FreeAsync();
        await using var registry = await DrainAsync(card, perGpu: 1, Run("first", 3072, 6));

        var metrics = (await registry.FindAsync("first"))!.Run.Metrics;

        foreach (var (name, value) in metrics.OrderBy(m => m.Key, StringComparer.Ordinal))
            output.WriteLine(FormattableString.Invariant($"{name} = {value}"));
        Assert.InRange(metrics[SystemMetrics.GpuMemoryPeak], 3.0, 5.0);
        Assert.InRange(metrics[SystemMetrics.GpuEnergy] * 3.6e6 / 6, 20, 1500);
        Assert.Equal(0, metrics[SystemMetrics.GpuEnergyIsEstimated]);
        Assert.InRange(metrics[SystemMetrics.GpuUtilization], 20, 100);
        await registry.SubmitAsync(Plan.Create("again", [Run("second", 1, 1)]), new SubmitOptions());
        Assert.InRange(Assert.Single(await registry.GpuDemandsAsync()).PeakGiB!.Value, 3.0, 5.0);
    }

    [GpuFact]
    public async Task Two_attempts_share_a_card_by_memory()
    {
        var card = await FreeAsync();
        var each = card.MemoryMiB / 1024.0 * 0.4;
        await using var registry = await DrainAsync(card, perGpu: 3, [.. Enumerable.Range(0, 3).Select(i => Run($"r{i}", 1024, 4, each))]);

        var runs = await registry.ListAsync(RunFilter.All);

        Assert.All(runs, r => Assert.Equal(RunStatus.Completed, r.Status));
        Assert.True(runs.Max(r => r.Started) >= runs.Min(r => r.Ended), "three ran at the same time");
        Assert.Contains(runs, r => r.Metrics[SystemMetrics.GpuEnergyIsEstimated] == 1);
    }

    public void Dispose() => _directory.Delete(recursive: true);

    private async Task<Runtime.Gpu> FreeAsync() => (await _nvml.ReadAsync(default)).First(r => r is { Problem: null, Processes.Count: 0, Gpu.Mig: null }).Gpu;

    private async Task<GpuReading> ReadAsync(Runtime.Gpu card) => (await _nvml.ReadAsync(default)).Single(r => r.Gpu.IsSame(card));

    private static async Task<Process> StartAsync(Runtime.Gpu card, int mib, int seconds)
    {
        var start = new ProcessStartInfo("/usr/bin/env", ["python3", Burn, $"{mib}", $"{seconds}"]) { RedirectStandardOutput = true };
        start.Environment[GpuSelection.Variable] = card.Uuid;
        var process = Process.Start(start)!;
        Assert.Equal("ready", await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)));
        return process;
    }

    private static bool IsRunning(int pid) => Experiments.Runtime.Processes.ProcFs.Identify(pid) is { } process && Experiments.Runtime.Processes.ProcFs.IsRunning(process);

    private static PlannedRun Run(string id, int mib, int seconds, double memoryGiB = 0)
    {
        var config = Encoding.UTF8.GetBytes("{}");
        var definition = new ExperimentDefinition
        {
            Name = "burn",
            IdTemplate = "{hash}",
            Launch = new Launch
            {
                Kind = LaunchKind.Executable,
                Target = "/bin/sh",
                Program = ["/bin/sh", "-c", string.Create(CultureInfo.InvariantCulture, $"exec python3 '{Burn}' {mib} {seconds}")],
                Style = ArgumentStyle.None,
                WorkingDirectory = "/",
            },
            Resources = new Resources { Gpus = 1, MemoryGiB = memoryGiB },
        };
        return new PlannedRun { Id = id, Experiment = definition, Config = config, Hash = ContentHash.Compute(config) };
    }

    private async Task<SqliteRegistry> DrainAsync(Runtime.Gpu card, int perGpu, params PlannedRun[] runs)
    {
        var root = ResultsRoot.At(Path.Combine(_directory.FullName, "results"));
        var registry = await SqliteRegistry.OpenAsync(root, new RegistryOptions());
        await registry.SubmitAsync(Plan.Create("burn", runs), new SubmitOptions());
        var options = new WorkerOptions { Gpus = [card.Uuid], PerGpu = perGpu, Drain = true, Telemetry = TimeSpan.FromSeconds(1) };
        var host = new WorkerHost { Program = [Path.Combine(AppContext.BaseDirectory, "Experiments.Runtime.TestProgram")] };
        await new Worker(registry, root, options, new Silence(), host).RunAsync(default).WaitAsync(TimeSpan.FromMinutes(2));
        return registry;
    }

    private sealed class Silence : IWorkerObserver
    {
        public void Started(WorkerRecord worker, IReadOnlyList<string> slots)
        {
        }

        public void AttemptStarted(string slot, ClaimedRun run)
        {
        }

        public void Metrics(string slot, ClaimedRun run, IReadOnlyList<MetricPoint> points)
        {
        }

        public void Progress(string slot, ClaimedRun run, double fraction)
        {
        }

        public void AttemptEnded(string slot, ClaimedRun run, AttemptEnd end, TimeSpan duration)
        {
        }

        public void Notice(string message)
        {
        }
    }
}
