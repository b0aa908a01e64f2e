namespace Experiments.Scripting.Caching;

/// <summary>Keeps the cache from growing without end: what was not used longest goes first.</summary>
internal static class CacheSize
{
    /// <summary>Folders of compiled scripts kept.</summary>
    public const int ScriptsMax = 500;

    /// <summary>Remembered versions of scripts: a line or two each, one for every edit that was run.</summary>
    public const int VersionsMax = 5_000;

    /// <summary>A use is noted at most once in this time: writing at every start would cost more than it is worth.</summary>
    private static readonly TimeSpan TouchInterval = TimeSpan.FromHours(1);

    /// <summary>Notes that a compiled script was used.</summary>
    public static void Touch(string folder)
    {
        try
        {
            if (DateTime.UtcNow - Directory.GetLastWriteTimeUtc(folder) > TouchInterval)
                Directory.SetLastWriteTimeUtc(folder, DateTime.UtcNow);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A cache that is read-only is still a cache.
            return;
        }
    }

    /// <summary>Deletes what is over the limit.</summary>
    public static void Limit(CacheFolder cache, string keep)
    {
        var folders = new DirectoryInfo(cache.Scripts).GetDirectories();
        foreach (var old in folders.Where(f => f.FullName != keep).OrderByDescending(f => f.LastWriteTimeUtc).Skip(ScriptsMax - 1))
            Delete(old);
        var versions = new DirectoryInfo(cache.Index);
        if (versions.Exists)
        {
            foreach (var old in versions.GetFiles().OrderByDescending(f => f.LastWriteTimeUtc).Skip(VersionsMax))
                Delete(old);
        }

        // Left by processes that were killed while they wrote.
        foreach (var abandoned in new DirectoryInfo(Path.Combine(cache.Root, "new")).GetDirectories().Where(f => DateTime.UtcNow - f.LastWriteTimeUtc > TimeSpan.FromDays(1)))
            Delete(abandoned);
    }

    /// <summary>Deletes the whole cache.</summary>
    /// <returns>Bytes freed.</returns>
    public static long Clear(CacheFolder cache)
    {
        var root = new DirectoryInfo(cache.Root);
        if (!root.Exists)
            return 0;
        var bytes = root.EnumerateFiles("*", SearchOption.AllDirectories).Sum(f => f.Length);
        // Only what is ours: the folder may have been named by mistake.
        foreach (var folder in new[] { cache.Scripts, cache.Index, cache.Packages, Path.Combine(cache.Root, "new") }.Where(Directory.Exists))
            Directory.Delete(folder, recursive: true);
        return bytes;
    }

    private static void Delete(FileSystemInfo old)
    {
        try
        {
            if (old is DirectoryInfo folder)
                folder.Delete(recursive: true);
            else
                old.Delete();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Somebody else deletes it now.
            return;
        }
    }
}
