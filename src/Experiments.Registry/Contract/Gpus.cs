namespace Experiments.Registry;

/// <summary>Whether a worker's GPUs have the memory for the runs of an experiment.</summary>
public enum GpuFit
{
    /// <summary>Never: no card is large enough, or there are too few.</summary>
    Never,

    /// <summary>Not now; once what runs on them has ended.</summary>
    Later,

    /// <summary>One could start now.</summary>
    Now,
}

/// <summary>What the runs of an experiment with waiting GPU runs need.</summary>
/// <param name="Experiment">Name of the experiment.</param>
/// <param name="Gpus">The most GPUs one of its runs needs.</param>
/// <param name="MemoryGiB">Memory on each as declared, in GiB; 0: not declared.</param>
/// <param name="PeakGiB">The most that a completed run of it used on a GPU, in GiB; <see langword="null"/>: not measured yet.</param>
public sealed record GpuDemand(string Experiment, int Gpus, double MemoryGiB, double? PeakGiB);

/// <summary>A GPU that gets no attempts at present.</summary>
/// <param name="Gpu">What people call it: <c>0</c>, or <c>0:1</c> for a MIG instance.</param>
/// <param name="Reason">Why.</param>
public sealed record UnusableGpu(string Gpu, string Reason);
