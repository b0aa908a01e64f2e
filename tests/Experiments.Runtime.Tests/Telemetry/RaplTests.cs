using Experiments.Runtime.Telemetry;

namespace Experiments.Runtime.Tests.Telemetry;

public sealed class RaplTests : IDisposable
{
    private readonly FakeHost _host = new();

    [Fact]
    public void Packages_and_their_memory_count_once()
    {
        _host.Zone("intel-rapl:0", "package-0", 1_000_000);
        _host.Zone("intel-rapl:0:0", "core", 500_000);
        _host.Zone("intel-rapl:0:1", "dram", 2_000_000);
        _host.Zone("intel-rapl:1", "package-1", 0);
        _host.Zone("intel-rapl-mmio:0", "package-0", 1_000_000);
        _host.Zone("intel-rapl:2", "psys", 0);
        var rapl = new Rapl(_host.Sys);

        _host.Zone("intel-rapl:0", "package-0", 4_000_000);
        _host.Zone("intel-rapl:0:0", "core", 9_000_000);
        _host.Zone("intel-rapl:0:1", "dram", 2_500_000);
        _host.Zone("intel-rapl:1", "package-1", 250_000);
        _host.Zone("intel-rapl-mmio:0", "package-0", 9_000_000);
        _host.Zone("intel-rapl:2", "psys", 9_000_000);

        Assert.True(rapl.IsThere);
        Assert.Equal(3.75, rapl.Advance(), 6);
        Assert.Equal(0, rapl.Advance());
    }

    [Fact]
    public void A_meter_that_begins_again_counts_on()
    {
        _host.Zone("intel-rapl:0", "package-0", 9_000_000, range: 10_000_000);
        var rapl = new Rapl(_host.Sys);

        _host.Zone("intel-rapl:0", "package-0", 500_000, range: 10_000_000);

        Assert.Equal(1.5, rapl.Advance(), 6);
    }

    [Fact]
    public void A_meter_that_cannot_be_read_is_not_there()
    {
        _host.Zone("intel-rapl:0", "package-0", 0);
        File.Delete(Path.Combine(_host.Sys, "class", "powercap", "intel-rapl:0", "energy_uj"));

        Assert.False(new Rapl(_host.Sys).IsThere);
        Assert.False(new Rapl(Path.Combine(_host.Sys, "nowhere")).IsThere);
    }

    public void Dispose() => _host.Dispose();
}
