using Experiments.Registry;
using Experiments.Registry.Storage;
using Experiments.Runtime;
using Experiments.Runtime.Attempts;
using Experiments.Runtime.Keeper;
using Experiments.Runtime.Processes;
using Experiments.Runtime.Gpus;
using Experiments.Runtime.Telemetry;
using Experiments.Runtime.Workers;

namespace Experiments.Simulation.Tests;

/// <summary>
/// A worker as a script: a flow that claims, adopts and renews, and a flow for each attempt. Between two steps of a flow anything may happen
/// to it. It works on a real registry, with a connection of its own, as a process would have.
/// </summary>
internal sealed class SimulatedWorker
{
    private static readonly TimeSpan s_lease = TimeSpan.FromSeconds(20);

    private readonly World _world;
    private readonly SqliteRegistry _registry;
    private readonly List<IEnumerator<bool>> _flows = [];
    private readonly Dictionary<LeaseKey, StopReason?> _leases = [];
    private bool _acts;

    public SimulatedWorker(World world, SimulatedHost host, int pid)
    {
        (_world, Host, Pid) = (world, host, pid);
        _registry = world.Open();
        Id = $"{host.Name}-{pid}";
        var time = new EagerTime();
        var observer = new Silent();
        var surroundings = new WorkerHost { Time = world.Time, Random = world.Chance, BeforeFileChange = world.Fate.BeforeFileChange };
        var nothingMeasured = new Sampler(surroundings, new GpuWatch(surroundings.Gpus, [], world.Time), TimeSpan.Zero, 0);
        Services = new AttemptServices(Observed.By(this, world, _registry), world.Root, Id, TimeSpan.Zero, CancellationToken.None, Task.CompletedTask, surroundings,
            new KeeperLink([], world.Root, Id), null!, nothingMeasured, observer, new Patience(time, observer, new TaskCompletionSource().Task));
        _flows.Add(Live().GetEnumerator());
    }

    public SimulatedHost Host { get; }

    public int Pid { get; }

    public string Id { get; }

    public bool IsAlive { get; private set; } = true;

    public bool IsIdle => _leases.Count == 0;

    /// <summary>What its attempts share.</summary>
    public AttemptServices Services { get; }

    /// <summary>Whether the worker is in the middle of a step, which cannot be entered again.</summary>
    public bool Acts => _acts;

    /// <summary>Makes one step of one flow.</summary>
    public void Act(Random chance)
    {
        var flow = _flows[chance.Next(_flows.Count)];
        _acts = true;
        try
        {
            if (!flow.MoveNext())
                _flows.Remove(flow);
        }
        catch (SimulatedCrashException)
        {
            Die();
        }
        finally
        {
            _acts = false;
        }
    }

    /// <summary>As if killed: its connection is gone, uncommitted work with it; processes and keepers stay.</summary>
    public void Die()
    {
        if (!IsAlive)
            return;
        IsAlive = false;
        Host.Workers.Remove(this);
        Services.Keeper.Dispose();
        _registry.DisposeAsync().AsTask().Wait();
    }

    /// <summary>Calls the registry until it answers.</summary>
    public T Ask<T>(Func<IRegistry, Task<T>> call) => Services.Patience.CallAsync(() => call(Services.Registry)).GetAwaiter().GetResult();

    /// <summary>What a heartbeat said about a lease.</summary>
    public StopReason? Order(LeaseKey lease) => _leases.GetValueOrDefault(lease);

    public void Release(LeaseKey lease) => _leases.Remove(lease);

    private IEnumerable<bool> Live()
    {
        var me = new WorkerRecord { Id = Id, Host = Host.Name, Process = new ProcessIdentity(Pid, Pid, Host.BootId), Slots = 2, Started = _world.Time.GetUtcNow(), Seen = _world.Time.GetUtcNow() };
        Ask(async registry =>
        {
            await registry.RegisterWorkerAsync(me);
            return true;
        });
        for (var round = 0; ; round++)
        {
            yield return true;
            if (round % 4 == 0)
            {
                foreach (var step in TakeOver())
                    yield return step;
            }

            Ask(r => r.ExpireLeasesAsync(Host.Name));
            yield return true;

            foreach (var order in Ask(r => r.HeartbeatAsync(Id, [.. _leases.Keys], s_lease)))
                _leases[order.Lease] = order.Reason;
            yield return true;
            if (_leases.Count >= me.Slots)
                continue;
            foreach (var run in Ask(r => r.ClaimAsync(new ClaimRequest { WorkerId = Id, Count = me.Slots - _leases.Count, Lease = s_lease })))
                Begin(run, SimulatedAttempt.Execute(_world, this, run));
        }
    }

    /// <summary>As <see cref="Adoption"/>, with the processes of the simulated host.</summary>
    private IEnumerable<bool> TakeOver()
    {
        foreach (var orphan in Ask(r => r.OrphansAsync(Host.Name, Host.IsAlive)))
        {
            yield return true;
            if (orphan.Unpublished)
            {
                Services.Publication.RetryAsync(Services, orphan.Run).GetAwaiter().GetResult();
            }
            else if (Ask(r => r.AdoptAsync(orphan.Lease, Id, s_lease)) is { } lease)
            {
                var process = Host.Find(orphan.Process ?? ProcessRecord.TryRead(_world.Root.Run(orphan.Run.RunId).ProcessRecord(orphan.Run.Attempt))?.Process);
                Begin(orphan.Run with { Lease = lease }, SimulatedAttempt.Supervise(_world, this, orphan, lease, process));
            }
        }
    }

    private void Begin(ClaimedRun run, IEnumerable<bool> flow)
    {
        _leases.Add(run.Lease, null);
        _flows.Add(flow.GetEnumerator());
    }

    /// <summary>A clock on which every wait is over at once, and took a second.</summary>
    private sealed class EagerTime : TimeProvider
    {
        private long _seconds;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => _seconds;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _seconds++;
            ThreadPool.UnsafeQueueUserWorkItem(_ => callback(state), null);
            return TimeProvider.System.CreateTimer(_ => { }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }

    private sealed class Silent : IWorkerObserver
    {
        public void Started(WorkerRecord worker, IReadOnlyList<string> slots)
        {
        }

        public void AttemptStarted(string slot, ClaimedRun run)
        {
        }

        public void Metrics(string slot, ClaimedRun run, IReadOnlyList<MetricPoint> points)
        {
        }

        public void Progress(string slot, ClaimedRun run, double fraction)
        {
        }

        public void AttemptEnded(string slot, ClaimedRun run, AttemptEnd end, TimeSpan duration)
        {
        }

        public void Notice(string message)
        {
        }
    }
}
