using Experiments.Runtime.Gpus;
using Experiments.Runtime.Telemetry;

namespace Experiments.Runtime.Tests.Telemetry;

public sealed class SamplerTests : IDisposable
{
    private readonly FakeHost _host = new();
    private readonly ManualTime _time = new();
    private double _joules = 1000;

    [Fact]
    public async Task A_card_that_is_handed_on_is_metered_exactly()
    {
        await using var sampler = Sampler(TimeSpan.FromHours(1));

        var first = (await sampler.BeginAsync(10, [0]))!;
        _joules += 3.6e6;
        var one = (await sampler.EndAsync(first))!;
        _joules += 99e6; // nobody's
        var second = (await sampler.BeginAsync(20, [0]))!;
        _joules += 7.2e6;
        var two = (await sampler.EndAsync(second))!;

        Assert.Equal((1.0, 2.0, false), (one.Totals["gpu_energy_kwh"], two.Totals["gpu_energy_kwh"], two.IsEstimated));
        Assert.Equal([2.0], second.Take().Where(p => p.Metric == SystemMetrics.GpuEnergy).Select(p => p.Value));
    }

    [Fact]
    public async Task Two_on_a_card_share_its_energy_while_both_are_there()
    {
        await using var sampler = Sampler(TimeSpan.FromHours(1));

        var first = (await sampler.BeginAsync(10, [0]))!;
        _joules += 3.6e6;
        var second = (await sampler.BeginAsync(20, [0]))!;
        _joules += 3.6e6;
        var one = (await sampler.EndAsync(first))!;
        _joules += 3.6e6;
        var two = (await sampler.EndAsync(second))!;

        Assert.Equal((1.5, 1.5), (one.Totals["gpu_energy_kwh"], two.Totals["gpu_energy_kwh"]));
        Assert.True(one.IsEstimated && two.IsEstimated);
    }

    [Fact]
    public async Task Processes_and_processor_energy_are_looked_at_after_a_second_and_then_at_the_interval()
    {
        _host.Zone("intel-rapl:0", "package-0", 0);
        _host.HostCpu(100);
        await using var sampler = Sampler(TimeSpan.FromSeconds(10));
        var gauge = (await sampler.BeginAsync(10, []))!;
        await Eventually.TrueAsync(() => _time.Timers > 0, "the sampler waits");
        _host.Process(10, 1, 10, cpuSeconds: 1, pages: 262144 / (Environment.SystemPageSize / 4096), read: 1 << 30);
        _host.HostCpu(104);
        _host.Zone("intel-rapl:0", "package-0", 8e6);

        _time.Advance(TimeSpan.FromSeconds(1));
        await Eventually.TrueAsync(() => gauge.CpuSeconds is not null, "the first look");
        await Eventually.TrueAsync(() => _time.Timers > 0, "the sampler waits again");
        var end = (await sampler.EndAsync(gauge))!;

        Assert.Equal((8.0 / 4 / 3.6e6, 1.0, 1.0), (end.Totals["cpu_energy_kwh"], end.Totals["host_memory_peak_gib"], end.Totals["io_read_gib"]));
    }

    [Fact]
    public async Task An_attempt_without_gpus_that_ends_before_the_first_look_is_not_measured()
    {
        await using var sampler = Sampler(TimeSpan.FromSeconds(5));
        var gauge = (await sampler.BeginAsync(10, []))!;

        Assert.Null(await sampler.EndAsync(gauge));
        Assert.Empty(gauge.Take());
    }

    [Fact]
    public async Task Nothing_is_measured_when_it_is_turned_off()
    {
        await using var sampler = Sampler(TimeSpan.Zero);

        Assert.Null(await sampler.BeginAsync(10, [0]));
    }

    public void Dispose() => _host.Dispose();

    private Sampler Sampler(TimeSpan interval)
    {
        var gpu = new Gpu(0, "0", "Simulated", 24576, "GPU-0");
        var inventory = SimulatedGpus.From(() => [new GpuReading(gpu) { EnergyJoules = _joules }]);
        var host = new WorkerHost { Time = _time, Gpus = inventory, ProcDirectory = _host.Proc, SysDirectory = _host.Sys };
        return new Sampler(host, new GpuWatch(inventory, [gpu], _time), interval, 0.5);
    }
}
