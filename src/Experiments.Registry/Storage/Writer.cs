using System.Collections.Concurrent;
using System.Diagnostics;
using SQLitePCL;

namespace Experiments.Registry.Storage;

/// <summary>
/// The one way to write: a thread that takes what is queued, does it in one transaction (group commit) and tells each caller
/// once that is durable. A write is a function of the connection that may run more than once before it is committed.
/// </summary>
internal sealed class Writer : IAsyncDisposable
{
    /// <summary>A turn ends after this time, so that other processes get theirs.</summary>
    private static readonly TimeSpan s_turnMax = TimeSpan.FromMilliseconds(5);

    /// <summary>The write-ahead log is brought into the file after this many pages.</summary>
    private const int CheckpointPages = 2000;

    /// <summary>How long the turn to close is waited for: it is only there to spare others a wait.</summary>
    private static readonly TimeSpan s_closingMax = TimeSpan.FromSeconds(1);

    private const int PagesWritten = 9; // SQLITE_DBSTATUS_CACHE_WRITE

    private readonly string _file;
    private readonly Database _database;
    private readonly Gate _gate;
    private readonly IFaults? _faults;
    private readonly bool _inline;
    private readonly BlockingCollection<Write> _queue = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile TaskCompletionSource _stuck = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _start = new();
    private Thread? _thread;
    private Exception? _death;

    // Each process counts its own pages. Begun anywhere, so that those that start together don't all checkpoint together.
    private int _pages = Random.Shared.Next(CheckpointPages);

    /// <summary>Takes over the connection and the gate.</summary>
    /// <param name="file">The registry's file, for messages.</param>
    /// <param name="database">The connection.</param>
    /// <param name="gate">The gate.</param>
    /// <param name="faults">Where tests make things go wrong.</param>
    /// <param name="inline">Whether writes are done on the thread that asks, one after the other: what one thread does happens in one order.</param>
    public Writer(string file, Database database, Gate gate, IFaults? faults, bool inline = false)
    {
        _file = file;
        _database = database;
        _gate = gate;
        _faults = faults;
        _inline = inline;
        database.Execute("PRAGMA wal_autocheckpoint = 0");
        database.Faults = faults;
    }

    /// <summary>Queues a write.</summary>
    /// <param name="write">What to do. Run inside a transaction; if it throws, it alone is undone.</param>
    /// <param name="cancel">Cancels a write that has not begun; one that has is completed and reported.</param>
    public Task<T> RunAsync<T>(Func<Database, T> write, CancellationToken cancel)
    {
        var item = new Write<T>(write, cancel);
        try
        {
            _queue.Add(item, CancellationToken.None);
        }
        catch (InvalidOperationException)
        {
            return Task.FromException<T>(_death ?? new ObjectDisposedException(nameof(IRegistry)));
        }

        if (_inline)
            WriteQueued();
        else
            EnsureStarted();
        return item.Task;
    }

