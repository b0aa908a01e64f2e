using System.Collections.Immutable;
using Experiments.Registry;
using Experiments.Runtime.Keeper;
using Experiments.Runtime.Slots;
using Experiments.Runtime.Telemetry;

namespace Experiments.Runtime.Attempts;

/// <summary>Begins to measure what an attempt uses.</summary>
internal static class Measuring
{
    /// <summary>The gauge of an attempt; <see langword="null"/> when nothing is measured.</summary>
    /// <param name="services">What attempts share.</param>
    /// <param name="run">The claim.</param>
    /// <param name="slot">Its slot.</param>
    /// <param name="process">Its process.</param>
    /// <param name="isAdopted">Whether another worker started it: what that one measured counts; what happened while nobody looked is lost.</param>
    public static async Task<Gauge?> BeginAsync(AttemptServices services, ClaimedRun run, SlotLease slot, AttemptProcess process, bool isAdopted)
    {
        if (!isAdopted || !services.Sampler.IsOn)
            return await services.Sampler.BeginAsync(process.Identity.Pid, slot.Gpus).ConfigureAwait(false);
        var details = await services.Patience.CallAsync(() => services.Registry.FindAsync(run.RunId)).ConfigureAwait(false);
        return await services.Sampler.BeginAsync(process.Identity.Pid, slot.Gpus, details?.Run.Metrics ?? ImmutableDictionary<string, double>.Empty).ConfigureAwait(false);
    }
}
