namespace Weekend;

/// <summary>What happens to a training. Each begins as training does; what the trainer really does then is in <c>trainer.py</c>.</summary>
public enum Trouble
{
    /// <summary>Nothing.</summary>
    Fine,

    /// <summary>The GPU's memory holds a batch of 16, no larger one.</summary>
    CudaOom,

    /// <summary>The model alone does not fit on the GPU.</summary>
    CudaOomAlways,

    /// <summary>A limit of the process holds a batch of 16, no larger one.</summary>
    HostOom,

    /// <summary>The model alone is above the limit.</summary>
    HostOomAlways,

    /// <summary>The first attempt says nothing any more.</summary>
    Hang,

    /// <summary>The same, and it doesn't listen to SIGTERM.</summary>
    DeafHang,

    /// <summary>The first attempt dies of SIGSEGV.</summary>
    Segfault,

    /// <summary>Every attempt does.</summary>
    SegfaultAlways,

    /// <summary>NCCL's watchdog ends the first attempt.</summary>
    NcclTimeout,

    /// <summary>It ends every attempt.</summary>
    NcclTimeoutAlways,

    /// <summary>The first attempt ends with exit code 1.</summary>
    Flaky,

    /// <summary>Every attempt does.</summary>
    Broken,

    /// <summary>The trainer doesn't like its arguments.</summary>
    Refused,

    /// <summary>The trainer leaves a process behind, in a session of its own.</summary>
    Daemon,
}

/// <summary>How often each happens in a weekend.</summary>
internal static class Troubles
{
    /// <summary>How many of the 190 trainings it happens to.</summary>
    public static int Runs(this Trouble trouble) => trouble switch
    {
        Trouble.Fine => 112,
        Trouble.CudaOom or Trouble.HostOom => 8,
        Trouble.CudaOomAlways or Trouble.HostOomAlways => 2,
        Trouble.Hang => 6,
        Trouble.DeafHang => 2,
        Trouble.Segfault or Trouble.NcclTimeout => 10,
        Trouble.SegfaultAlways or Trouble.NcclTimeoutAlways => 2,
        Trouble.Flaky => 14,
        Trouble.Broken => 2,
        Trouble.Refused => 4,
        Trouble.Daemon => 6,
        _ => 0,
    };
}
