using Experiments.Registry;
using Experiments.Runtime.Attempts;
using Experiments.Runtime.Slots;

namespace Experiments.Runtime.Workers;

/// <summary>Whether a worker may claim: not while its host has no room, nor while host or GPUs rest.</summary>
internal sealed class Holding(AttemptServices services, SlotPool pool, HostGuard guard, Introduction me)
{
    /// <summary>How soon it is noticed that what held the worker has passed.</summary>
    public static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    /// <summary>Failures that this worker sees are judged at once, those of other workers of the host after this time.</summary>
    private static readonly TimeSpan OthersEvery = TimeSpan.FromSeconds(10);

    private int _failuresSeen = 1;
    private long _readAt;
    private long _lookedAt;
    private IReadOnlyList<NodeFailure> _failures = [];

    /// <summary>An attempt of this worker failed because of the machine.</summary>
    public void NoteFailure() => Interlocked.Exchange(ref _failuresSeen, 1);

    /// <summary>Looks at the host.</summary>
    /// <returns>Whether runs may be claimed.</returns>
    public async Task<bool> LookAsync()
    {
        var time = services.Host.Time;
        var news = Interlocked.Exchange(ref _failuresSeen, 0) == 1;
        if (!news && time.GetElapsedTime(_lookedAt) < LookEvery)
            return me.Worker.Held is null;
        _lookedAt = time.GetTimestamp();
        if (news || time.GetElapsedTime(_readAt) >= OthersEvery)
        {
            _readAt = time.GetTimestamp();
            _failures = await services.Patience.CallAsync(() => services.Registry.NodeFailuresAsync(me.Worker.Host, time.GetUtcNow() - NodeHealth.CountedFor)).ConfigureAwait(false);
        }

        var health = NodeHealth.Of(_failures, time.GetUtcNow());
        pool.Rest(health.Gpus);
        var problem = await services.Patience.CallAsync(() => Task.FromResult(guard.Problem())).ConfigureAwait(false);
        await HoldAsync(problem ?? (health.Host is null ? null : $"this host is {health.Host}")).ConfigureAwait(false);
        return me.Worker.Held is null;
    }

    private async Task HoldAsync(string? problem)
    {
        var before = me.Worker.Held;
        if (problem == before)
            return;
        if (before is null)
            services.Observer.Notice($"nothing is started: {problem}");
        else if (problem is null)
            services.Observer.Notice("runs are started again");
        await me.ChangeAsync(worker => worker with { Held = problem }).ConfigureAwait(false);
    }
}
