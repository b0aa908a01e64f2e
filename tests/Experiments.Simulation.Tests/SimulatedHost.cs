using Experiments.Registry;

namespace Experiments.Simulation.Tests;

/// <summary>A host with its workers and the processes of their attempts.</summary>
internal sealed class SimulatedHost(string name)
{
    private int _boot;

    public string Name => name;

    public string BootId => $"{name}-boot-{_boot}";

    public List<SimulatedWorker> Workers { get; } = [];

    public List<SimulatedProcess> Processes { get; } = [];

    /// <summary>Nothing on it makes a step, and nobody can tell it from a dead one.</summary>
    public bool IsSuspended { get; set; }

    public bool IsAlive(WorkerRecord worker) => worker.Process.BootId == BootId && Workers.Any(w => w.Pid == worker.Process.Pid);

    public SimulatedProcess? Find(ProcessIdentity? process) => Processes.Find(p => p.Identity == process);

    /// <summary>Everything is gone at once.</summary>
    public void Reboot(Random chance)
    {
        foreach (var worker in Workers.ToArray())
            worker.Die();
        foreach (var process in Processes)
            process.LosePower(chance);
        Processes.Clear();
        IsSuspended = false;
        _boot++;
    }
}
