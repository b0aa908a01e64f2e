using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Experiments.Runtime.Telemetry;

/// <summary>One look at all processes of the host, as <c>/proc</c> has them.</summary>
internal sealed class ProcessTable
{
    private const double TicksPerSecond = 100; // What the kernel has told programs for decades, whatever it counts in.

    private readonly string _proc;
    private readonly Dictionary<int, Row> _rows = [];

    private ProcessTable(string proc) => _proc = proc;

    /// <summary>Processor time all processes of the host have had since it was started, in seconds.</summary>
    public double HostCpuSeconds { get; private set; }

    /// <summary>Reads the table. Processes that end meanwhile are left out.</summary>
    /// <param name="proc">Where <c>/proc</c> is.</param>
    public static ProcessTable Read(string proc)
    {
        var table = new ProcessTable(proc);
        Span<byte> buffer = stackalloc byte[1024];
        foreach (var directory in Directories(proc))
        {
            if (int.TryParse(Path.GetFileName(directory.AsSpan()), NumberStyles.None, CultureInfo.InvariantCulture, out var pid)
                && TryRead(Path.Combine(directory, "stat"), buffer) is var length and > 0 && Parse(buffer[..length]) is { } row)
                table._rows[pid] = row;
        }

        table.HostCpuSeconds = ReadHostCpuSeconds(proc);
        return table;
    }

    /// <summary>Processor time all processes of the host have had since it was started, in seconds; 0 when it can't be read.</summary>
    public static double ReadHostCpuSeconds(string proc)
    {
        Span<byte> buffer = stackalloc byte[1024];
        return TryRead(Path.Combine(proc, "stat"), buffer) is var read and > 0 ? Busy(buffer[..read]) : 0;
    }

    /// <summary>What the processes of an attempt have used: those of its session, and all their descendants, whichever session they went to.</summary>
    /// <param name="root">The attempt's process, which is also its session.</param>
    public ProcessUsage Of(int root)
    {
        var members = new HashSet<int>();
        foreach (var pid in _rows.Keys)
        {
            if (Belongs(pid, root, members))
                members.Add(pid);
        }

        double cpu = 0, resident = 0, read = 0, written = 0;
        foreach (var pid in members)
        {
            var row = _rows[pid];
            cpu += row.CpuTicks / TicksPerSecond;
            resident += (double)row.ResidentPages * Environment.SystemPageSize;
            // Of a process that is waited for, its parent has the figures.
            var (r, w) = Io(pid);
            read += r;
            written += w;
        }

        return new ProcessUsage(members, cpu, resident, read, written);
    }

    private bool Belongs(int pid, int root, HashSet<int> members)
    {
        // Deeper than this only when processes were replaced while we read.
        for (var depth = 0; depth < 256 && _rows.TryGetValue(pid, out var row); depth++)
        {
            if (pid == root || row.Session == root || members.Contains(pid))
                return true;
            pid = row.Parent;
        }

        return false;
    }

    private static Row? Parse(ReadOnlySpan<byte> stat)
    {
        // The command's name may hold anything: fields count from the last bracket, where the state is field 3.
        var end = stat.LastIndexOf((byte)')');
        if (end < 0)
            return null;
        Span<long> fields = stackalloc long[25];
        var rest = stat[(end + 1)..];
        for (var field = 3; field < fields.Length; field++)
        {
            rest = rest.TrimStart((byte)' ');
            var space = rest.IndexOf((byte)' ');
            var word = space < 0 ? rest : rest[..space];
            fields[field] = Utf8Parser.TryParse(word, out long number, out _) ? number : 0;
            rest = space < 0 ? default : rest[space..];
        }

        const int parent = 4, session = 6, user = 14, system = 15, childrenUser = 16, childrenSystem = 17, resident = 24;
        return new Row((int)fields[parent], (int)fields[session], fields[user] + fields[system] + fields[childrenUser] + fields[childrenSystem], fields[resident]);
    }

    /// <summary>The first line: user, nice, system, idle, iowait, irq, softirq, steal.</summary>
    private static double Busy(ReadOnlySpan<byte> stat)
    {
        var line = Encoding.ASCII.GetString(stat[..Math.Max(0, stat.IndexOf((byte)'\n'))]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        const int idle = 4, waiting = 5, steal = 8;
        return line.Select((word, i) => i is > 0 and < steal and not idle and not waiting && long.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) ? ticks : 0).Sum() / TicksPerSecond;
    }

    private (double Read, double Written) Io(int pid)
    {
        Span<byte> buffer = stackalloc byte[512];
        var length = TryRead(Path.Combine(_proc, pid.ToString(CultureInfo.InvariantCulture), "io"), buffer);
        return (Value(buffer[..length], "\nread_bytes: "u8), Value(buffer[..length], "\nwrite_bytes: "u8));

        static double Value(ReadOnlySpan<byte> text, ReadOnlySpan<byte> name)
        {
            var at = text.IndexOf(name);
            return at >= 0 && Utf8Parser.TryParse(text[(at + name.Length)..], out long bytes, out _) ? bytes : 0;
        }
    }

    private static IEnumerable<string> Directories(string proc)
    {
        try
        {
            return Directory.GetDirectories(proc);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static int TryRead(string file, Span<byte> buffer)
    {
        try
        {
            using var handle = File.OpenHandle(file);
            return RandomAccess.Read(handle, buffer, 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0; // Gone, or another user's.
        }
    }

    private readonly record struct Row(int Parent, int Session, long CpuTicks, long ResidentPages);
}

/// <summary>What the processes of an attempt have used since they began, and hold now.</summary>
/// <param name="Pids">The processes.</param>
/// <param name="CpuSeconds">Processor time, that of ended children included.</param>
/// <param name="ResidentBytes">Resident memory; pages that processes share count for each.</param>
/// <param name="ReadBytes">Read from storage.</param>
/// <param name="WrittenBytes">Written to storage.</param>
internal sealed record ProcessUsage(IReadOnlySet<int> Pids, double CpuSeconds, double ResidentBytes, double ReadBytes, double WrittenBytes);
