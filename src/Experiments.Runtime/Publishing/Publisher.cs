namespace Experiments.Runtime.Publishing;

/// <summary>
/// Moves what the winning attempt wrote into the run's home. Every step can be repeated after a crash: an entry is in the attempt's directory
/// until its rename has moved it.
/// </summary>
internal static class Publisher
{
    /// <summary>Where entries go whose names belong to the home itself.</summary>
    public const string ClashDirectory = "outputs";

    /// <summary>Names in a run's home that an attempt can't take.</summary>
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "config.json", "run.json", "function.py", "accelerate.yaml", "logs", "attempts", "checkpoints", ClashDirectory,
    };

    /// <summary>Brings everything an attempt wrote to the disk, before the registry says that the run is completed.</summary>
    public static void Flush(RunHome home, int attempt)
    {
        var staging = new DirectoryInfo(home.Staging(attempt));
        if (!staging.Exists)
            return;
        foreach (var file in staging.EnumerateFiles("*", Everything))
        {
            if (file.LinkTarget is not null)
                continue;
            using var handle = File.OpenHandle(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            RandomAccess.FlushToDisk(handle);
        }
    }

    /// <summary>Moves the entries of the winning attempt's directory into the home, and takes away those that an earlier publication left and this attempt did not write.</summary>
    /// <param name="home">The run's home.</param>
    /// <param name="attempt">Number of the winning attempt.</param>
    /// <param name="before">Called before every change of the file system; tests let things go wrong there.</param>
    /// <returns>Names that clashed with the home's own and are in <see cref="ClashDirectory"/>.</returns>
    /// <exception cref="IOException">The file system refused; publishing can be repeated.</exception>
    public static IReadOnlyList<string> Publish(RunHome home, int attempt, Action<string>? before = null)
    {
        before ??= _ => { };
        var record = home.ProcessRecord(attempt);
        var staging = new DirectoryInfo(home.Staging(attempt));
        // Two workers that find the same unpublished attempt must not move over each other. The record is renamed last, so without it nothing is left to do.
        using var alone = TryLock(record, create: staging.Exists);
        staging.Refresh();
        if (alone is null)
            return [];
        if (!staging.Exists && alone.Length == 0)
        {
            // Another worker was done just before this one made a record anew.
            File.Delete(record);
            return [];
        }

        var entries = PublishedEntries.Read(alone);
        if (entries is null)
        {
            entries = staging.Exists ? [.. staging.EnumerateFileSystemInfos().Select(e => Entry(e.Name))] : [];
            // Without a note there is nothing: an attempt that wrote nothing needs none, nor the wait for the disk.
            if (entries.Count > 0)
            {
                before("note the entries");
                PublishedEntries.Write(alone, entries);
            }
        }

        foreach (var stale in PublishedEntries.Earlier(home, attempt).Except(entries))
        {
            before("take away " + stale);
            Remove(Path.Combine(home.Directory, stale));
        }

        if (staging.Exists)
        {
            foreach (var entry in staging.EnumerateFileSystemInfos())
                Move(entry, Path.Combine(home.Directory, Entry(entry.Name)), before);
            before("remove the attempt's directory");
            staging.Delete();
        }

        before("rename the record");
        Renaming.Replace(record, home.Staging(attempt) + PublishedEntries.Suffix);
        return [.. entries.Where(e => e.StartsWith(ClashDirectory + "/", StringComparison.Ordinal)).Select(e => Path.GetFileName(e))];
    }

    /// <summary>When the run was last published, UTC; <see langword="null"/>: never.</summary>
    public static DateTime? LastPublished(RunHome home) =>
        new DirectoryInfo(Path.GetDirectoryName(home.Staging(1))!) is { Exists: true } attempts
            ? attempts.EnumerateFiles("*" + PublishedEntries.Suffix).Select(f => (DateTime?)f.LastWriteTimeUtc).Max()
            : null;

    /// <summary>Whether a name in a run's home belongs to the home itself.</summary>
    public static bool IsReserved(string name) => Reserved.Contains(name);

    private static EnumerationOptions Everything { get; } = new() { RecurseSubdirectories = true, AttributesToSkip = 0, IgnoreInaccessible = false };

    /// <summary>Where an entry of an attempt's directory goes, below the home.</summary>
    private static string Entry(string name) => IsReserved(name) ? $"{ClashDirectory}/{name}" : name;

    /// <summary>The record, opened so that nobody else can open it this way; <see langword="null"/> when there is none.</summary>
    /// <exception cref="IOException">Somebody else has it.</exception>
    private static FileStream? TryLock(string record, bool create)
    {
        try
        {
            return new FileStream(record, create ? FileMode.OpenOrCreate : FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static void Move(FileSystemInfo entry, string target, Action<string> before)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        // A run that is executed again replaces its earlier results; only a directory is in the way of a rename.
        if (Directory.Exists(target) || entry is DirectoryInfo { LinkTarget: null })
        {
            before("make way for " + entry.Name);
            Remove(target);
        }

        before("move " + entry.Name);
        Renaming.Replace(entry.FullName, target);
    }

    private static void Remove(string path)
    {
        if (new DirectoryInfo(path) is { Exists: true } directory)
            directory.Delete(recursive: directory.LinkTarget is null);
        else
            File.Delete(path);
    }
}
