namespace Experiments;

/// <summary>Starts the entrypoint as several processes that know of each other (ranks), through a launcher of the Python world.</summary>
/// <remarks>Every rank's output is in the attempt's log and in files of its own; what ranks report is aggregated as <see cref="MetricAttribute.Ranks"/> says.</remarks>
/// <param name="launcher">The launcher; it must be installed for the interpreter that runs the entrypoint.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class LaunchAttribute(Launcher launcher) : Attribute
{
    /// <summary>The launcher.</summary>
    public Launcher Launcher { get; } = launcher;

    /// <summary>Number of processes on this host, 1 or more; never more than the GPUs of <see cref="GpuAttribute"/>, if any. Default 0: as many as GPUs, and one without.</summary>
    public int Processes { get; init; }

    /// <summary>Mixed precision of <c>accelerate</c>: <c>no</c>, <c>fp16</c>, <c>bf16</c> or <c>fp8</c>. Default: <c>no</c>. Not for <see cref="Launcher.Torchrun"/>, where the script decides.</summary>
    public string? MixedPrecision { get; init; }

    /// <summary>
    /// A config file of <c>accelerate</c>, relative to the working directory, for what has no property here (DeepSpeed, FSDP). Default: one that is
    /// generated beside the run's configuration, so that the personal default file of whoever runs it changes nothing.
    /// </summary>
    public string? ConfigFile { get; init; }

    /// <summary>Further options of the launcher, before the entrypoint: <c>--max_restarts 1</c>. They win over generated ones. Split into words as a POSIX shell would. Default: none.</summary>
    public string? Options { get; init; }
}

/// <summary>Programs that start a Python program as several processes.</summary>
public enum Launcher
{
    /// <summary>PyTorch's <c>torchrun</c> (<c>python -m torch.distributed.run</c>).</summary>
    Torchrun,

    /// <summary>Hugging Face's <c>accelerate launch</c>.</summary>
    Accelerate,
}
