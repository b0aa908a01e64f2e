using Experiments.Runtime.Telemetry;

namespace Experiments.Runtime.Tests.Telemetry;

public sealed class GaugeTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    [Fact]
    public void Totals_are_kwh_and_emissions_by_the_grid_factor()
    {
        var gauge = new Gauge(1, [0, 1], Interval, gridFactor: 0.5);
        gauge.Add(0, new GpuShare(1.8e6, Interval, 50, 1024, 200, false));
        gauge.Add(1, new GpuShare(3.6e6, Interval, 100, 2048, 300, false));
        gauge.Add(Usage(cpu: 2), Interval, cpuJoules: 3.6e6);

        var values = Last(gauge);

        Assert.Equal((1.5, 1.0, 2.5, 1.25, 0.0), (values[SystemMetrics.GpuEnergy], values[SystemMetrics.CpuEnergy], values[SystemMetrics.Energy], values[SystemMetrics.Emissions], values[SystemMetrics.GpuEnergyIsEstimated]));
        Assert.Equal((75.0, 2.0), (values[SystemMetrics.GpuUtilization], values[SystemMetrics.GpuMemoryPeak]));
        var json = gauge.Summarize(g => $"{g}")!.ToJson();
        Assert.Equal((1.5, false, 0.5), ((double)json["gpu_energy_kwh"]!, (bool)json["gpu_energy_estimated"]!, (double)json["grid_kg_co2e_per_kwh"]!));
        Assert.Equal(["0", "1"], json["gpus"]!.AsArray().Select(g => (string)g!["gpu"]!));
        Assert.Equal([0.5, 1.0], json["gpus"]!.AsArray().Select(g => (double)g!["energy_kwh"]!));
    }

    [Fact]
    public void What_is_not_metered_is_absent_not_zero()
    {
        var gauge = new Gauge(1, [], Interval, 0.5);
        gauge.Add(Usage(cpu: 1), Interval, cpuJoules: null);

        Assert.Equal([SystemMetrics.HostMemoryPeak, SystemMetrics.Read, SystemMetrics.Written], Last(gauge).Keys.Order(StringComparer.Ordinal));
        Assert.Null(new Gauge(1, [0], Interval, 0.5).Summarize(_ => ""));
    }

    [Fact]
    public void What_an_earlier_worker_measured_counts()
    {
        var gauge = new Gauge(1, [0], Interval, 0.5, new Dictionary<string, double> { [SystemMetrics.GpuEnergy] = 2, [SystemMetrics.GpuMemoryPeak] = 9 });
        gauge.Add(0, new GpuShare(3.6e6, Interval, null, 1024, null, false));

        var values = Last(gauge);

        Assert.Equal((3.0, 9.0), (values[SystemMetrics.GpuEnergy], values[SystemMetrics.GpuMemoryPeak]));
    }

    [Fact]
    public void Processor_use_is_between_two_looks()
    {
        var gauge = new Gauge(1, [], Interval, 0.5);
        gauge.Add(Usage(cpu: 100), Interval, null);
        gauge.Add(Usage(cpu: 110), Interval, null);
        gauge.Note(Interval, default, ended: false);

        Assert.Equal(200, gauge.Take().Single(p => p.Metric == SystemMetrics.Cpu).Value, 6);
    }

    [Fact]
    public void A_long_attempt_leaves_hundreds_of_values_not_thousands()
    {
        var gauge = new Gauge(1, [], Interval, 0.5);
        gauge.Add(Usage(cpu: 1), Interval, null);
        for (var age = Interval; age < TimeSpan.FromDays(2); age += Interval)
            gauge.Note(age, default, ended: false);

        Assert.InRange(gauge.Take().Count(p => p.Metric == SystemMetrics.HostMemory), 300, 900);
    }

    private static ProcessUsage Usage(double cpu) => new(new HashSet<int> { 1 }, cpu, 1024.0 * 1024 * 1024, 0, 0);

    private static Dictionary<string, double> Last(Gauge gauge)
    {
        gauge.Note(TimeSpan.FromSeconds(30), default, ended: true);
        return gauge.Take().ToDictionary(p => p.Metric, p => p.Value);
    }
}
