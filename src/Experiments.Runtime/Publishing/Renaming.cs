using Experiments.Runtime.Processes;

namespace Experiments.Runtime.Publishing;

/// <summary>The rename of the operating system: in one step, whatever the entry is. .NET's moves follow symbolic links first.</summary>
internal static class Renaming
{
    /// <summary>Renames an entry, replacing a file or link of the new name.</summary>
    /// <exception cref="IOException">The file system refused.</exception>
    /// <exception cref="UnauthorizedAccessException">It is not allowed.</exception>
    public static void Replace(string from, string to)
    {
        if (Libc.rename(from, to) != 0)
            throw Refusal.Of($"could not rename `{from}` to `{to}`");
    }
}
