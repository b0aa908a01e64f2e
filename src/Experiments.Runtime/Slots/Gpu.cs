namespace Experiments.Runtime;

/// <summary>A GPU that attempts may use.</summary>
/// <param name="Index">Its number, as <c>nvidia-smi</c> and people count.</param>
/// <param name="Device">What <c>CUDA_VISIBLE_DEVICES</c> calls it: its number, or the identifier this process was given.</param>
/// <param name="Name">Its model; empty when unknown.</param>
/// <param name="MemoryMiB">Its memory in MiB; 0 when unknown.</param>
public sealed record Gpu(int Index, string Device, string Name = "", long MemoryMiB = 0);

/// <summary>Says which GPUs this host has.</summary>
public interface IGpuInventory
{
    /// <summary>The GPUs of this host, by index; empty when there are none.</summary>
    Task<IReadOnlyList<Gpu>> ListAsync(CancellationToken cancel);
}
