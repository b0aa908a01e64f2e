using SQLitePCL;

namespace Experiments.Registry.Storage;

/// <summary>SQLite refused. Turned into an <see cref="ExperimentsException"/> before it leaves the registry.</summary>
internal sealed class SqliteFailure(int code, string message) : Exception($"SQLite error {code}: {message}")
{
    /// <summary>The extended result code.</summary>
    public int Code { get; } = code;

    /// <summary>The primary result code.</summary>
    public int PrimaryCode => Code & 0xff;

    /// <summary>Whether it was the statement's own fault, so that the transaction around it is whole.</summary>
    public bool IsStatementOnly => PrimaryCode is raw.SQLITE_CONSTRAINT or raw.SQLITE_ERROR or raw.SQLITE_MISMATCH or raw.SQLITE_TOOBIG or raw.SQLITE_RANGE;

    /// <summary>The error that people see.</summary>
    /// <param name="file">The registry's file.</param>
    /// <param name="wanted">What it had to be.</param>
    public ExperimentsException ToException(string file, string wanted = "writable") => PrimaryCode switch
    {
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => new ExperimentsException("EXP7003",
            $"expected `{file}` to be a registry, got a damaged file ({Message})",
            "keep a copy of the file with its `-wal` and `-shm` neighbours, then try `registry check`; results under `runs/` are untouched",
            ExitCode.RegistryUnavailable, this),
        raw.SQLITE_READONLY or raw.SQLITE_CANTOPEN or raw.SQLITE_PERM or raw.SQLITE_AUTH => new ExperimentsException("EXP7001",
            $"expected `{file}` to be {wanted}, got {Message}",
            "check the permissions of the results root and of the registry's files, or choose another with `--results`",
            ExitCode.RegistryUnavailable, this),
        raw.SQLITE_FULL => new ExperimentsException("EXP7006",
            $"expected space to write to `{file}`, got a full disk; nothing of this operation was recorded",
            "free space on the disk of the results root, then repeat the command",
            ExitCode.RegistryUnavailable, this),
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED or raw.SQLITE_PROTOCOL => new ExperimentsException("EXP7007",
            $"expected `{file}` to be free within {Database.BusySecondsMax} s, got a transaction of another program that does not end",
            "look for a suspended process or an open database tool: `fuser -v` names them",
            ExitCode.RegistryUnavailable, this),
        _ => new ExperimentsException("EXP7008",
            $"expected to read and write `{file}`, got {Message}; nothing of this operation was recorded",
            "check the disk (`dmesg`) and the file (`registry check`), then repeat the command",
            ExitCode.RegistryUnavailable, this),
    };
}
