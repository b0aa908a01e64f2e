using System.IO.Enumeration;
using Experiments.Runtime.Publishing;

namespace Experiments.Runtime;

/// <summary>The checkpoint directory of a run: every entry, a file or a directory, is one checkpoint; names that begin with <c>.</c> or end in <c>.tmp</c> are unfinished ones.</summary>
public static class RunCheckpoints
{
    /// <summary>The checkpoints, newest first.</summary>
    public static IReadOnlyList<FileSystemInfo> All(RunHome home) => new DirectoryInfo(home.Checkpoints) is { Exists: true } directory
        ? [.. directory.EnumerateFileSystemInfos()
            .Where(e => !e.Name.StartsWith('.') && !e.Name.EndsWith(".tmp", StringComparison.Ordinal))
            .OrderByDescending(SavedAt).ThenByDescending(e => e.Name, StringComparer.Ordinal)]
        : [];

    /// <summary>The newest checkpoint, from which the next attempt goes on; <see langword="null"/>: there is none, or it belongs to an execution of the run that was completed.</summary>
    public static FileSystemInfo? Latest(RunHome home) => All(home) is [var newest, ..] && !(SavedAt(newest) <= Publisher.LastPublished(home)) ? newest : null;

    /// <summary>When a checkpoint was last written, UTC: of a directory counts the newest of its entries, as far as three levels and a thousand of them show it.</summary>
    public static DateTime SavedAt(FileSystemInfo checkpoint)
    {
        const int depthMax = 2, entriesMax = 1000;
        if (checkpoint is not DirectoryInfo { LinkTarget: null })
            return checkpoint.LastWriteTimeUtc;
        var options = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = depthMax, AttributesToSkip = 0, IgnoreInaccessible = true };
        var entries = new FileSystemEnumerable<DateTime>(checkpoint.FullName, (ref FileSystemEntry e) => e.LastWriteTimeUtc.UtcDateTime, options)
        {
            ShouldRecursePredicate = (ref FileSystemEntry e) => !e.Attributes.HasFlag(FileAttributes.ReparsePoint),
        };
        return entries.Take(entriesMax).Append(checkpoint.LastWriteTimeUtc).Max();
    }

    /// <summary>Makes a checkpoint the newest one, so that the next attempt goes on from there, and a later one from what that attempt saves.</summary>
    /// <param name="home">The run's home.</param>
    /// <param name="name">Its name; <see langword="null"/>: the newest.</param>
    /// <returns>Its name.</returns>
    /// <exception cref="ExperimentsException">EXP8113: there is no such checkpoint.</exception>
    public static string ResumeFrom(RunHome home, string? name)
    {
        var all = All(home);
        var chosen = (name is null ? all.FirstOrDefault() : all.FirstOrDefault(c => c.Name == name)) ?? throw new ExperimentsException("EXP8113",
            name is null ? $"expected a checkpoint in `{home.Checkpoints}`, got none" : $"expected a checkpoint `{name}` in `{home.Checkpoints}`, got {Names(all)}",
            all.Count == 0 ? "`retry` without `--from-checkpoint` begins anew" : "name one of those, or leave the name out for the newest");
        chosen.LastWriteTimeUtc = DateTime.UtcNow;
        return chosen.Name;
    }

    private static string Names(IReadOnlyList<FileSystemInfo> checkpoints)
    {
        const int shown = 10;
        return checkpoints.Count == 0 ? "none" : string.Join(", ", checkpoints.Take(shown).Select(c => $"`{c.Name}`")) + (checkpoints.Count > shown ? $" and {checkpoints.Count - shown} more" : "");
    }
}
