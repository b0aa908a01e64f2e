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
    /// <exception cref="IOException">The disk refused.</exception>
    public static void Flush(RunHome home, int attempt)
    {
        using var attempts = OpenDirectory.At(Path.GetDirectoryName(home.Staging(attempt))!);
        if (attempts is not null && !TryFlush(attempts, Path.GetFileName(home.Staging(attempt))))
            attempts.FlushFileSystem();
    }

    /// <summary>Moves the entries of the winning attempt's directory into the home, and takes away those that an earlier publication left and this attempt did not write.</summary>
    /// <param name="home">The run's home.</param>
    /// <param name="attempt">Number of the winning attempt.</param>
    /// <param name="before">Called before every change of the file system; tests let things go wrong there.</param>
    /// <returns>Names that clashed with the home's own and are in <see cref="ClashDirectory"/>.</returns>
    /// <exception cref="IOException">The file system refused; publishing can be repeated.</exception>
    /// <exception cref="UnauthorizedAccessException">Something may not be moved or deleted; publishing can be repeated.</exception>
    public static IReadOnlyList<string> Publish(RunHome home, int attempt, Action<string>? before = null)
    {
        before ??= _ => { };
        var record = home.ProcessRecord(attempt);
        // Two workers that find the same unpublished attempt must not move over each other. The record is renamed last, so without it nothing is left to do.
        using var alone = TryLock(record, create: Directory.Exists(home.Staging(attempt)));
        using var top = OpenDirectory.At(home.Directory);
        using var attempts = OpenDirectory.At(Path.GetDirectoryName(record)!);
        if (top is null || attempts is null)
            return [];
        if (alone is null)
        {
            FlushPlaces(); // Whoever did it may have died before.
            return [];
        }

        var number = Path.GetFileName(home.Staging(attempt));
        attempts.Unlock(number);
        using var staging = attempts.Find(number);
        if (staging is null && alone.Length == 0)
        {
            // Another worker was done just before this one made a record anew.
            File.Delete(record);
            return [];
        }

        var entries = PublishedEntries.Read(alone);
        if (entries is null)
        {
            entries = staging is null ? [] : [.. staging.Names().Select(Entry)];
            // Without a note there is nothing: an attempt that wrote nothing needs none, nor the wait for the disk.
            if (entries.Count > 0)
            {
                before("note the entries");
                PublishedEntries.Write(alone, entries);
            }
        }

        var earlier = PublishedEntries.Earlier(home, attempt);
        foreach (var stale in earlier.Except(entries))
        {
            before("take away " + stale);
            In(top, stale, make: false, (directory, name) => directory.Delete(name, force: true));
        }

        if (staging is not null)
        {
            foreach (var name in staging.Names())
                In(top, Entry(name), make: true, (directory, _) => Move(staging, name, directory, isOurs: earlier.Contains(Entry(name)), before));
            before("remove the attempt's directory");
            attempts.Unlink(number, EntryKind.Directory);
        }

        before("rename the record");
        Renaming.Replace(record, home.Staging(attempt) + PublishedEntries.Suffix);
        if (entries.Count > 0 || earlier.Count > 0)
            FlushPlaces();
        return [.. entries.Where(IsClash).Select(e => Path.GetFileName(e))];

        // A crash of the machine must not undo the renames once the registry says that they are done.
        void FlushPlaces()
        {
            top.Flush();
            attempts.Flush();
        }
    }

    /// <summary>When the run was last published, UTC; <see langword="null"/>: never.</summary>
    public static DateTime? LastPublished(RunHome home) =>
        new DirectoryInfo(Path.GetDirectoryName(home.Staging(1))!) is { Exists: true } attempts
            ? attempts.EnumerateFiles("*" + PublishedEntries.Suffix).Select(f => (DateTime?)f.LastWriteTimeUtc).Max()
            : null;

    /// <summary>Whether a name in a run's home belongs to the home itself.</summary>
    public static bool IsReserved(string name) => Reserved.Contains(name);

    private static bool TryFlush(OpenDirectory attempts, string number)
    {
        try
        {
            using var staging = attempts.Find(number);
            return staging?.TryFlushAll() ?? true;
        }
        catch (UnauthorizedAccessException)
        {
            return false; // A directory that its trainer has closed.
        }
    }

    /// <summary>Where an entry of an attempt's directory goes, below the home.</summary>
    private static string Entry(string name) => IsReserved(name) ? $"{ClashDirectory}/{name}" : name;

    private static bool IsClash(string entry) => entry.StartsWith(ClashDirectory + "/", StringComparison.Ordinal);

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

    /// <summary>Does something with an entry and the directory that it is in.</summary>
    private static void In(OpenDirectory top, string entry, bool make, Action<OpenDirectory, string> act)
    {
        if (!IsClash(entry))
        {
            act(top, entry);
            return;
        }

        if (make)
            top.Make(ClashDirectory);
        using var clashes = top.Find(ClashDirectory);
        if (clashes is null)
        {
            if (make)
                throw new IOException($"expected `{ClashDirectory}` in the run's home to be a directory");
            return;
        }

        act(clashes, entry[(ClashDirectory.Length + 1)..]);
        clashes.Flush();
    }

    private static void Move(OpenDirectory staging, string name, OpenDirectory to, bool isOurs, Action<string> before)
    {
        var kind = staging.KindOf(name);
        // A run that is executed again replaces its earlier results; only a directory is in the way of a rename.
        if (to.KindOf(name) is { } there && (there == EntryKind.Directory || kind == EntryKind.Directory))
        {
            before("make way for " + name);
            to.Delete(name, force: isOurs);
        }

        before("move " + name);
        // A directory that can't be written to can't be moved either, since its `..` changes.
        var mode = staging.Unlock(name);
        staging.Rename(name, to, name);
        if (mode is { } former)
            to.SetMode(name, former);
    }
}
