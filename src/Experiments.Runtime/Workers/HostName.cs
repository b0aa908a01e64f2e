namespace Experiments.Runtime.Workers;

/// <summary>The name under which workers see each other's processes.</summary>
internal static class HostName
{
    /// <summary>The machine's name; in a container with its own process ids, with the name of that namespace: the ids of others mean nothing there.</summary>
    public static string Current { get; } = Find();

    private static string Find()
    {
        const string initial = "pid:[4026531836]";
        var processes = new FileInfo("/proc/self/ns/pid").LinkTarget;
        return processes is null or initial ? Environment.MachineName : $"{Environment.MachineName}/{processes}";
    }
}
