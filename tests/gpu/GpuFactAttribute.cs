using Experiments.Runtime;
using Experiments.Runtime.Gpus;

namespace Experiments.Gpu.Tests;

/// <summary>A check on a real GPU; skipped, with the reason, where there is none that is free.</summary>
public sealed class GpuFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> s_reason = new(FindReason);

    public GpuFactAttribute() => Skip = s_reason.Value;

    private static string? FindReason()
    {
        if (NvmlInventory.TryOpen() is not { } nvml)
            return $"there is no GPU here: `{NvmlLibrary.FileName}` can't be loaded or finds no driver";
        var readings = nvml.ReadAsync(default).GetAwaiter().GetResult();
        if (readings.Count == 0)
            return "there is no GPU here: the driver lists none";
        return readings.Any(r => r is { Problem: null, Processes.Count: 0, Gpu.Mig: null }) ? null : "no GPU here is whole, healthy and free";
    }
}
