using System.Globalization;

namespace Experiments.Runtime.Tests.Telemetry;

/// <summary>A <c>/proc</c> and a <c>/sys</c> in a directory.</summary>
internal sealed class FakeHost : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("experiments-host-");

    public FakeHost()
    {
        Directory.CreateDirectory(Proc);
        Directory.CreateDirectory(Sys);
        HostCpu(0);
    }

    public string Proc => Path.Combine(_directory.FullName, "proc");

    public string Sys => Path.Combine(_directory.FullName, "sys");

    /// <summary>Sets the processor time of the whole host.</summary>
    public void HostCpu(double seconds) => Write(Path.Combine(Proc, "stat"), string.Create(CultureInfo.InvariantCulture, $"cpu  {seconds * 100:0} 0 0 999999 77 0 0 0 5 0\ncpu0 1 2 3\n"));

    /// <summary>Adds or changes a process.</summary>
    public void Process(int pid, int parent, int session, double cpuSeconds = 0, double childrenCpuSeconds = 0, long pages = 0, long? read = null, long written = 0, string name = "python3")
    {
        var directory = Path.Combine(Proc, pid.ToString(CultureInfo.InvariantCulture));
        Write(Path.Combine(directory, "stat"), string.Create(CultureInfo.InvariantCulture,
            $"{pid} ({name}) S {parent} {session} {session} 0 -1 4194304 100 0 0 0 {cpuSeconds * 100:0} 0 {childrenCpuSeconds * 100:0} 0 20 0 1 0 5000 1000000 {pages} 18446744073709551615 0 0\n"));
        if (read is not null)
            Write(Path.Combine(directory, "io"), string.Create(CultureInfo.InvariantCulture, $"rchar: 999\nwchar: 888\nsyscr: 1\nsyscw: 1\nread_bytes: {read}\nwrite_bytes: {written}\ncancelled_write_bytes: 0\n"));
    }

    public void End(int pid) => Directory.Delete(Path.Combine(Proc, pid.ToString(CultureInfo.InvariantCulture)), recursive: true);

    /// <summary>Adds or changes an energy meter.</summary>
    public void Zone(string zone, string name, double microjoules, double range = 262143328850)
    {
        var directory = Path.Combine(Sys, "class", "powercap", zone);
        Write(Path.Combine(directory, "name"), name + "\n");
        Write(Path.Combine(directory, "energy_uj"), microjoules.ToString("0", CultureInfo.InvariantCulture) + "\n");
        Write(Path.Combine(directory, "max_energy_range_uj"), range.ToString("0", CultureInfo.InvariantCulture) + "\n");
    }

    public void Dispose() => _directory.Delete(recursive: true);

    private static void Write(string file, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
