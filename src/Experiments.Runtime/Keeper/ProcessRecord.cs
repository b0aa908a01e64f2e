using System.Text;
using System.Text.Json;
using Experiments.Registry;
using Experiments.Runtime.Processes;

namespace Experiments.Runtime.Keeper;

/// <summary>
/// The keeper's note beside an attempt (<see cref="RunHome.ProcessRecord"/>): one line when its process has started and one when it has
/// ended, so that another worker can adopt the attempt or learn how it ended. Appended, so a kill leaves whole lines or a torn last one,
/// which counts as not written. Not flushed to the disk: after a power loss the files that an attempt wrote may be torn as well, so an
/// ending recorded under another boot is not believed.
/// </summary>
/// <param name="Process">The attempt's process.</param>
/// <param name="Exit">How it ended, if the keeper saw it under this boot.</param>
internal sealed record ProcessRecord(ProcessIdentity Process, ExitStatus? Exit)
{
    /// <summary>Writes the first line.</summary>
    public static void Begin(string path, ProcessIdentity process) =>
        Append(path, FileMode.Create, $$"""{"pid":{{process.Pid}},"start_ticks":{{process.StartTicks}},"boot_id":"{{process.BootId}}"}""");

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
            if (lines.Length == 1 || process.BootId != ProcFs.BootId)
                return new ProcessRecord(process, null);
            using var last = JsonDocument.Parse(lines[1]);
            return new ProcessRecord(process, last.RootElement.TryGetProperty("signal", out var signal)
                ? new ExitStatus(null, signal.GetInt32())
                : new ExitStatus(last.RootElement.GetProperty("exit_code").GetInt32(), null));
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
