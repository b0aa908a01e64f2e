using System.Collections.Immutable;

namespace Experiments.Runtime.Slots;

/// <summary>The slot an attempt holds until it has ended.</summary>
/// <param name="Name">The slot's name, such as <c>cpu-0</c>, <c>gpu-0</c>, <c>gpu-0.1</c> where slots share GPUs, or <c>gpu-0+gpu-1</c>.</param>
/// <param name="Shares">The shares of GPUs it holds, by position in the pool, and the memory set aside on each in MiB; empty for a CPU slot.</param>
/// <param name="Cpu">The CPU slot it holds; <see langword="null"/> for GPU runs, and for CPU runs in a GPU's slot.</param>
/// <param name="Devices">What the attempt may see (<c>CUDA_VISIBLE_DEVICES</c>); <see langword="null"/>: GPUs aren't managed here.</param>
internal sealed record SlotLease(string Name, IReadOnlyList<(int Gpu, int Share, long MemoryMiB)> Shares, int? Cpu, string? Devices)
{
    /// <summary>The GPUs it computes on, by position in the pool; empty for CPU runs, in whichever slot.</summary>
    public IReadOnlyList<int> Gpus => string.IsNullOrEmpty(Devices) ? [] : [.. Shares.Select(s => s.Gpu)];

    /// <summary>The same by their identities.</summary>
    public ImmutableArray<string> Identities { get; init; } = [];
}
