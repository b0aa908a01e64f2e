using System.Globalization;
using System.Text;
using System.Text.Json;
using Experiments.Registry;
using Experiments.Runtime.Processes;

namespace Experiments.Runtime.Keeper;

/// <summary>
/// The note beside an attempt (<see cref="RunHome.ProcessRecord"/>): the keeper's lines when its process has started and when it has
/// ended, and its worker's when it is asked to stop, so that another worker can adopt the attempt or learn how it ended. Appended, so a kill leaves whole lines or a torn last one,
/// which counts as not written. Not flushed to the disk: after a power loss the files that an attempt wrote may be torn as well, so an
/// ending recorded under another boot is not believed.
/// </summary>
/// <param name="Process">The attempt's process.</param>
/// <param name="Exit">How it ended, if the keeper saw it under this boot.</param>
/// <param name="GraceEnds">Until when its group may go on after being asked to stop, by <see cref="Environment.TickCount64"/>; <see langword="null"/>: nobody asked.</param>
internal sealed record ProcessRecord(ProcessIdentity Process, ExitStatus? Exit, long? GraceEnds)
{
    /// <summary>Whether it was asked to stop and may still take its time.</summary>
    public bool IsStopping => Environment.TickCount64 < GraceEnds;

    /// <summary>Writes the first line.</summary>
    public static void Begin(string path, ProcessIdentity process) =>
        Append(path, FileMode.Create, $$"""{"pid":{{process.Pid}},"start_ticks":{{process.StartTicks}},"boot_id":"{{process.BootId}}"}""");

    /// <summary>Adds that the process is asked to stop.</summary>
    public static void Stop(string path, TimeSpan grace) =>
        Append(path, FileMode.Append, string.Create(CultureInfo.InvariantCulture, $$"""{"grace_ends":{{Environment.TickCount64 + (long)grace.TotalMilliseconds}}}"""));

    /// <summary>Writes the last line.</summary>
    public static void End(string path, ExitStatus exit) =>
        Append(path, FileMode.Append, exit.Signal is { } signal ? $$"""{"signal":{{signal}}}""" : $$"""{"exit_code":{{exit.ExitCode}}}""");

    /// <summary>Reads a record; <see langword="null"/> when there is none.</summary>
    public static ProcessRecord? TryRead(string path)
    {
        if (!File.Exists(path))
            return null;
        var lines = File.ReadAllText(path).Split('\n')[..^1];
        if (lines.Length == 0)
            return null;
        try
        {
            using var first = JsonDocument.Parse(lines[0]);
            var process = new ProcessIdentity(first.RootElement.GetProperty("pid").GetInt32(),
                first.RootElement.GetProperty("start_ticks").GetInt64(), first.RootElement.GetProperty("boot_id").GetString()!);
            var record = new ProcessRecord(process, null, null);
            // Publishing adds lines of its own, which begin anew.
            foreach (var line in process.BootId == ProcFs.BootId ? lines[1..].Where(l => l.Length > 0) : [])
            {
                using var json = JsonDocument.Parse(line);
                if (json.RootElement.TryGetProperty("grace_ends", out var ends))
                    record = record with { GraceEnds = ends.GetInt64() };
                else if (json.RootElement.TryGetProperty("signal", out var signal))
                    record = record with { Exit = new ExitStatus(null, signal.GetInt32()) };
                else if (json.RootElement.TryGetProperty("exit_code", out var code))
                    record = record with { Exit = new ExitStatus(code.GetInt32(), null) };
            }

            return record;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            // Damaged by a power loss: as good as none.
            return null;
        }
    }

    private static void Append(string path, FileMode mode, string line)
    {
        using var file = new FileStream(path, mode, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        file.Write(Encoding.UTF8.GetBytes(line + "\n"));
    }
}
