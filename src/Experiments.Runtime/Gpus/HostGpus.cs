namespace Experiments.Runtime.Gpus;

/// <summary>The GPUs of this host: simulated ones where the environment says so, else by NVIDIA's library, else by <c>nvidia-smi</c>.</summary>
internal sealed class HostGpus : IGpuInventory
{
    // Loading a driver's library takes a while, and most commands never ask.
    private readonly Lazy<IGpuInventory> _source = new(() =>
        SimulatedGpus.Parse(Environment.GetEnvironmentVariable(SimulatedGpus.Variable)) ?? (IGpuInventory?)NvmlInventory.TryOpen() ?? new NvidiaSmiInventory());

    /// <inheritdoc/>
    public bool IsQuick => _source.Value.IsQuick;

    /// <inheritdoc/>
    public Task<IReadOnlyList<GpuReading>> ReadAsync(CancellationToken cancel) => _source.Value.ReadAsync(cancel);
}
