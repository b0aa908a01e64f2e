using Experiments.Runtime.Telemetry;

namespace Experiments.Runtime.Tests.Telemetry;

public sealed class ProcessTableTests : IDisposable
{
    private readonly FakeHost _host = new();

    [Fact]
    public void An_attempt_is_its_session_and_all_its_descendants()
    {
        _host.Process(1, 0, 1, cpuSeconds: 100);
        _host.Process(50, 1, 50, cpuSeconds: 1, childrenCpuSeconds: 4, pages: 10, read: 100, written: 7, name: "a) S (b");
        _host.Process(51, 50, 50, cpuSeconds: 2, pages: 20, read: 30);
        _host.Process(52, 1, 50, cpuSeconds: 3, pages: 30);             // left its parent
        _host.Process(53, 51, 53, cpuSeconds: 5, pages: 40);            // left the session
        _host.Process(60, 1, 60, cpuSeconds: 50, pages: 999, read: 999); // a stranger
        _host.Process(61, 61, 61);                                       // garbage: its own parent

        var usage = ProcessTable.Read(_host.Proc).Of(50);

        Assert.Equal([50, 51, 52, 53], usage.Pids.Order());
        Assert.Equal((15.0, 100.0 * Environment.SystemPageSize, 130.0, 7.0), (usage.CpuSeconds, usage.ResidentBytes, usage.ReadBytes, usage.WrittenBytes));
    }

    [Fact]
    public void The_host_was_busy_whenever_it_was_not_idle_or_waiting()
    {
        File.WriteAllText(Path.Combine(_host.Proc, "stat"), "cpu  100 20 30 9999 888 4 5 6 77 0\ncpu0 1 1 1\n");

        Assert.Equal(1.59, ProcessTable.Read(_host.Proc).HostCpuSeconds, 6);
    }

    [Fact]
    public void Garbage_and_processes_that_are_gone_are_passed_over()
    {
        Directory.CreateDirectory(Path.Combine(_host.Proc, "70"));
        Directory.CreateDirectory(Path.Combine(_host.Proc, "71"));
        File.WriteAllText(Path.Combine(_host.Proc, "71", "stat"), "no brackets at all");

        Assert.Empty(ProcessTable.Read(_host.Proc).Of(70).Pids);
        Assert.Empty(ProcessTable.Read(Path.Combine(_host.Proc, "nowhere")).Of(1).Pids);
    }

    [Fact]
    public void This_process_is_read_from_the_real_table()
    {
        var usage = ProcessTable.Read("/proc").Of(Environment.ProcessId);

        Assert.Contains(Environment.ProcessId, usage.Pids);
        Assert.InRange(usage.ResidentBytes, 10e6, 100e9);
        Assert.InRange(usage.CpuSeconds, 0.01, 1e6);
        Assert.True(ProcessTable.ReadHostCpuSeconds("/proc") > usage.CpuSeconds / 2);
    }

    public void Dispose() => _host.Dispose();
}