    /// <summary>Completes what is queued and closes the connection. Where a turn did not come in time, that is left to the end of this process.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.CompleteAdding();
        if (_inline)
            WriteQueued();
        else
            EnsureStarted();
        if (await Task.WhenAny(_ended.Task, _stuck.Task).ConfigureAwait(false) == _ended.Task)
            _queue.Dispose();
    }

    private void EnsureStarted()
    {
        if (_thread is not null)
            return;
        lock (_start)
        {
            if (_thread is not null)
                return;
            _thread = new Thread(() => Loop(Timeout.Infinite)) { IsBackground = true, Name = "registry writer" };
            _thread.Start();
        }
    }

    private void WriteQueued()
    {
        lock (_start)
        {
            if (!_ended.Task.IsCompleted)
                Loop(waitMilliseconds: 0);
        }
    }

    /// <summary>Writes what is queued, and closes the connection once nothing more can be.</summary>
    private void Loop(int waitMilliseconds)
    {
        var batch = new List<Write>();
        try
        {
            while (_queue.TryTake(out var first, waitMilliseconds))
            {
                if (TakeTurn(first, batch))
                    _gate.StepAside();
            }

            if (!_queue.IsAddingCompleted)
                return;

            // The last connection to close checkpoints: under the gate, like every checkpoint.
            _gate.TryEnter(s_closingMax);
            _database.Dispose();
            _gate.Dispose();
            _ended.SetResult();
        }
        catch (Exception error)
        {
            // Nothing that a write does comes here: the gate or the connection is gone.
            _death = error is IOException ? new ExperimentsException("EXP7008", $"expected to lock `{_file}`, got: {error.Message}", "check the disk, then repeat the command", ExitCode.RegistryUnavailable, error) : error;
            _queue.CompleteAdding();
            foreach (var write in batch.Concat(_queue))
                write.Fail(_death);
            _database.Dispose();
            _gate.Dispose();
            _ended.TrySetResult();
        }
    }

    /// <summary>Writes what is queued, transaction by transaction, until there is no more or the time is up.</summary>
    /// <returns>Whether the time was up.</returns>
    private bool TakeTurn(Write first, List<Write> batch)
    {
        if (!_gate.TryEnter())
        {
            var stuck = _stuck;
            using var overdue = new Timer(_ => GiveUp(first, stuck), null, _gate.WaitMax, _gate.WaitMax);
            _gate.Sleep();
            // A new one always: the timer may just have begun to tell of the old one.
            _stuck = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        try
        {
            var began = Stopwatch.GetTimestamp();
            for (var next = first; next is not null; _queue.TryTake(out next))
            {
                batch.Clear();
                batch.Add(next);
                Attempt(batch, mayGrow: true);
                Checkpoint();
                if (Stopwatch.GetElapsedTime(began) >= s_turnMax)
                    return true;
            }

            return false;
        }
        finally
        {
            _gate.Exit();
        }
    }

    /// <summary>Tells those who wait for a turn that another process does not end: this one and all behind it. The turn is waited for all the same.</summary>
    private void GiveUp(Write first, TaskCompletionSource stuck)
    {
        var held = _gate.Held();
        for (var next = first; next is not null; _queue.TryTake(out next))
            next.GiveUp(held);
        stuck.TrySetResult();
    }

    /// <summary>Brings the log into the file now and then: under the gate, so nobody writes meanwhile, but after the callers were told, since what they wrote is durable in the log.</summary>
    private void Checkpoint()
    {
        if (raw.sqlite3_db_status(_database.Handle, PagesWritten, out var written, out _, 1) != raw.SQLITE_OK || (_pages += written) < CheckpointPages)
            return;
        _pages = 0;
        // Readers may hold some of it back, and a full disk all of it: nothing is lost, and the next one goes on from there.
        _ = raw.sqlite3_wal_checkpoint_v2(_database.Handle, null, raw.SQLITE_CHECKPOINT_PASSIVE, out _, out _);
    }

    /// <summary>Does a batch in one transaction. When the transaction as a whole fails, each write is tried in one of its own, so that the failure meets only its cause.</summary>
    private void Attempt(List<Write> batch, bool mayGrow)
    {
        var failure = TryCommit(batch, mayGrow);
        if (failure is null)
        {
            foreach (var write in batch)
                write.Complete();
        }
        else if (batch.Count == 1)
        {
            batch[0].Fail(failure.ToException(_file));
        }
        else
        {
            foreach (var write in batch.ToArray())
                Attempt([write], mayGrow: false);
        }
    }

    private SqliteFailure? TryCommit(List<Write> batch, bool mayGrow)
    {
        try
        {
            Commit(batch, mayGrow);
            return null;
        }
        catch (SqliteFailure failure)
        {
            RollBack();
            return failure;
        }
    }

    private void Commit(List<Write> batch, bool mayGrow)
    {
        _faults?.At(FaultPoint.BeforeBegin);
        _database["transaction.begin"].Run();
        var began = Stopwatch.GetTimestamp();
        for (var i = 0; i < batch.Count; i++)
        {
            Do(batch[i]);
            if (mayGrow && i == batch.Count - 1 && Stopwatch.GetElapsedTime(began) < s_turnMax && _queue.TryTake(out var next))
                batch.Add(next);
        }

        _faults?.At(FaultPoint.BeforeCommit);
        _database["transaction.commit"].Run();
        _faults?.At(FaultPoint.AfterCommit);
    }

    private void Do(Write write)
    {
        if (!write.TryBegin())
            return;
        _database["transaction.savepoint"].Run();
        try
        {
            write.Run(_database);
        }
        catch (SqliteFailure failure) when (!failure.IsStatementOnly)
        {
            throw;
        }
        catch (Exception error) when (error is not SimulatedCrashException)
        {
            _database.ResetStatements();
            _database["transaction.undo"].Run();
            write.Refuse(error is SqliteFailure failure ? failure.ToException(_file) : error);
        }

        _database["transaction.release"].Run();
    }

    private void RollBack()
    {
        _database.ResetStatements();
        // Some errors, a full disk among them, have ended the transaction already; and one that can't write any more is still undone in memory.
        if (raw.sqlite3_get_autocommit(_database.Handle) == 0 && raw.sqlite3_exec(_database.Handle, "ROLLBACK") != raw.SQLITE_OK && raw.sqlite3_get_autocommit(_database.Handle) == 0)
            throw _database.Failure();
    }

    private abstract class Write(CancellationToken cancel)
    {
        private const int Waits = 0, Begun = 1, GivenUp = 2;

        private int _state;

        protected CancellationToken Cancel { get; } = cancel;

        protected bool IsGivenUp => Volatile.Read(ref _state) == GivenUp;

        protected bool HasBegun => Volatile.Read(ref _state) == Begun;

        /// <summary>Whether it may be done, perhaps once more: nobody was told that it is not, nor cancelled it before it began.</summary>
        public bool TryBegin() => HasBegun || (!Cancel.IsCancellationRequested && Interlocked.CompareExchange(ref _state, Begun, Waits) == Waits);

        /// <summary>Tells the caller that nothing is done, unless it has begun.</summary>
        public void GiveUp(Exception error)
        {
            if (Interlocked.CompareExchange(ref _state, GivenUp, Waits) == Waits)
                Fail(error);
        }

        /// <summary>Does it and keeps the result.</summary>
        public abstract void Run(Database database);

        /// <summary>Keeps a reason why it alone was not done.</summary>
        public abstract void Refuse(Exception error);

        /// <summary>Tells the caller what was kept: it is durable now.</summary>
        public abstract void Complete();

        /// <summary>Tells the caller that nothing was done.</summary>
        public abstract void Fail(Exception error);
    }

    private sealed class Write<T>(Func<Database, T> write, CancellationToken cancel) : Write(cancel)
    {
        private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? _result;
        private Exception? _refusal;

        public Task<T> Task => _done.Task;

        public override void Run(Database database)
        {
            _refusal = null;
            _result = write(database);
        }

        public override void Refuse(Exception error) => _refusal = error;

        public override void Complete()
        {
            if (IsGivenUp)
                return;
            if (!HasBegun)
                _done.TrySetCanceled(Cancel);
            else if (_refusal is not null)
                _done.SetException(_refusal);
            else
                _done.SetResult(_result!);
        }

        public override void Fail(Exception error) => _done.TrySetException(error);
    }
}
