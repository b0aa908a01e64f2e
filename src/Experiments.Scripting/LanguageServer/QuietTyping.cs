using System.Runtime;

namespace Experiments.Scripting.LanguageServer;

/// <summary>Collects garbage between edits instead of while their diagnostics are computed: a collection costs as much as computing them.</summary>
internal static class QuietTyping
{
    /// <summary>What may be allocated before a collection comes anyway; an edit takes about 15 MB.</summary>
    private const long Budget = 192 << 20;

    private static long s_collectedAt;

    /// <summary>Nobody waits for anything just now.</summary>
    public static void Idle()
    {
        var isQuiet = GCSettings.LatencyMode == GCLatencyMode.NoGCRegion;
        if (isQuiet && GC.GetTotalAllocatedBytes() - s_collectedAt < Budget / 4)
            return;
        if (isQuiet)
            GC.EndNoGCRegion();
        GC.Collect(1, GCCollectionMode.Forced, blocking: true);
        GC.TryStartNoGCRegion(Budget);
        s_collectedAt = GC.GetTotalAllocatedBytes();
    }
}
