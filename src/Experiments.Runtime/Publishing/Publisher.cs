namespace Experiments.Runtime.Publishing;

/// <summary>
/// Moves what the winning attempt wrote into the run's home. Every step can be repeated after a crash: an entry is in the attempt's directory
/// until its rename has moved it.
/// </summary>
internal static class Publisher
{
    /// <summary>Where entries go whose names belong to the home itself.</summary>
    public const string ClashDirectory = "outputs";

    /// <summary>Suffix of the note that an attempt was published: its process record, renamed.</summary>
    private const string PublishedSuffix = ".published.jsonl";

    /// <summary>Names in a run's home that an attempt can't take.</summary>
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "config.json", "run.json", "function.py", "logs", "attempts", "checkpoints", ClashDirectory,
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

    /// <summary>Moves the entries of the winning attempt's directory into the home.</summary>
    /// <returns>Names that clashed with the home's own and are in <see cref="ClashDirectory"/>.</returns>
    /// <exception cref="IOException">The file system refused; publishing can be repeated.</exception>
    public static IReadOnlyList<string> Publish(RunHome home, int attempt)
    {
        var record = home.ProcessRecord(attempt);
        // Two workers that find the same unpublished attempt must not move over each other. The record is renamed last, so without it nothing is left to do.
        using var alone = TryLock(record);
        if (alone is null && File.Exists(PublishedRecord(home, attempt)))
            return [];
        var clashes = new List<string>();
        var staging = new DirectoryInfo(home.Staging(attempt));
        if (staging.Exists)
        {
            foreach (var entry in staging.EnumerateFileSystemInfos())
                Move(entry, Target(home, entry.Name, clashes));
            staging.Delete();
        }

        if (alone is not null)
            Renaming.Replace(record, PublishedRecord(home, attempt));
        return clashes;
    }

    /// <summary>When the run was last published, UTC; <see langword="null"/>: never.</summary>
    public static DateTime? LastPublished(RunHome home) =>
        new DirectoryInfo(Path.GetDirectoryName(home.Staging(1))!) is { Exists: true } attempts
            ? attempts.EnumerateFiles("*" + PublishedSuffix).Select(f => (DateTime?)f.LastWriteTimeUtc).Max()
            : null;

    private static EnumerationOptions Everything { get; } = new() { RecurseSubdirectories = true, AttributesToSkip = 0, IgnoreInaccessible = false };

    private static string Target(RunHome home, string name, List<string> clashes)
    {
        if (!Reserved.Contains(name))
            return Path.Combine(home.Directory, name);
        clashes.Add(name);
        return Path.Combine(Directory.CreateDirectory(Path.Combine(home.Directory, ClashDirectory)).FullName, name);
    }

    /// <summary>The record, opened so that nobody else can open it this way; <see langword="null"/> when there is none.</summary>
    /// <exception cref="IOException">Somebody else has it.</exception>
    private static FileStream? TryLock(string record)
    {
        try
        {
            return new FileStream(record, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    private static string PublishedRecord(RunHome home, int attempt) => home.Staging(attempt) + PublishedSuffix;

    private static void Move(FileSystemInfo entry, string target)
    {
        // A run that is executed again replaces its earlier results; only a directory is in the way of a rename.
        if (Directory.Exists(target))
            DeleteDirectory(target);
        else if (entry is DirectoryInfo { LinkTarget: null })
            File.Delete(target);
        Renaming.Replace(entry.FullName, target);
    }

    private static void DeleteDirectory(string path)
    {
        var directory = new DirectoryInfo(path);
        directory.Delete(recursive: directory.LinkTarget is null);
    }
}
