using System.Collections;
using System.ComponentModel;
using System.Globalization;
using Experiments.Registry;
using Experiments.Runtime.Processes;
using Microsoft.Win32.SafeHandles;

namespace Experiments.Runtime.Keeper;

/// <summary>The worker's end of its keeper: starts it with the first order, and again should it die.</summary>
internal sealed class KeeperLink : IDisposable
{
    private readonly Lock _lock = new();
    private readonly IReadOnlyList<string> _program;
    private readonly string _log;
    private readonly string _mayStart;
    private Connection? _connection;
    private long _lastId;

    /// <summary>Prepares a link; no process is started yet.</summary>
    /// <param name="program">The words that start this program once more.</param>
    /// <param name="root">The results root.</param>
    /// <param name="workerId">The worker.</param>
    public KeeperLink(IReadOnlyList<string> program, ResultsRoot root, string workerId)
    {
        _log = Path.Combine(root.Workers, $"{workerId}.log");
        _mayStart = OrdersLock.PathOf(root, workerId);
        _program = program;
    }

    /// <summary>The hidden first argument of a keeper process.</summary>
    public const string Verb = "__keeper";

    /// <summary>Starts the keeper if it isn't running, so that it gets ready while its first order is prepared.</summary>
    /// <exception cref="ExperimentsException">EXP8040: the keeper could not be started.</exception>
    public void Prepare()
    {
        lock (_lock)
            _ = Connect();
    }

    /// <summary>Starts an attempt's process.</summary>
    /// <param name="record">Path of its <see cref="ProcessRecord"/>.</param>
    /// <param name="command">Absolute path of the executable and its arguments.</param>
    /// <param name="variables">Variables set on top of this process's environment, as <c>NAME=value</c>.</param>
    /// <param name="workingDirectory">Absolute directory to run in.</param>
    /// <param name="log">Absolute path of the file that output is appended to.</param>
    /// <exception cref="SpawnRefusedException">The operating system refused.</exception>
    /// <exception cref="ExperimentsException">EXP8040: the keeper could not be started, or died before it answered.</exception>
    public async Task<AttemptProcess> StartAsync(string record, IReadOnlyList<string> command, IReadOnlyList<string> variables, string workingDirectory, string log)
    {
        Task<AttemptProcess> started;
        lock (_lock)
        {
            var order = new SpawnOrder(++_lastId, record, command, variables, workingDirectory, log);
            started = Connect().Send(order);
        }

        return await started.ConfigureAwait(false);
    }

    /// <summary>Lets the keeper go: it ends when the last attempt has ended. What it had to say stays, if it said anything.</summary>
    public void Dispose()
    {
        lock (_lock)
            _connection?.Dispose();
        if (new FileInfo(_log) is { Exists: true, Length: 0 } file)
            file.Delete();
    }

    private Connection Connect()
    {
        if (_connection is { IsOpen: true })
            return _connection;
        _connection?.Dispose();
        try
        {
            return _connection = Connection.Open(_program, _mayStart, _log);
        }
        catch (EntryPointNotFoundException e)
        {
            throw new ExperimentsException("EXP8040", $"expected a C library that can start attempts, got one without: {e.Message}",
                "workers need Linux with glibc 2.34 (2021) or newer; planning and looking work everywhere", cause: e);
        }
        catch (Exception e) when (e is Win32Exception or IOException)
        {
            throw new ExperimentsException("EXP8040", $"expected to start `{string.Join(' ', _program)}` as the parent of attempts, got: {e.Message}",
                "this program must be able to start itself; check its file and the limit on processes (`ulimit -u`)", cause: e);
        }
    }

    /// <summary>One keeper process and what it was asked.</summary>
    private sealed class Connection : IDisposable
    {
        private readonly Lock _lock = new();
        private readonly int _pid;
        private readonly BinaryReader _news;
        private readonly BinaryWriter _orders;
        private readonly Dictionary<long, (SpawnOrder Order, TaskCompletionSource<AttemptProcess> Started)> _asked = [];
        private readonly Dictionary<long, (SpawnOrder Order, ProcessIdentity Process, TaskCompletionSource<ExitStatus> Exited)> _running = [];

        private Connection(int pid, Stream orders, Stream news)
        {
            _pid = pid;
            _orders = new BinaryWriter(new BufferedStream(orders, 4096));
            _news = new BinaryReader(new BufferedStream(news, 4096));
        }

