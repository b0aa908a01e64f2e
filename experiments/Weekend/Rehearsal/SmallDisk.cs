using System.Diagnostics;

namespace Weekend.Rehearsal;

/// <summary>A file system of a megabyte in memory, full at first. Only root may mount one; without it <see cref="Missing"/> says why.</summary>
internal sealed class SmallDisk : IDisposable
{
    private SmallDisk(string directory, string? missing) => (Directory, Missing) = (directory, missing);

    /// <summary>Where it is.</summary>
    public string Directory { get; }

    /// <summary>Why there is none.</summary>
    public string? Missing { get; }

    private string Ballast => Path.Combine(Directory, "ballast");

    public static SmallDisk Mount()
    {
        var directory = System.IO.Directory.CreateTempSubdirectory("weekend-disk-").FullName;
        var disk = new SmallDisk(directory, Execute("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", directory));
        if (disk.Missing is null)
            disk.Fill();
        return disk;
    }

    /// <summary>Removes what fills it.</summary>
    public void MakeSpace() => File.Delete(Ballast);

    public void Dispose()
    {
        // Lazily: what is still written there by a process that must not be there any more is the verdict's business.
        if (Missing is null && Execute("umount", "-l", Directory) is { } problem)
            Console.Error.WriteLine($"`{Directory}` is still mounted: {problem}");
        else
            System.IO.Directory.Delete(Directory);
    }

    private void Fill()
    {
        try
        {
            using var file = new FileStream(Ballast, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
            var page = new byte[4096];
            while (true)
                file.Write(page);
        }
        catch (IOException) when (new DriveInfo(Directory).AvailableFreeSpace == 0)
        {
            return; // that is what full means
        }
    }

    /// <returns>What went wrong; <see langword="null"/>: nothing.</returns>
    private static string? Execute(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEnd().Trim();
        process.WaitForExit();
        return process.ExitCode == 0 ? null : error;
    }
}
