using System.Collections.Concurrent;

namespace Experiments.Registry.Storage;

/// <summary>Connections that only read: as many as there are reads at the same time. Each read sees one snapshot and blocks nobody.</summary>
internal sealed class Readers(string file, bool inline) : IDisposable
{
    private readonly ConcurrentBag<Database> _idle = [];
    private volatile bool _disposed;

    /// <summary>Reads on another thread, in one snapshot.</summary>
    public Task<T> RunAsync<T>(Func<Database, T> read, CancellationToken cancel)
    {
        ObjectDisposedException.ThrowIf(_disposed, typeof(IRegistry));
        return inline ? Inline(read) : Task.Run(() => Run(read), cancel);
    }

    /// <summary>Keeps a connection for the next read.</summary>
    public void Return(Database database)
    {
        if (database.IsFrozen)
        {
            database.Dispose();
            return;
        }

        _idle.Add(database);
        if (_disposed)
            Dispose();
    }

    public void Dispose()
    {
        _disposed = true;
        while (_idle.TryTake(out var database))
            database.Dispose();
    }

    private Task<T> Inline<T>(Func<Database, T> read)
    {
        try
        {
            return Task.FromResult(Run(read));
        }
        catch (Exception error)
        {
            return Task.FromException<T>(error);
        }
    }

    private T Run<T>(Func<Database, T> read)
    {
        Database? database = null;
        try
        {
            if (!_idle.TryTake(out database))
                database = Database.OpenReader(file);
            database["transaction.snapshot"].Run();
            T result;
            try
            {
                result = read(database);
            }
            finally
            {
                database["transaction.commit"].Run();
            }

            Return(database);
            return result;
        }
        catch (SqliteFailure failure)
        {
            // The connection may be in any state: the next read opens a new one.
            database?.Dispose();
            throw failure.ToException(file, "readable");
        }
    }
}
