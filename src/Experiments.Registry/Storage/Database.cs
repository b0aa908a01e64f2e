using SQLitePCL;

namespace Experiments.Registry.Storage;

/// <summary>One connection, used by one thread at a time, and its prepared statements.</summary>
internal sealed class Database : IDisposable
{
    /// <summary>How long a lock that another program holds is waited for.</summary>
    public const int BusySecondsMax = 60;

    private readonly Dictionary<string, Statement> _statements = [];

    private Database(sqlite3 handle) => Handle = handle;

    public sqlite3 Handle { get; }

    public IFaults? Faults { get; set; }

    /// <summary>Opens the connection that writes.</summary>
    public static Database OpenWriter(string file)
    {
        var database = Open(file, raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE);
        try
        {
            // FULL: a commit that returned survives a power cut.
            database.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 2000; PRAGMA cache_size = -262144; PRAGMA temp_store = MEMORY");
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Opens a connection that can't write, and so never checkpoints.</summary>
    /// <exception cref="ExperimentsException">EXP7001: it could only be read where something can be written.</exception>
    public static Database OpenReader(string file) => Filesystem.IsFrozen(file) ? OpenFrozen(file) : Open(file, raw.SQLITE_OPEN_READONLY);

    /// <summary>Whether it takes the file for one that nobody changes. Somebody else may: it is for one read.</summary>
    public bool IsFrozen { get; private init; }

    /// <summary>Opens a registry that nobody has open, where the memory that its users share can't be made.</summary>
    /// <exception cref="ExperimentsException">EXP7001: its last writes are in a log that needs that memory.</exception>
    internal static Database OpenFrozen(string file)
    {
        if (new FileInfo(file + "-wal") is { Exists: true, Length: > 0 })
            throw new ExperimentsException("EXP7001", $"expected `{Path.GetDirectoryName(file)}` to be writable, got a registry whose last writes are still in `{Path.GetFileName(file)}-wal`, which can't be read otherwise",
                "copy both files to a directory of yours, and name that with `--results`", ExitCode.RegistryUnavailable);
        return Open($"file:{string.Join('/', file.Split('/').Select(Uri.EscapeDataString))}?immutable=1", raw.SQLITE_OPEN_READONLY | raw.SQLITE_OPEN_URI, isFrozen: true);
    }

    /// <summary>The prepared statement of a name such as <c>claim.next</c>: file <c>Sql/claim.sql</c>, section <c>next</c>.</summary>
    public Statement this[string name] => _statements.TryGetValue(name, out var statement) ? statement : Prepare(name, Sql.Get(name));

    /// <summary>The prepared statement of a composed text.</summary>
    public Statement Composed(string sql) => _statements.TryGetValue(sql, out var statement) ? statement : Prepare(sql, sql);

    /// <summary>Runs a script of statements that return nothing of interest, once.</summary>
    public void Execute(string script)
    {
        while (!string.IsNullOrWhiteSpace(script))
        {
            Check(raw.sqlite3_prepare_v2(Handle, script, out var statement, out script));
            using (statement)
            {
                int result;
                do
                {
                    Faults?.At(FaultPoint.BeforeStatement);
                    result = raw.sqlite3_step(statement);
                }
                while (result == raw.SQLITE_ROW);
                if (result != raw.SQLITE_DONE)
                    throw Failure();
            }
        }
    }

    /// <summary>The first column of the first row.</summary>
    public long Scalar(string sql)
    {
        Check(raw.sqlite3_prepare_v2(Handle, sql, out var statement));
        using (statement)
        {
            return raw.sqlite3_step(statement) switch
            {
                raw.SQLITE_ROW => raw.sqlite3_column_int64(statement, 0),
                raw.SQLITE_DONE => 0,
                _ => throw Failure(),
            };
        }
    }

    /// <summary>After an error: whatever was being bound or read is given up.</summary>
    public void ResetStatements()
    {
        foreach (var statement in _statements.Values)
            statement.Dispose();
    }

    public void Check(int result)
    {
        if (result != raw.SQLITE_OK)
            throw Failure();
    }

    public SqliteFailure Failure() => new(raw.sqlite3_extended_errcode(Handle), raw.sqlite3_errmsg(Handle).utf8_to_string());

    public void Dispose()
    {
        foreach (var statement in _statements.Values)
            statement.Close();
        _statements.Clear();
        Handle.Dispose();
    }

    private static Database Open(string file, int flags, bool isFrozen = false)
    {
        SqliteLibrary.Load();
        var result = raw.sqlite3_open_v2(file, out var handle, flags | raw.SQLITE_OPEN_NOMUTEX, null);
        if (result != raw.SQLITE_OK)
        {
            var failure = new SqliteFailure(result, handle is null || handle.IsInvalid ? "can't open the file" : raw.sqlite3_errmsg(handle).utf8_to_string());
            handle?.Dispose();
            throw failure;
        }

        raw.sqlite3_busy_timeout(handle, BusySecondsMax * 1000);
        return new Database(handle) { IsFrozen = isFrozen };
    }

    private Statement Prepare(string name, string sql)
    {
        var statement = new Statement(this, sql);
        _statements.Add(name, statement);
        return statement;
    }
}
