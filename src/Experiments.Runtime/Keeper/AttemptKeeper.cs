using System.Collections;
using System.ComponentModel;
using System.Runtime.InteropServices;
using Experiments.Registry;
using Experiments.Runtime.Processes;
using Microsoft.Win32.SafeHandles;

namespace Experiments.Runtime.Keeper;

/// <summary>
/// The process that is the parent of a worker's attempts, so that how they end is known even when the worker is killed. It does nothing but
/// start them, wait, clear away what they leave behind, and write <see cref="ProcessRecord"/>s. It ends when its worker has gone and the last attempt has ended.
/// </summary>
internal sealed class AttemptKeeper
{
    private readonly Lock _lock = new();
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(25);

    private readonly Dictionary<int, SpawnOrder> _running = [];
    private readonly Dictionary<int, ExitStatus> _survived = [];
    private readonly AutoResetEvent _started = new(false);
    private readonly IReadOnlyList<string> _environment = KeeperRuntime.WorkersEnvironment([.. Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(v => $"{v.Key}={v.Value}")]);
    private readonly BinaryReader _orders;
    private readonly BinaryWriter _news;
    private readonly int _worker;
    private readonly FileStream _mayStart;
    private bool _workerGone;

    private AttemptKeeper(Stream orders, Stream news, int worker, FileStream mayStart)
    {
        _mayStart = mayStart;
        _orders = new BinaryReader(orders);
        _news = new BinaryWriter(new BufferedStream(news, 512));
        _worker = worker;
    }

