using Experiments.Registry.Storage;

namespace Experiments.Registry;

/// <summary>The registry in one SQLite file, <c>registry.db</c> of a results root. Any number of processes of one host may have it open.</summary>
public sealed partial class SqliteRegistry : IRegistry
{
    private readonly Readers _readers;
    private readonly Writer? _writer;
    private readonly TimeProvider _time;

    private SqliteRegistry(string file, RegistryOptions options, Writer? writer, Database reader)
    {
        File = file;
        _time = options.Time;
        _writer = writer;
        _readers = new Readers(file, options.Inline);
        _readers.Return(reader);
    }

    /// <summary>Absolute path of the registry's file.</summary>
    public string File { get; }

    /// <summary>Opens the registry of a results root, and creates both where they are missing unless it is only looked at.</summary>
    /// <param name="root">The results root.</param>
    /// <param name="options">How.</param>
    /// <param name="cancel">Cancels the call.</param>
    /// <exception cref="ExperimentsException">
    /// EXP7001: not writable. EXP7002: written by a newer version. EXP7003: damaged or not a registry.
    /// EXP7004: the filesystem can't hold a registry. EXP7005: there is none, and it is only looked at or must not be created.
    /// EXP7007: another process does not let this one write.
    /// </exception>
    public static Task<SqliteRegistry> OpenAsync(ResultsRoot root, RegistryOptions options, CancellationToken cancel = default)
    {
        // Opening takes a few milliseconds and has nothing to wait for.
        cancel.ThrowIfCancellationRequested();
        return Task.FromResult(Open(root.RegistryFile, options, Schema.Current));
    }

    /// <summary>Opens a registry with a given schema.</summary>
    internal static SqliteRegistry Open(string file, RegistryOptions options, Schema schema)
    {
        try
        {
            return options.ReadOnly ? OpenForLooking(file, options, schema) : OpenForWriting(file, options, schema);
        }
        catch (SqliteFailure failure)
        {
            throw failure.ToException(file, options.ReadOnly ? "readable" : "writable");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ExperimentsException("EXP7001", $"expected the results root `{Path.GetDirectoryName(file)}` to be {(options.ReadOnly ? "readable" : "writable")}, got: {error.Message}",
                "check its permissions and the space on its disk, or choose another with `--results`", ExitCode.RegistryUnavailable, error);
        }
    }

    /// <summary>Completes the writes under way and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        _readers.Dispose();
        if (_writer is not null)
            await _writer.DisposeAsync().ConfigureAwait(false);
    }

    private static SqliteRegistry OpenForLooking(string file, RegistryOptions options, Schema schema)
    {
        RequireFile(file);
        Filesystem.RefuseNetwork(file);
        var reader = Database.OpenReader(file);
        try
        {
            var version = schema.Inspect(reader, file);
            // Whoever was about to create it was killed, or is about to go on.
            if (version == 0)
                throw Missing(file, "an empty");
            if (version < schema.Version)
                throw new ExperimentsException("EXP7002", $"expected `{file}` to have schema version {schema.Version}, got version {version}: an older version of Experiments wrote it",
                    "`registry check` upgrades it, after a backup", ExitCode.RegistryUnavailable);
            return new SqliteRegistry(file, options, null, reader);
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    private static bool Exists(string file)
    {
        try
        {
            // `File.Exists` takes what it may not see for absent.
            System.IO.File.GetAttributes(file);
            return true;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return false;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ExperimentsException("EXP7001", $"expected the results root `{Path.GetDirectoryName(file)}` to be readable, got: {error.Message.TrimEnd('.')}",
                "check its permissions, or choose another with `--results`", ExitCode.RegistryUnavailable, error);
        }
    }

    private static void RequireFile(string file)
    {
        if (!Exists(file))
            throw Missing(file, "no");
    }

    private static ExperimentsException Missing(string file, string found) => new("EXP7005", $"expected `{Path.GetDirectoryName(file)}` to be a results root, got {found} `{Path.GetFileName(file)}` in it",
        "run something first, or name the results root with `--results`", ExitCode.NotFound);

    private static SqliteRegistry OpenForWriting(string file, RegistryOptions options, Schema schema)
    {
        if (!options.Create)
            RequireFile(file);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        Filesystem.RefuseNetwork(file);
        var gate = new Gate(file, options.TurnWaitMax);
        Database? database = null;
        try
        {
            gate.Enter();
            try
            {
                if (!System.IO.File.Exists(file))
                    Filesystem.Probe(file);
                database = Database.OpenWriter(file);
                schema.Upgrade(database, file);
            }
            finally
            {
                gate.Exit();
            }

            return new SqliteRegistry(file, options, new Writer(file, database, gate, options.Faults, options.Inline), Database.OpenReader(file));
        }
        catch
        {
            database?.Dispose();
            gate.Dispose();
            throw;
        }
    }

    internal Task<T> WriteAsync<T>(Func<Database, T> write, CancellationToken cancel) =>
        _writer is not null ? _writer.RunAsync(write, cancel) : throw new InvalidOperationException("the registry was opened only to look at it");

    private Task<T> ReadAsync<T>(Func<Database, T> read, CancellationToken cancel) => _readers.RunAsync(read, cancel);

    private long Now() => _time.GetUtcNow().ToUnixTimeMilliseconds();
}