        public bool IsOpen { get; private set; } = true;

        public static Connection Open(IReadOnlyList<string> program, string mayStart, string log)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(log)!);
            var (keeperReads, weWrite) = Pipe();
            using var _ = keeperReads;
            var (weRead, keeperWrites) = Pipe();
            using var __ = keeperWrites;
            var pid = Spawner.Start(new SpawnRequest
            {
                Command = [.. program, Verb, Environment.ProcessId.ToString(CultureInfo.InvariantCulture), mayStart],
                Environment = KeeperRuntime.Environment([.. Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(v => $"{v.Key}={v.Value}")]),
                WorkingDirectory = "/",
                Log = log,
                Input = (int)keeperReads.DangerousGetHandle(),
                Output = (int)keeperWrites.DangerousGetHandle(),
                Unstoppable = true,
            });
            var connection = new Connection(pid, new FileStream(weWrite, FileAccess.Write, 0), new FileStream(weRead, FileAccess.Read, 0));
            new Thread(connection.Listen) { IsBackground = true, Name = "keeper" }.Start();
            return connection;
        }

        public Task<AttemptProcess> Send(SpawnOrder order)
        {
            var started = new TaskCompletionSource<AttemptProcess>(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (_lock)
            {
                _asked.Add(order.Id, (order, started));
                try
                {
                    order.Write(_orders);
                }
                catch (Exception e) when (e is IOException or ObjectDisposedException)
                {
                    _asked.Remove(order.Id);
                    started.SetException(Lost());
                }
            }

            return started.Task;
        }

        public void Dispose()
        {
            lock (_lock)
            {
                IsOpen = false;
                try
                {
                    _orders.Dispose();
                }
                catch (IOException)
                {
                    // The keeper died with an order unread, which was refused when it was sent.
                    return;
                }
            }
        }

        private void Listen()
        {
            try
            {
                while (true)
                    Hear(KeeperNews.Read(_news));
            }
            catch (Exception e) when (e is EndOfStreamException or IOException)
            {
                LoseKeeper();
            }
        }

        private void Hear(KeeperNews news)
        {
            lock (_lock)
            {
                switch (news.Kind)
                {
                    case KeeperNewsKind.Started:
                        _asked.Remove(news.Id, out var asked);
                        var process = new ProcessIdentity(news.Number, news.StartTicks, ProcFs.BootId);
                        var exited = new TaskCompletionSource<ExitStatus>(TaskCreationOptions.RunContinuationsAsynchronously);
                        _running.Add(news.Id, (asked.Order, process, exited));
                        asked.Started.SetResult(new AttemptProcess(process, asked.Order.Record, exited.Task));
                        break;
                    case KeeperNewsKind.Refused:
                        _asked.Remove(news.Id, out var refused);
                        refused.Started.SetException(new SpawnRefusedException(news.Number, news.Text));
                        break;
                    default:
                        _running.Remove(news.Id, out var running);
                        running.Exited.SetResult(news.Kind == KeeperNewsKind.Killed ? new ExitStatus(null, news.Number) : new ExitStatus(news.Number, null));
                        break;
                }
            }
        }

        /// <summary>The keeper has ended, in good order or not: what it had not answered is lost, what still runs is watched from here.</summary>
        private void LoseKeeper()
        {
            lock (_lock)
            {
                IsOpen = false;
                foreach (var (_, started) in _asked.Values)
                    started.SetException(Lost());
                foreach (var (order, process, exited) in _running.Values)
                    _ = AttemptProcess.WatchAsync(process, order.Record).ContinueWith(exit => exited.SetResult(exit.Result), TaskScheduler.Default);
                _asked.Clear();
                _running.Clear();
                _news.Dispose();
            }

            Reap();
        }

        private unsafe void Reap()
        {
            int status;
            _ = Libc.waitpid(_pid, &status, 0);
        }

        private static ExperimentsException Lost() => new("EXP8040", "expected the parent process of the attempts to answer, got its end",
            "somebody killed it; runs it was starting are tried again");

        private static unsafe (SafeFileHandle Read, SafeFileHandle Write) Pipe()
        {
            var ends = stackalloc int[2];
            if (Libc.pipe2(ends, Libc.CloseOnExec) != 0)
                throw new Win32Exception();
            return (new SafeFileHandle(ends[0], ownsHandle: true), new SafeFileHandle(ends[1], ownsHandle: true));
        }
    }
}
