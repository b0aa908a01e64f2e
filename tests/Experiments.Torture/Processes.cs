using System.Globalization;
using Experiments.Registry;

namespace Experiments.Torture;

/// <summary>Processes of this host, as the operating system knows them.</summary>
internal static class Processes
{
    public const string Host = "here";

    private static readonly string s_boot = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();

    /// <summary>The words that start this program again, after the path of its process: its assembly, when that is <c>dotnet</c>.</summary>
    public static string[] Program { get; } = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [Environment.GetCommandLineArgs()[0]] : [];

    /// <summary>This process.</summary>
    public static ProcessIdentity Self { get; } = new(Environment.ProcessId, StartTicks(Environment.ProcessId)!.Value, s_boot);

    public static WorkerRecord Worker(string id) => new()
    {
        Id = id,
        Host = Host,
        Process = Self,
        Slots = 4,
        Started = DateTimeOffset.UtcNow,
        Seen = DateTimeOffset.UtcNow,
    };

    public static bool IsAlive(WorkerRecord worker) => worker.Process.BootId == s_boot && StartTicks(worker.Process.Pid) == worker.Process.StartTicks;

    /// <summary>Processes that have an environment variable of this value.</summary>
    public static List<int> WithVariable(string name, string value) => Where("environ", words => words.Contains($"{name}={value}"));

    /// <summary>Keepers of workers of a results root.</summary>
    public static List<int> Keepers(string root) => Where("cmdline", words => words.Contains("__keeper") && words.Any(w => w.StartsWith(root, StringComparison.Ordinal)));

    private static List<int> Where(string file, Func<string[], bool> words)
    {
        var found = new List<int>();
        foreach (var directory in Directory.EnumerateDirectories("/proc"))
        {
            try
            {
                if (int.TryParse(Path.GetFileName(directory), CultureInfo.InvariantCulture, out var pid) && words(File.ReadAllText(Path.Combine(directory, file)).Split('\0')))
                    found.Add(pid);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                continue; // it has just ended, or is somebody else's
            }
        }

        return found;
    }

    private static long? StartTicks(int pid)
    {
        try
        {
            // The name in parentheses may hold anything: count the fields from behind it. A zombie is dead.
            var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{pid}/stat"));
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is "Z" or "X" ? null : long.Parse(fields[19], CultureInfo.InvariantCulture);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException or IOException)
        {
            return null;
        }
    }
}
