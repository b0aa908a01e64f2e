using System.Runtime.InteropServices;

namespace Experiments.Registry.Storage;

/// <summary>Whether a filesystem can hold a registry: several processes share the memory of its write-ahead log, so they must be on one host.</summary>
internal static partial class Filesystem
{
    // They share files between hosts. On some of them the first write seems to work, and the file is damaged later.
    private static readonly string[] s_network =
        ["nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "lustre", "gpfs", "beegfs", "ceph", "afs", "glusterfs", "fuse.sshfs", "orangefs", "pvfs2", "weka", "wekafs"];

    /// <summary>Whether nobody has a registry open and this process can't make the files that doing so takes, as on a read-only mount.</summary>
    public static bool IsFrozen(string file)
    {
        const int write = 2;
        return !OperatingSystem.IsWindows() && !File.Exists(file + "-shm") && access(Path.GetDirectoryName(file)!, write) != 0;
    }

    /// <summary>Refuses a network filesystem.</summary>
    /// <exception cref="ExperimentsException">EXP7004.</exception>
    public static void RefuseNetwork(string file)
    {
        var directory = Path.GetDirectoryName(file)!;
        RefuseNetwork(directory, new DriveInfo(directory).DriveFormat);
    }

    /// <summary>Refuses a directory on a filesystem of a network format.</summary>
    /// <exception cref="ExperimentsException">EXP7004.</exception>
    internal static void RefuseNetwork(string directory, string format)
    {
        if (s_network.Contains(format, StringComparer.OrdinalIgnoreCase))
            throw Unusable(directory, $"`{format}`, a network filesystem", null);
    }

    /// <summary>Writes and reads a throwaway registry: what a filesystem claims about itself is not enough. Called under the gate.</summary>
    /// <exception cref="ExperimentsException">EXP7004.</exception>
    public static void Probe(string file)
    {
        var probe = file + "-probe";
        Remove(probe);
        try
        {
            using var writer = Database.OpenWriter(probe);
            writer.Execute("BEGIN IMMEDIATE; CREATE TABLE probe (x INTEGER); INSERT INTO probe VALUES (1); COMMIT");
            using var reader = Database.OpenReader(probe);
            if (reader.Scalar("SELECT x FROM probe") != 1 || !File.Exists(probe + "-wal"))
                throw Unusable(Path.GetDirectoryName(file)!, "one on which SQLite's write-ahead log does not work", null);
        }
        catch (SqliteFailure failure) when (failure.PrimaryCode is SQLitePCL.raw.SQLITE_IOERR or SQLitePCL.raw.SQLITE_PROTOCOL or SQLitePCL.raw.SQLITE_BUSY or SQLitePCL.raw.SQLITE_LOCKED or SQLitePCL.raw.SQLITE_NOTADB or SQLitePCL.raw.SQLITE_CORRUPT)
        {
            throw Unusable(Path.GetDirectoryName(file)!, $"one on which SQLite's write-ahead log does not work ({failure.Message})", failure);
        }
        finally
        {
            Remove(probe);
        }
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int access(string path, int mode);

    private static void Remove(string probe)
    {
        foreach (var suffix in (ReadOnlySpan<string>)["", "-wal", "-shm", "-journal"])
            File.Delete(probe + suffix);
    }

    private static ExperimentsException Unusable(string directory, string got, Exception? cause) => new("EXP7004",
        $"expected the results root `{directory}` to be on a local filesystem, got {got}",
        "the registry needs shared memory between processes: keep the results root on a local disk of this host, and copy results to the shared filesystem",
        ExitCode.RegistryUnavailable, cause);
}
