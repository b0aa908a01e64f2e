using System.Reflection;
using Experiments.Registry;

namespace Experiments.Simulation.Tests;

/// <summary>
/// A worker's registry as the simulation sees it: every call is a moment at which others may act first, is waited for on this thread, and is
/// noted when it was answered.
/// </summary>
internal class Observed : DispatchProxy
{
    private IRegistry _registry = null!;
    private World _world = null!;
    private SimulatedWorker _worker = null!;

    public static IRegistry By(SimulatedWorker worker, World world, IRegistry registry)
    {
        var proxy = Create<IRegistry, Observed>();
        var observed = (Observed)(object)proxy;
        (observed._registry, observed._world, observed._worker) = (registry, world, worker);
        return proxy;
    }

    protected override object? Invoke(MethodInfo? method, object?[]? arguments)
    {
        _world.LetOthersAct(_worker);
        if (!_worker.IsAlive)
            throw new Experiments.Registry.Storage.SimulatedCrashException(); // it was killed in the meantime
        var answer = method!.Invoke(_registry, BindingFlags.DoNotWrapExceptions, null, arguments, null);
        if (answer is not Task task)
            return answer;
        Task.WaitAny(task);
        if (!task.IsCompletedSuccessfully)
            return answer;
        switch (answer)
        {
            case Task<IReadOnlyList<ClaimedRun>> claims:
                foreach (var run in claims.Result)
                    _world.Oracle.Held(run.Lease, run.RunId);
                break;
            case Task<LeaseKey?> { Result: { } lease }:
                _world.Oracle.Held(lease);
                break;
            case Task<bool> { Result: true } when arguments is [LeaseKey lease, AttemptEnd { Next: RunStatus.Completed }, ..]:
                _world.Oracle.Completed(lease);
                break;
        }

        return answer;
    }
}
