using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Experiments.Registry.Storage;

/// <summary>
/// Lets one process at a time write. SQLite's own lock is polled, which is unfair: under load one process takes every turn.
/// Waiters here sleep in the kernel and the first to be scheduled goes next; who has used up its time steps aside for them.
/// The kernel releases the locks of a process that dies; one that is suspended keeps them, and is named to those who waited in vain.
/// Elsewhere than on Linux there is no gate; SQLite's lock alone keeps writers apart.
/// </summary>
internal sealed partial class Gate : IDisposable
{
    private const int LockShared = 1;
    private const int LockExclusive = 2;
    private const int DoNotWait = 4;
    private const int LockRelease = 8;
    private const int ReadWrite = 2;
    private const int Create = 0x40;
    private const int CloseOnExec = 0x80000;
    private const int Interrupted = 4;
    private const int WouldBlock = 11;

    private readonly string _registryFile;
    private readonly TimeSpan _waitMax;
    private readonly int _waiting = -1;
    private readonly int _turn = -1;

    /// <summary>Opens the gate of a registry, which is two empty files beside it.</summary>
    /// <param name="registryFile">The registry.</param>
    /// <param name="waitMax">How long a turn is waited for.</param>
    public Gate(string registryFile, TimeSpan waitMax)
    {
        (_registryFile, _waitMax) = (registryFile, waitMax);
        if (!OperatingSystem.IsLinux())
            return;
        _turn = OpenFile(TurnFile);
        _waiting = OpenFile(registryFile + "-waiting");
    }

    private string TurnFile => _registryFile + "-turn";

    /// <summary>How long a turn is waited for.</summary>
    public TimeSpan WaitMax => _waitMax;

    /// <summary>Takes the turn, if nobody has it.</summary>
    public bool TryEnter() => !OperatingSystem.IsLinux() || Lock(_turn, LockExclusive | DoNotWait);

    /// <summary>Sleeps in the kernel until the turn comes. That has no deadline: whoever calls it watches the time (<see cref="WaitMax"/>).</summary>
    public void Sleep()
    {
        if (!OperatingSystem.IsLinux())
            return;
        Lock(_waiting, LockShared);
        Lock(_turn, LockExclusive);
        Lock(_waiting, LockRelease);
    }

    /// <summary>Waits for the turn with a deadline, for what is done once: opening, closing, maintenance. Looks again and again, which is not as fair as sleeping.</summary>
    /// <exception cref="ExperimentsException">EXP7007: it did not come.</exception>
    public void Enter()
    {
        if (!TryEnter(_waitMax))
            throw Held();
    }

    /// <inheritdoc cref="Enter()"/>
    /// <returns>Whether it came in time.</returns>
    public bool TryEnter(TimeSpan waitMax)
    {
        if (TryEnter())
            return true;
        if (!OperatingSystem.IsLinux())
            return false;
        var began = Stopwatch.GetTimestamp();
        Lock(_waiting, LockShared);
        try
        {
            while (!Lock(_turn, LockExclusive | DoNotWait))
            {
                if (Stopwatch.GetElapsedTime(began) >= waitMax)
                    return false;
                // Once in the life of a process; whoever holds the turn steps aside for as long while somebody waits.
                Thread.Sleep(1);
            }

            return true;
        }
        finally
        {
            Lock(_waiting, LockRelease);
        }
    }

    /// <summary>Lets the next one in.</summary>
    public void Exit()
    {
        if (OperatingSystem.IsLinux())
            Lock(_turn, LockRelease);
    }

    /// <summary>After <see cref="Exit"/>: if others wait, sleeps long enough for one of them to wake up and go in.</summary>
    public void StepAside()
    {
        if (!OperatingSystem.IsLinux())
            return;
        if (Lock(_waiting, LockExclusive | DoNotWait))
            Lock(_waiting, LockRelease);
        else
            Thread.Sleep(1);
    }

    /// <summary>Closes the files, which releases what is held.</summary>
    public void Dispose()
    {
        if (!OperatingSystem.IsLinux())
            return;
        _ = close(_turn);
        _ = close(_waiting);
    }

    /// <summary>The error for a turn that did not come.</summary>
    public ExperimentsException Held()
    {
        var holder = OperatingSystem.IsLinux() ? LockHolder.Find(_turn) : null;
        return new ExperimentsException("EXP7007",
            string.Create(CultureInfo.InvariantCulture, $"expected `{_registryFile}` to be free within {_waitMax.TotalSeconds} s, got {holder?.Description ?? "another process"}, which does not end its turn to write"),
            holder is null ? $"look for a suspended process: `fuser -v {TurnFile}` names it"
                : string.Create(CultureInfo.InvariantCulture, $"resume it (`kill -CONT {holder.Pid}`) or end it (`kill -KILL {holder.Pid}`: the registry stays whole), then repeat the command"),
            ExitCode.RegistryUnavailable);
    }

    // Not a FileStream: .NET takes advisory locks of its own on the files it opens.
    [SupportedOSPlatform("linux")]
    private static int OpenFile(string path)
    {
        var descriptor = open(path, ReadWrite | Create | CloseOnExec, 0x1B6 /* rw-rw-rw- less the umask */);
        return descriptor >= 0 ? descriptor : throw new IOException($"{path}: {Marshal.GetLastPInvokeErrorMessage()}");
    }

    [SupportedOSPlatform("linux")]
    private static bool Lock(int descriptor, int operation)
    {
        while (flock(descriptor, operation) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            if (error == WouldBlock)
                return false;
            if (error != Interrupted)
                throw new IOException($"flock: {Marshal.GetPInvokeErrorMessage(error)}");
        }

        return true;
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags, int mode);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int flock(int descriptor, int operation);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int close(int descriptor);
}
