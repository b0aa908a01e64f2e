using Experiments.Runtime.Processes;

namespace Experiments.Runtime.Publishing;

/// <summary>What an entry of a directory is. A link is something else, wherever it leads.</summary>
internal enum EntryKind
{
    /// <summary>A regular file.</summary>
    File,

    /// <summary>A directory.</summary>
    Directory,

    /// <summary>A link, pipe, socket or device.</summary>
    Other,
}

/// <summary>
/// A directory as the operating system has it. Trainers write into theirs what they like: links that lead out of it, pipes that block who opens
/// them, names that are not text, paths that are too long. Here no link is followed, nothing but files and directories is opened, and every
/// entry is reached from the directory that holds it.
/// </summary>
internal sealed unsafe class OpenDirectory : IDisposable
{
    /// <summary>Every level takes a descriptor and a place on the stack.</summary>
    private const int DepthMax = 1000;

    private const uint OwnerMay = 0x1C0; // rwx------
    private const uint Permissions = 0xFFF;

    private readonly string _path;
    private readonly int _descriptor;
    private nint _stream;

    private OpenDirectory(string path, int descriptor, nint stream) => (_path, _descriptor, _stream) = (path, descriptor, stream);

    /// <summary>Opens a directory by its path, which is ours and may be a link; <see langword="null"/> when there is none.</summary>
    /// <exception cref="IOException">It can't be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be opened.</exception>
    public static OpenDirectory? At(string path) => Find(Libc.AtWorkingDirectory, path, path, follow: true);

    /// <summary>What there is at a path; links are followed. <see langword="null"/>: nothing.</summary>
    public static EntryKind? KindAt(string path) => Kind(ModeOf(Libc.AtWorkingDirectory, path, path, flags: 0));

    /// <summary>Opens a directory in this one; <see langword="null"/> when there is none of that name, but something else perhaps.</summary>
    public OpenDirectory? Find(string name) => Find(_descriptor, name, PathOf(name), follow: false);

    /// <summary>What an entry is; <see langword="null"/>: there is none.</summary>
    public EntryKind? KindOf(string name) => Kind(ModeOf(_descriptor, name, PathOf(name), Libc.AtNoFollow));

    /// <summary>The names of the entries, as <see cref="EntryName"/> holds them.</summary>
    public List<string> Names()
    {
        const int nameAt = 19;
        var names = new List<string>();
        Libc.rewinddir(_stream);
        byte* entry;
        while ((entry = Libc.readdir(_stream)) != null)
        {
            var name = System.Runtime.InteropServices.MemoryMarshal.CreateReadOnlySpanFromNullTerminated(entry + nameAt);
            if (!name.SequenceEqual("."u8) && !name.SequenceEqual(".."u8))
                names.Add(EntryName.Of(name));
        }

        return Refusal.Last == 0 ? names : throw Refusal.Of($"could not read the directory `{_path}`");
    }

    /// <summary>Makes a directory, unless something of that name is there.</summary>
    public void Make(string name)
    {
        fixed (byte* bytes = EntryName.Bytes(name))
        {
            if (Libc.mkdirat(_descriptor, bytes, 0x1FF) != 0 && Refusal.Last != Refusal.Exists)
                throw Refusal.Of($"could not make the directory `{PathOf(name)}`");
        }
    }

    /// <summary>Lets the owner read and change a directory, if it isn't so: nobody can move it otherwise. Whoever may not do this is told by what comes next.</summary>
    /// <returns>The mode it had, for <see cref="SetMode"/>; <see langword="null"/>: nothing was changed.</returns>
    public uint? Unlock(string name)
    {
        if (ModeOf(_descriptor, name, PathOf(name), Libc.AtNoFollow) is not { } mode || Kind(mode) != EntryKind.Directory || (mode & OwnerMay) == OwnerMay)
            return null;
        SetMode(name, mode | OwnerMay);
        return mode;
    }

    /// <summary>Sets the permissions of an entry, if that is allowed.</summary>
    public void SetMode(string name, uint mode)
    {
        fixed (byte* bytes = EntryName.Bytes(name))
            _ = Libc.fchmodat(_descriptor, bytes, mode & Permissions, Libc.AtNoFollow);
    }

    /// <summary>Moves an entry to another directory in one step, replacing a file or link that has its new name.</summary>
    public void Rename(string name, OpenDirectory to, string newName)
    {
        fixed (byte* from = EntryName.Bytes(name), target = EntryName.Bytes(newName))
        {
            if (Libc.renameat(_descriptor, from, to._descriptor, target) != 0)
                throw Refusal.Of($"could not rename `{PathOf(name)}` to `{to.PathOf(newName)}`");
        }
    }

    /// <summary>Deletes an entry with all that is in it, if it is there.</summary>
    /// <param name="name">The entry.</param>
    /// <param name="force">Also out of directories that their owner has made read-only.</param>
    public void Delete(string name, bool force) => Delete(name, force, depth: 0);

    /// <summary>Deletes a file, a link or an empty directory, if it is there.</summary>
    public void Unlink(string name, EntryKind kind)
    {
        fixed (byte* bytes = EntryName.Bytes(name))
        {
            if (Libc.unlinkat(_descriptor, bytes, kind == EntryKind.Directory ? Libc.AtRemoveDirectory : 0) != 0 && Refusal.Last != Refusal.NoEntry)
                throw Refusal.Of($"could not delete `{PathOf(name)}`");
        }
    }

