using System.Globalization;
using System.Text;
using Experiments.Registry;

namespace Experiments.Runtime.Processes;

/// <summary>What <c>/proc</c> knows of processes.</summary>
internal static class ProcFs
{
    private static readonly Lazy<string> Boot = new(() => File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim());

    /// <summary>The current boot.</summary>
    public static string BootId => Boot.Value;

    /// <summary>What identifies a process; <see langword="null"/> when there is none with this id.</summary>
    public static ProcessIdentity? Identify(int pid) => Stat(pid) is { } stat ? new ProcessIdentity(pid, stat.StartTicks, BootId) : null;

    /// <summary>Whether the process still runs. One that has ended but is not reaped doesn't.</summary>
    public static bool IsRunning(ProcessIdentity process) => IsThere(process, out var state) && state is not ('Z' or 'X');

    /// <summary>Whether the process is in the process table, running or ended and not reaped.</summary>
    public static bool IsThere(ProcessIdentity process) => IsThere(process, out _);

    /// <summary>Children of the main thread of this process: those it started itself and, for a subreaper, those it was given.</summary>
    public static int[] ChildrenOfMainThread()
    {
        var text = Read($"/proc/self/task/{Environment.ProcessId}/children");
        return text is null ? [] : [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(p => int.Parse(p, CultureInfo.InvariantCulture))];
    }

    /// <summary>A variable of the environment a process was started with; <see langword="null"/> when it has none or is gone.</summary>
    public static string? Variable(int pid, string name)
    {
        var prefix = name + "=";
        return Read($"/proc/{pid}/environ")?.Split('\0').FirstOrDefault(v => v.StartsWith(prefix, StringComparison.Ordinal))?[prefix.Length..];
    }

    /// <summary>Whether anything of a process group still runs.</summary>
    public static bool IsGroupRunning(int group) => Pids().Any(pid => Stat(pid) is { } stat && stat.Group == group && stat.State is not ('Z' or 'X'));

    /// <summary>Processes of this user that were started with a variable set to this value.</summary>
    public static IEnumerable<int> WithVariable(string name, string value) =>
        Pids().Where(pid => pid != Environment.ProcessId && Variable(pid, name) == value);

    private static IEnumerable<int> Pids() => Directory.EnumerateDirectories("/proc")
        .Select(directory => int.TryParse(Path.GetFileName(directory), NumberStyles.None, CultureInfo.InvariantCulture, out var pid) ? pid : 0)
        .Where(pid => pid > 0);

    private static bool IsThere(ProcessIdentity process, out char state)
    {
        state = default;
        if (process.BootId != BootId || Stat(process.Pid) is not { } stat || stat.StartTicks != process.StartTicks)
            return false;
        state = stat.State;
        return true;
    }

    private static (char State, int Group, long StartTicks)? Stat(int pid)
    {
        if (Read($"/proc/{pid}/stat") is not { } text)
            return null;
        // The command's name may hold anything, brackets and spaces too: fields count from the last bracket, where the state is field 3.
        var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
        const int state = 3 - 3, group = 5 - 3, startTime = 22 - 3;
        return (fields[state][0], int.Parse(fields[group], CultureInfo.InvariantCulture), long.Parse(fields[startTime], CultureInfo.InvariantCulture));
    }

    private static string? Read(string path)
    {
        try
        {
            return File.ReadAllText(path, Encoding.UTF8);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Gone, or ending while we read: ESRCH arrives as an IOException.
            return null;
        }
    }
}
