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
    private int _turn = -1;
    private Sleeper? _sleeper;

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

    /// <summary>Waits for this process's turn.</summary>
    /// <exception cref="ExperimentsException">EXP7007: it did not come.</exception>
    public void Enter()
    {
        if (!TryEnter(_waitMax))
            throw Held();
    }

    /// <summary>Waits for this process's turn.</summary>
    /// <returns>Whether it came in time.</returns>
    public bool TryEnter(TimeSpan waitMax)
    {
        if (!OperatingSystem.IsLinux() || Lock(_turn, LockExclusive | DoNotWait))
            return true;
        Lock(_waiting, LockShared);
        try
        {
            return Wait(waitMax);
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
        _sleeper?.End();
        _ = close(_turn);
        _ = close(_waiting);
    }

    /// <summary>Sleeps in the kernel until the turn comes. That has no deadline, so another thread does it; when it is too late, that keeps its descriptor, and the gate gets a new one.</summary>
    [SupportedOSPlatform("linux")]
    private bool Wait(TimeSpan waitMax)
    {
        _sleeper ??= new Sleeper(_turn);
        if (_sleeper.TryLock(waitMax))
            return true;
        _sleeper = null;
        _turn = OpenFile(TurnFile);
        return false;
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

    /// <summary>A thread that waits for locks of a descriptor, one at a time: started for the first, since starting one takes longer than most turns.</summary>
    private sealed class Sleeper
    {
        private readonly int _descriptor;
        private readonly SemaphoreSlim _asked = new(0);
        private readonly SemaphoreSlim _answered = new(0);
        private Exception? _failure;
        private bool _ended;
        private int _settled;

        [SupportedOSPlatform("linux")]
        public Sleeper(int descriptor)
        {
            _descriptor = descriptor;
            new Thread(Loop) { IsBackground = true, Name = "registry turn" }.Start();
        }

        /// <summary>Locks the descriptor.</summary>
        /// <returns>Whether it came in time. If not, the descriptor is this thread's, which closes it.</returns>
        public bool TryLock(TimeSpan waitMax)
        {
            _settled = 0;
            _asked.Release();
            if (!_answered.Wait(waitMax))
            {
                if (Interlocked.Exchange(ref _settled, 1) == 0)
                    return false;
                _answered.Wait();
            }

            return _failure is null ? true : throw new IOException(_failure.Message, _failure);
        }

        /// <summary>Lets the thread go, when nothing is waited for.</summary>
        public void End()
        {
            _ended = true;
            _asked.Release();
        }

        [SupportedOSPlatform("linux")]
        private void Loop()
        {
            while (true)
            {
                _asked.Wait();
                if (_ended)
                    return;
                try
                {
                    Lock(_descriptor, LockExclusive);
                    _failure = null;
                }
                catch (IOException e)
                {
                    _failure = e;
                }

                if (Interlocked.Exchange(ref _settled, 1) != 0)
                {
                    _ = close(_descriptor);
                    return;
                }

                _answered.Release();
            }
        }
    }

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags, int mode);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int flock(int descriptor, int operation);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int close(int descriptor);
}