    /// <summary>Keeps attempts until the worker and the last attempt have ended.</summary>
    /// <param name="worker">Process id of the worker, our parent.</param>
    /// <param name="mayStart">Path of the file that is held as long as orders may still be carried out (<see cref="OrdersLock"/>).</param>
    public static void Run(int worker, string mayStart)
    {
        using var held = OrdersLock.Hold(mayStart);
        using var input = new FileStream(new SafeFileHandle(0, ownsHandle: false), FileAccess.Read, 4096);
        using var output = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, 0);
        // Descendants that outlive an attempt's process become our children, so that they can be found and ended.
        const int setChildSubreaper = 36;
        _ = Libc.prctl(setChildSubreaper, 1, 0, 0, 0);
        new AttemptKeeper(input, output, worker, held).Run();
    }

    private void Run()
    {
        var waiter = new Thread(WaitForChildren) { Name = "wait for attempts" };
        waiter.Start();
        try
        {
            while (true)
                Start(SpawnOrder.Read(_orders));
        }
        catch (EndOfStreamException)
        {
            _mayStart.Dispose();
            lock (_lock)
                _workerGone = true;
            _started.Set();
        }

        waiter.Join();
    }

    private void Start(SpawnOrder order)
    {
        lock (_lock)
        {
            // An order that is still in the pipe when the worker dies must not start: the next worker could not know of it.
            if (Libc.getppid() != _worker)
                return;
            Tell(TryStart(order));
        }

        _started.Set();
    }

    private KeeperNews TryStart(SpawnOrder order)
    {
        int pid;
        try
        {
            pid = Spawner.Start(new SpawnRequest
            {
                Command = order.Command,
                Environment = Merge(order.Variables),
                WorkingDirectory = order.WorkingDirectory,
                Log = order.Log,
            });
        }
        catch (Win32Exception e)
        {
            return new KeeperNews(KeeperNewsKind.Refused, order.Id, e.NativeErrorCode, Text: e.Message);
        }

        // Not reaped by us, so still in the table, even if it has ended.
        var process = ProcFs.Identify(pid)!;
        _running.Add(pid, order);
        try
        {
            ProcessRecord.Begin(order.Record, process);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // An attempt that can't be recorded could be started twice.
            _ = Libc.kill(-pid, Libc.SigKill);
            _running.Remove(pid);
            return new KeeperNews(KeeperNewsKind.Refused, order.Id, 0, Text: e.Message);
        }

        return new KeeperNews(KeeperNewsKind.Started, order.Id, pid, process.StartTicks);
    }

    private List<string> Merge(IReadOnlyList<string> variables)
    {
        var names = variables.Select(NameOf).ToHashSet();
        return [.. _environment.Where(v => !names.Contains(NameOf(v))), .. variables];

        static string NameOf(string variable) => variable[..variable.IndexOf('=')];
    }

    private void WaitForChildren()
    {
        while (true)
        {
            EndSurvived();
            if ((_survived.Count == 0 ? WaitForOne() : LookForOne()) is not var (pid, exit))
            {
                if (_survived.Count > 0)
                {
                    _started.WaitOne(LookEvery);
                    continue;
                }

                lock (_lock)
                {
                    if (_workerGone && _running.Count == 0)
                        return;
                }

                _started.WaitOne();
                continue;
            }

            lock (_lock)
            {
                if (MayOthersGoOn(pid))
                    _survived.Add(pid, exit);
                else
                    End(pid, exit);
            }
        }
    }

    /// <summary>Whether the rest of its group has been asked to stop and still takes its time. A shell that waits for a trainer dies of the SIGTERM at which the trainer saves.</summary>
    private bool MayOthersGoOn(int pid) =>
        _running.TryGetValue(pid, out var order) && ProcessRecord.TryRead(order.Record) is { IsStopping: true } && ProcFs.IsGroupRunning(pid);

    private void EndSurvived()
    {
        lock (_lock)
        {
            foreach (var (pid, exit) in _survived.Where(s => !MayOthersGoOn(s.Key)).ToList())
            {
                _survived.Remove(pid);
                End(pid, exit);
            }
        }
    }

    private void End(int pid, ExitStatus exit)
    {
        if (_running.Remove(pid, out var order))
        {
            // The ended process still holds its id, so the group can't be anybody else's.
            _ = Libc.kill(-pid, Libc.SigKill);
            KillStragglers();
            Record(order, exit);
        }

        _ = Reap(pid);
        if (order is not null)
            Tell(exit.Signal is { } signal ? new KeeperNews(KeeperNewsKind.Killed, order.Id, signal) : new KeeperNews(KeeperNewsKind.Exited, order.Id, exit.ExitCode ?? 0));
        else
            KillStragglers();
    }

    /// <summary>Ends children that nobody here started, unless they belong to an attempt that is still running: daemons of ended attempts.</summary>
    private void KillStragglers()
    {
        foreach (var child in ProcFs.ChildrenOfMainThread().Where(c => !_running.ContainsKey(c)))
        {
            var runDirectory = ProcFs.Variable(child, ProtocolVariables.RunDirectory);
            var owner = $"{ProtocolVariables.RunDirectory}={runDirectory}";
            // One that has cleared its environment could be anybody's, so it may live as long as anybody does.
            var belongsToRunning = runDirectory is null ? _running.Count > 0 : _running.Values.Any(o => o.Variables.Contains(owner));
            if (!belongsToRunning)
                _ = Libc.kill(child, Libc.SigKill);
        }
    }

    private static void Record(SpawnOrder order, ExitStatus exit)
    {
        try
        {
            ProcessRecord.End(order.Record, exit);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The worker is told all the same; only if it dies right now the ending is lost, and the run is tried again.
            Console.Error.WriteLine($"could not record how `{order.Record}` ended: {e.Message}");
        }
    }

    private void Tell(KeeperNews news)
    {
        try
        {
            news.Write(_news);
        }
        catch (IOException)
        {
            // The worker is gone: the record is what its successor reads.
        }
    }

    /// <summary>Waits until a child has ended, and leaves it in the process table.</summary>
    private static (int Pid, ExitStatus Exit)? WaitForOne() => Wait(Libc.WaitAll, 0, 0);

    /// <summary>The same without waiting, passing over those whose group goes on.</summary>
    private (int Pid, ExitStatus Exit)? LookForOne() =>
        ProcFs.ChildrenOfMainThread().Where(child => !_survived.ContainsKey(child)).Select(child => Wait(Libc.WaitPid, child, Libc.WaitNot)).FirstOrDefault(found => found is not null);

    private static unsafe (int Pid, ExitStatus Exit)? Wait(int kind, int id, int options)
    {
        var info = stackalloc byte[128];
        *(int*)(info + 16) = 0;
        while (Libc.waitid(kind, id, info, Libc.WaitExited | Libc.WaitNoReap | options) != 0)
        {
            if (Marshal.GetLastPInvokeError() != Libc.Interrupted)
                return null;
        }

        const int exited = 1;
        var code = *(int*)(info + 8);
        var pid = *(int*)(info + 16);
        var status = *(int*)(info + 24);
        return pid == 0 ? null : (pid, code == exited ? new ExitStatus(status, null) : new ExitStatus(null, status));
    }

    private static unsafe int Reap(int pid)
    {
        int status;
        return Libc.waitpid(pid, &status, 0);
    }
}
