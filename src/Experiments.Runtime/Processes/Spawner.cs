using System.ComponentModel;
using System.Text;

namespace Experiments.Runtime.Processes;

/// <summary>Starts processes with <c>posix_spawn</c>: <see cref="System.Diagnostics.Process"/> can neither start a session nor put output on a file's descriptor.</summary>
internal static unsafe class Spawner
{
    /// <summary>Starts a process.</summary>
    /// <returns>Its id, which is also that of its session and group.</returns>
    /// <exception cref="Win32Exception">The error of the operating system: the executable, the directory or the log can't be used.</exception>
    public static int Start(SpawnRequest request)
    {
        using var strings = new NativeStrings();
        var actions = stackalloc byte[Libc.OpaqueBytes];
        var attributes = stackalloc byte[Libc.OpaqueBytes];
        Check(Libc.posix_spawn_file_actions_init(actions));
        try
        {
            Check(Libc.posix_spawnattr_init(attributes));
            try
            {
                SetStreams(actions, request, strings);
                SetSignals(attributes, request.Unstoppable);
                int pid;
                Check(Libc.posix_spawn(&pid, strings.Add(request.Command[0]), actions, attributes, strings.Add(request.Command), strings.Add(request.Environment)));
                return pid;
            }
            finally
            {
                _ = Libc.posix_spawnattr_destroy(attributes);
            }
        }
        finally
        {
            _ = Libc.posix_spawn_file_actions_destroy(actions);
        }
    }

    private static void SetStreams(void* actions, SpawnRequest request, NativeStrings strings)
    {
        const uint readWriteForUserReadForOthers = 0b110_100_100;
        var log = strings.Add(request.Log);
        if (request.Input is { } input)
            Check(Libc.posix_spawn_file_actions_adddup2(actions, input, 0));
        else
            Check(Libc.posix_spawn_file_actions_addopen(actions, 0, strings.Add("/dev/null"), Libc.OpenReadOnly, 0));
        if (request.Output is { } output)
            Check(Libc.posix_spawn_file_actions_adddup2(actions, output, 1));
        else
            Check(Libc.posix_spawn_file_actions_addopen(actions, 1, log, Libc.OpenAppendCreate, readWriteForUserReadForOthers));
        if (request.Output is null)
            Check(Libc.posix_spawn_file_actions_adddup2(actions, 1, 2));
        else
            Check(Libc.posix_spawn_file_actions_addopen(actions, 2, log, Libc.OpenAppendCreate, readWriteForUserReadForOthers));
        Check(Libc.posix_spawn_file_actions_addclosefrom_np(actions, 3));
        Check(Libc.posix_spawn_file_actions_addchdir_np(actions, strings.Add(request.WorkingDirectory)));
    }

    private static void SetSignals(void* attributes, bool unstoppable)
    {
        // .NET ignores SIGPIPE and may block others; a trainer must start as from a shell.
        var signals = stackalloc byte[Libc.SignalSetBytes];
        Check(Libc.sigfillset(signals));
        Check(Libc.posix_spawnattr_setsigdefault(attributes, signals));
        Check(Libc.sigemptyset(signals));
        if (unstoppable)
        {
            const int hangUp = 1, interrupt = 2;
            Check(Libc.sigaddset(signals, hangUp));
            Check(Libc.sigaddset(signals, interrupt));
            Check(Libc.sigaddset(signals, Libc.SigTerm));
        }

        Check(Libc.posix_spawnattr_setsigmask(attributes, signals));
        Check(Libc.posix_spawnattr_setflags(attributes, Libc.SpawnSetSession | Libc.SpawnSetSignalMask | Libc.SpawnSetSignalDefaults));
    }

    private static void Check(int error)
    {
        if (error != 0)
            throw new Win32Exception(error);
    }

    /// <summary>Zero-terminated copies of strings, freed together.</summary>
    private sealed class NativeStrings : IDisposable
    {
        private readonly List<nint> _allocated = [];

        public byte* Add(string text)
        {
            var bytes = Encoding.UTF8.GetByteCount(text);
            var memory = (byte*)Allocate(bytes + 1);
            Encoding.UTF8.GetBytes(text, new Span<byte>(memory, bytes));
            memory[bytes] = 0;
            return memory;
        }

        public byte** Add(IReadOnlyList<string> texts)
        {
            var array = (byte**)Allocate((texts.Count + 1) * sizeof(byte*));
            for (var i = 0; i < texts.Count; i++)
                array[i] = Add(texts[i]);
            array[texts.Count] = null;
            return array;
        }

        public void Dispose() => _allocated.ForEach(memory => System.Runtime.InteropServices.NativeMemory.Free((void*)memory));

        private void* Allocate(int bytes)
        {
            var memory = System.Runtime.InteropServices.NativeMemory.Alloc((nuint)bytes);
            _allocated.Add((nint)memory);
            return memory;
        }
    }
}