    /// <summary>Brings the names in this directory to the disk.</summary>
    public void Flush()
    {
        if (!TryFlush(_descriptor, _path))
            FlushFileSystem();
    }

    /// <summary>Brings everything below this directory to the disk.</summary>
    /// <returns>Whether all of it could be opened; what can't be is not the disk's fault.</returns>
    /// <exception cref="IOException">The disk refused.</exception>
    public bool TryFlushAll() => TryFlushAll(depth: 0);

    /// <summary>Brings everything to the disk that is on the file system of this directory. May take long where others write.</summary>
    public void FlushFileSystem()
    {
        if (Libc.syncfs(_descriptor) != 0)
            throw Refusal.Of($"could not bring the file system of `{_path}` to the disk");
    }

    public void Dispose()
    {
        if (_stream != 0)
            _ = Libc.closedir(_stream);
        _stream = 0;
    }

    private void Delete(string name, bool force, int depth)
    {
        if (KindOf(name) is not { } kind)
            return;
        if (kind == EntryKind.Directory)
        {
            if (force)
                Unlock(name);
            using var inner = Find(name);
            if (depth == DepthMax)
                throw new IOException($"could not delete `{PathOf(name)}`: more than {DepthMax} directories in each other");
            foreach (var entry in inner?.Names() ?? [])
                inner!.Delete(entry, force, depth + 1);
        }

        Unlink(name, kind);
    }

    private bool TryFlushAll(int depth)
    {
        var all = true;
        var names = Names();
        foreach (var name in names)
        {
            all &= KindOf(name) switch
            {
                EntryKind.File => TryFlushFile(name),
                EntryKind.Directory => TryFlushDirectory(name, depth + 1),
                _ => true,
            };
        }

        return names.Count == 0 ? all : all & TryFlush(_descriptor, _path);
    }

    private bool TryFlushDirectory(string name, int depth)
    {
        if (depth > DepthMax)
            return false;
        using var inner = TryOpen(_descriptor, name, PathOf(name), follow: false, out var error);
        return inner?.TryFlushAll(depth) ?? IsNotTheDisks(error, PathOf(name));
    }

    private bool TryFlushFile(string name)
    {
        var descriptor = TryOpen(_descriptor, name, follow: false, out var error);
        if (descriptor < 0)
            return IsNotTheDisks(error, PathOf(name));
        try
        {
            return TryFlush(descriptor, PathOf(name));
        }
        finally
        {
            _ = Libc.close(descriptor);
        }
    }

    private static bool TryFlush(int descriptor, string path)
    {
        while (Libc.fsync(descriptor) != 0)
        {
            if (Refusal.Last != Refusal.Interrupted)
                return IsNotTheDisks(Refusal.Last, path);
        }

        return true;
    }

    /// <summary>Throws what is the disk's fault; <see langword="false"/> for the rest, which is for <see cref="FlushFileSystem"/>.</summary>
    private static bool IsNotTheDisks(int error, string path) =>
        error is Refusal.InputOutput or Refusal.NoSpace or Refusal.OverQuota or Refusal.ReadOnly ? throw Refusal.Of($"could not bring `{path}` to the disk", error) : false;

    private static OpenDirectory? Find(int directory, string name, string path, bool follow) => Kind(ModeOf(directory, name, path, follow ? 0 : Libc.AtNoFollow)) == EntryKind.Directory
        ? TryOpen(directory, name, path, follow, out var error) ?? throw Refusal.Of($"could not open the directory `{path}`", error)
        : null;

    private static OpenDirectory? TryOpen(int directory, string name, string path, bool follow, out int error)
    {
        var descriptor = TryOpen(directory, name, follow, out error);
        if (descriptor < 0)
            return null;
        var stream = Libc.fdopendir(descriptor);
        if (stream != 0)
            return new OpenDirectory(path, descriptor, stream);
        error = Refusal.Last;
        _ = Libc.close(descriptor);
        return null;
    }

    /// <summary>Opens what was a file or a directory a moment ago; should it have become a pipe since, it does not block.</summary>
    private static int TryOpen(int directory, string name, bool follow, out int error)
    {
        fixed (byte* bytes = EntryName.Bytes(name))
        {
            var descriptor = Libc.openat(directory, bytes, (follow ? Libc.OpenReadOnly : Libc.OpenNoFollow) | Libc.OpenWithoutWaiting | Libc.OpenNoControllingTerminal | Libc.CloseOnExec, 0);
            error = descriptor < 0 ? Refusal.Last : 0;
            return descriptor;
        }
    }

    private static uint? ModeOf(int directory, string name, string path, int flags)
    {
        const int modeAt = 28;
        var found = stackalloc byte[Libc.StatxBytes];
        fixed (byte* bytes = EntryName.Bytes(name))
        {
            if (Libc.statx(directory, bytes, flags, Libc.StatxTypeAndMode, found) == 0)
                return *(ushort*)(found + modeAt);
        }

        return Refusal.Last is Refusal.NoEntry or Refusal.NotDirectory ? null : throw Refusal.Of($"could not look at `{path}`");
    }

    private static EntryKind? Kind(uint? mode) => (mode & 0xF000) switch
    {
        null => null,
        0x8000 => EntryKind.File,
        0x4000 => EntryKind.Directory,
        _ => EntryKind.Other,
    };

    private string PathOf(string name) => $"{_path}/{EntryName.Shown(name)}";
}
