using System.Globalization;

namespace Experiments.Registry.Storage;

/// <summary>The process that holds the lock of a file, as the kernel tells it.</summary>
/// <param name="Pid">Its process id.</param>
/// <param name="Description"><c>process 4711 (`exp`, suspended)</c>.</param>
internal sealed record LockHolder(int Pid, string Description)
{
    /// <summary>Looks it up; <see langword="null"/>: the kernel does not tell, or it is outside this container.</summary>
    /// <param name="descriptor">An open descriptor of the file.</param>
    public static LockHolder? Find(int descriptor)
    {
        try
        {
            var info = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/self/fdinfo/{descriptor}")).Select(l => l.Split(':', 2)).ToDictionary(l => l[0], l => l[^1].Trim());
            // `4: FLOCK  ADVISORY  WRITE 4711 fd:01:1234 0 EOF`; those that wait have an arrow in the second column.
            var file = $"{Device(info["mnt_id"])}:{info["ino"]}";
            var holder = File.ReadLines("/proc/locks").Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)).FirstOrDefault(l => l.Length > 5 && l[1] == "FLOCK" && l[5] == file);
            return holder is not null && int.Parse(holder[4], CultureInfo.InvariantCulture) is > 0 and var pid ? new LockHolder(pid, Describe(pid)) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Device of a mount, as <c>/proc/locks</c> writes it.</summary>
    private static string Device(string mount)
    {
        var numbers = File.ReadLines("/proc/self/mountinfo").Select(l => l.Split(' ')).First(l => l[0] == mount)[2].Split(':').Select(n => int.Parse(n, CultureInfo.InvariantCulture)).ToList();
        return string.Create(CultureInfo.InvariantCulture, $"{numbers[0]:x2}:{numbers[1]:x2}");
    }

    /// <summary>Its name and whether it is stopped: <c>4711 (exp) T …</c>.</summary>
    private static string Describe(int pid)
    {
        var number = pid.ToString(CultureInfo.InvariantCulture);
        var stat = File.ReadAllText($"/proc/{number}/stat");
        var (begin, end) = (stat.IndexOf('('), stat.LastIndexOf(')'));
        return $"process {number} (`{stat[(begin + 1)..end]}`{(stat[end + 2] is 'T' or 't' ? ", suspended" : "")})";
    }
}
