using Experiments.Runtime.Processes;
using Experiments.Runtime.Gpus;

namespace Experiments.Runtime;

/// <summary>What a worker takes from its surroundings; tests and other hosts put their own in.</summary>
public sealed record WorkerHost
{
    /// <summary>The clock, for timeouts, backoff, heartbeats and time stamps.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Which GPUs there are. Default: as NVIDIA's library tells, else <c>nvidia-smi</c>.</summary>
    public IGpuInventory Gpus { get; init; } = new HostGpus();

    /// <summary>The words that start a program whose <c>Main</c> hands its arguments to <see cref="AttemptHost"/>. Default: this program.</summary>
    public IReadOnlyList<string> Program { get; init; } = ThisProgram.Words;

    /// <summary>Where processes are read. Tests put their own there.</summary>
    internal string ProcDirectory { get; init; } = "/proc";

    /// <summary>Where processor energy is read.</summary>
    internal string SysDirectory { get; init; } = "/sys";

    /// <summary>Where jitter comes from.</summary>
    public Random Random { get; init; } = Random.Shared;

    /// <summary>Where tests make publishing go wrong.</summary>
    internal Action<string>? BeforeFileChange { get; init; }
}
