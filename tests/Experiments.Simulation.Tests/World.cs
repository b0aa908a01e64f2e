using System.Globalization;
using System.Text;
using Experiments.Registry;
using Experiments.Registry.Storage;
using Experiments.Registry.Tests.Kit;

namespace Experiments.Simulation.Tests;

/// <summary>Everything there is: hosts, workers, processes, people and a clock. One thing acts at a time, and one seed decides which and what goes wrong.</summary>
internal sealed class World : IDisposable
{
    private readonly DirectoryInfo _directory;
    private readonly SimulatedHost[] _hosts = [new("first"), new("second")];
    private readonly People _people;
    private int _pids = 100;
    private int _depth;

    public World(int seed, Func<Random, Fate> fate)
    {
        Chance = new Random(seed);
        Fate = fate(Chance);
        // In memory where possible: thousands of histories need no disk.
        _directory = Directory.CreateDirectory(Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), "simulation-" + Guid.NewGuid().ToString("n")));
        Root = ResultsRoot.At(_directory.FullName);
        File.Copy(EmptyRegistry.Path, Root.RegistryFile);
        _people = new People(this);
    }

    public Random Chance { get; }

    public Fate Fate { get; }

    public ManualTime Time { get; } = new();

    public ResultsRoot Root { get; }

    public Oracle Oracle { get; } = new();

    /// <summary>What has happened so far, for people who look for the cause of a failure.</summary>
    public StringBuilder Story { get; } = new();

    public SqliteRegistry Open() => SqliteRegistry.Open(Root.RegistryFile, new RegistryOptions { Time = Time, Faults = Fate, Inline = true }, Schema.Current);

    /// <summary>Lives through some steps, in which anything may go wrong; then lets workers finish in peace.</summary>
    /// <returns>What is wrong in the end.</returns>
    public List<string> Live(int steps)
    {
        _people.Submit();
        for (var step = 0; step < steps; step++)
            Act(Chance.Next(100));
        Tell("peace");
        Fate.IsOver = true;
        return Settle();
    }

    /// <summary>While a worker waits for an answer, others may be faster.</summary>
    public void LetOthersAct(SimulatedWorker waiting)
    {
        if (Fate.IsOver || _depth > 0 || Chance.Next(8) > 0)
            return;
        _depth++;
        for (var i = Chance.Next(1, 4); i > 0; i--)
            Act(Chance.Next(100), waiting);
        _depth--;
    }

    /// <summary>Starts the process of an attempt.</summary>
    public SimulatedProcess Start(SimulatedHost host, ClaimedRun run)
    {
        var process = new SimulatedProcess(Root.Run(run.RunId), run.Attempt, ++_pids);
        Oracle.Started(run.RunId, run.Attempt, process);
        host.Processes.Add(process);
        return process;
    }

    public void Tell(string what) => Story.AppendLine(string.Create(CultureInfo.InvariantCulture, $"{Time.GetUtcNow():HH:mm:ss} {what}"));

    public void Dispose()
    {
        foreach (var worker in _hosts.SelectMany(h => h.Workers).ToArray())
            worker.Die();
        _people.Dispose();
        _directory.Delete(recursive: true);
    }

    private void Act(int what, SimulatedWorker? waiting = null)
    {
        var workers = _hosts.Where(h => !h.IsSuspended).SelectMany(h => h.Workers).Where(w => !w.Acts).ToList();
        var processes = _hosts.Where(h => !h.IsSuspended).SelectMany(h => h.Processes).Where(p => p.IsAlive).ToList();
        var host = _hosts[Chance.Next(3) / 2];
        switch (what)
        {
            case < 50 when workers.Count > 0:
                Pick(workers).Act(Chance);
                break;
            case < 74 when processes.Count > 0:
                Pick(processes).Act(Chance);
                break;
            case < 82 when host.Workers.Count < 2 && !host.IsSuspended:
                host.Workers.Add(new SimulatedWorker(this, host, ++_pids));
                Tell($"{host.Workers[^1].Id} starts");
                break;
            case < 88:
                _people.Act();
                break;
            case < 92:
                Time.Advance(TimeSpan.FromSeconds(Chance.Next(1, 200)));
                break;
            case 92:
                Time.JumpWallClock(TimeSpan.FromMinutes(Chance.Next(-600, 600)));
                Tell("the clock jumped");
                break;
            case 93 or 94 when workers.Count > 0:
                var victim = Pick(workers);
                Tell($"{victim.Id} is killed");
                victim.Die();
                break;
            case 96 when waiting is { IsAlive: true }:
                Tell($"{waiting.Id} is killed while it waits");
                waiting.Die();
                break;
            case 97 when processes.Count > 0:
                var process = Pick(processes);
                process.HasKeeper = Chance.Next(2) == 0;
                process.Kill();
                Tell($"process {process.Identity.Pid} is killed, {(process.HasKeeper ? "noted" : "and its keeper")}");
                break;
            case 95 or 98:
                host.IsSuspended = !host.IsSuspended;
                Tell($"{host.Name} {(host.IsSuspended ? "is suspended" : "wakes up")}");
                break;
            case 99 when waiting is null:
                Tell($"{host.Name} reboots");
                host.Reboot(Chance);
                break;
        }
    }

    /// <summary>One worker that nothing happens to on each host, until all is done.</summary>
    private List<string> Settle()
    {
        foreach (var host in _hosts)
        {
            host.IsSuspended = false;
            foreach (var worker in host.Workers.ToArray())
                worker.Die();
            host.Workers.Add(new SimulatedWorker(this, host, ++_pids));
        }

        _people.AllowAll();
        for (var round = 0; round < 500 && !(round % 3 == 2 && _people.NothingIsLeft() && _hosts.All(h => h.Workers.All(w => w.IsIdle))); round++)
        {
            foreach (var worker in _hosts.SelectMany(h => h.Workers).ToArray())
            {
                for (var i = 0; i < 4; i++)
                    worker.Act(Chance);
            }

            foreach (var process in _hosts.SelectMany(h => h.Processes).Where(p => p.IsAlive).ToArray())
                process.Act(Chance, ends: Chance.Next(2) == 0);
            Time.Advance(TimeSpan.FromSeconds(10));
        }

        var problems = _people.Registry.CheckAsync().Result.ToList();
        problems.AddRange(Oracle.ProblemsAsync(_people.Registry).Result);
        problems.AddRange(Verdict.Verdict.Problems(Root.Directory, finished: true));
        return problems;
    }

    private T Pick<T>(List<T> among) => among[Chance.Next(among.Count)];
}
