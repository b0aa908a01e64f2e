using System.Runtime.InteropServices;

namespace Experiments.Runtime.Processes;

/// <summary>The few calls of the C library that .NET has no words for. Linux with glibc 2.34 or newer.</summary>
internal static unsafe partial class Libc
{
    private const string Library = "libc";

    public const int SigKill = 9;
    public const int SigTerm = 15;

    /// <summary><c>sizeof(posix_spawnattr_t)</c> is 336 and of <c>posix_spawn_file_actions_t</c> 80 in glibc on every 64-bit machine; some room on top.</summary>
    public const int OpaqueBytes = 512;

    public const int SignalSetBytes = 128;

    public const short SpawnSetSignalDefaults = 0x04;
    public const short SpawnSetSignalMask = 0x08;
    public const short SpawnSetSession = 0x80;

    public const int OpenReadOnly = 0;
    public const int OpenAppendCreate = 0x1 | 0x40 | 0x400;
    public const int CloseOnExec = 0x80000;

    public const int WaitAll = 0;
    public const int WaitPid = 1;
    public const int WaitNot = 1;
    public const int WaitExited = 4;
    public const int WaitNoReap = 0x01000000;

    public const int Interrupted = 4;
    public const int NoChild = 10;

    [LibraryImport(Library)]
    public static partial int posix_spawn(int* pid, byte* path, void* fileActions, void* attributes, byte** arguments, byte** environment);

    [LibraryImport(Library)]
    public static partial int posix_spawnattr_init(void* attributes);

    [LibraryImport(Library)]
    public static partial int posix_spawnattr_destroy(void* attributes);

    [LibraryImport(Library)]
    public static partial int posix_spawnattr_setflags(void* attributes, short flags);

    [LibraryImport(Library)]
    public static partial int posix_spawnattr_setsigmask(void* attributes, void* signals);

    [LibraryImport(Library)]
    public static partial int posix_spawnattr_setsigdefault(void* attributes, void* signals);

    [LibraryImport(Library)]
    public static partial int posix_spawn_file_actions_init(void* actions);

    [LibraryImport(Library)]
    public static partial int posix_spawn_file_actions_destroy(void* actions);

    [LibraryImport(Library)]
    public static partial int posix_spawn_file_actions_addopen(void* actions, int descriptor, byte* path, int flags, uint mode);

    [LibraryImport(Library)]
    public static partial int posix_spawn_file_actions_adddup2(void* actions, int from, int to);

    [LibraryImport(Library)]
    public static partial int posix_spawn_file_actions_addclosefrom_np(void* actions, int from);

    [LibraryImport(Library)]
    public static partial int posix_spawn_file_actions_addchdir_np(void* actions, byte* path);

    [LibraryImport(Library)]
    public static partial int sigfillset(void* signals);

    [LibraryImport(Library)]
    public static partial int sigemptyset(void* signals);

    [LibraryImport(Library)]
    public static partial int sigaddset(void* signals, int signal);

    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int rename(string from, string to);

    public const int OpenNoControllingTerminal = 0x100;
    public const int OpenWithoutWaiting = 0x800;
    public const int AtWorkingDirectory = -100;
    public const int AtNoFollow = 0x100;
    public const int AtRemoveDirectory = 0x200;

    /// <summary><c>sizeof(struct statx)</c>: mode at byte 28, on every machine.</summary>
    public const int StatxBytes = 256;

    public const uint StatxTypeAndMode = 0x3;

    /// <summary>One of the few flags that are not the same on every machine.</summary>
    public static readonly int OpenNoFollow = RuntimeInformation.ProcessArchitecture is Architecture.Arm64 or Architecture.Arm ? 0x8000 : 0x20000;

    [LibraryImport(Library, SetLastError = true)]
    public static partial int openat(int directory, byte* path, int flags, uint mode);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int close(int descriptor);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int fsync(int descriptor);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int syncfs(int descriptor);

    [LibraryImport(Library, SetLastError = true)]
    public static partial nint fdopendir(int descriptor);

    [LibraryImport(Library)]
    public static partial int closedir(nint directory);

    [LibraryImport(Library)]
    public static partial void rewinddir(nint directory);

    /// <summary>The next <c>struct dirent</c>: type at byte 18, name at 19; null at the end, and with an error set otherwise.</summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial byte* readdir(nint directory);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int statx(int directory, byte* path, int flags, uint wanted, byte* found);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int fchmodat(int directory, byte* path, uint mode, int flags);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int mkdirat(int directory, byte* path, uint mode);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int unlinkat(int directory, byte* path, int flags);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int renameat(int fromDirectory, byte* from, int toDirectory, byte* to);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int pipe2(int* ends, int flags);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int kill(int pid, int signal);

    /// <summary>Fills <paramref name="info"/> (<c>siginfo_t</c>, 128 bytes): code at byte 8, pid at 16, status at 24.</summary>
    [LibraryImport(Library, SetLastError = true)]
    public static partial int waitid(int kind, int id, void* info, int options);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int waitpid(int pid, int* status, int options);

    [LibraryImport(Library)]
    public static partial int getppid();

    [LibraryImport(Library, SetLastError = true)]
    public static partial int prctl(int option, nint argument, nint unused3, nint unused4, nint unused5);

    [LibraryImport(Library, SetLastError = true)]
    public static partial nint syscall(nint number, nint argument1, nint argument2);

    [LibraryImport(Library, SetLastError = true)]
    public static partial int poll(PollEntry* entries, nuint count, int timeoutMilliseconds);

    [StructLayout(LayoutKind.Sequential)]
    public struct PollEntry
    {
        public int Descriptor;
        public short Events;
        public short Returned;
    }
}
