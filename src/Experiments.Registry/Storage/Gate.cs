using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Experiments.Registry.Storage;

/// <summary>
/// Lets one process at a time write, in turn. SQLite's own lock is polled, which is unfair: a busy process takes every turn.
/// Waiters here sleep in the kernel. It is two locks: whoever waits for the second holds the first, so that the process
/// which has just written can't overtake it. The kernel releases both when their holder dies.
/// Elsewhere than on Linux there is no gate; SQLite's lock alone keeps writers apart.
/// </summary>
internal sealed partial class Gate : IDisposable
{
    private const int LockExclusive = 2;
    private const int LockRelease = 8;
    private const int ReadWrite = 2;
    private const int Create = 0x40;
    private const int CloseOnExec = 0x80000;
    private const int Interrupted = 4;

    private readonly int _queue = -1;
    private readonly int _turn = -1;

    /// <summary>Opens the gate of a registry, which is two empty files beside it.</summary>
    public Gate(string registryFile)
    {
        if (!OperatingSystem.IsLinux())
            return;
        _queue = OpenFile(registryFile + "-queue");
        _turn = OpenFile(registryFile + "-turn");
    }

    /// <summary>Waits for this process's turn.</summary>
    public void Enter()
    {
        if (!OperatingSystem.IsLinux())
            return;
        Lock(_queue, LockExclusive);
        Lock(_turn, LockExclusive);
        Lock(_queue, LockRelease);
    }

    /// <summary>Lets the next one in.</summary>
    public void Exit()
    {
        if (OperatingSystem.IsLinux())
            Lock(_turn, LockRelease);
    }

    /// <summary>Closes the files, which releases what is held.</summary>
    public void Dispose()
    {
        if (!OperatingSystem.IsLinux())
            return;
        _ = close(_queue);
        _ = close(_turn);
    }

    // Not a FileStream: .NET takes advisory locks of its own on the files it opens.
    [SupportedOSPlatform("linux")]
    private static int OpenFile(string path)
    {
        var descriptor = open(path, ReadWrite | Create | CloseOnExec, 0x1B6 /* rw-rw-rw- less the umask */);
        return descriptor >= 0 ? descriptor : throw new IOException($"{path}: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    [SupportedOSPlatform("linux")]
    private static void Lock(int descriptor, int operation)
    {
        while (flock(descriptor, operation) != 0)
        {
            if (Marshal.GetLastPInvokeError() != Interrupted)
                throw new IOException($"flock: {Marshal.GetLastPInvokeErrorMessage()}");
        }
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags, int mode);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int flock(int descriptor, int operation);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int close(int descriptor);
}
