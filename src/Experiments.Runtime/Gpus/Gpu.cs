namespace Experiments.Runtime;

/// <summary>A GPU that attempts may use: a whole card, or a MIG instance of one.</summary>
/// <param name="Index">Number of the card, as <c>nvidia-smi</c> and people count.</param>
/// <param name="Device">What <c>CUDA_VISIBLE_DEVICES</c> calls it: its number, or its identifier for MIG instances and where this process was given identifiers.</param>
/// <param name="Name">Its model; empty when unknown.</param>
/// <param name="MemoryMiB">Its memory in MiB; 0 when unknown.</param>
/// <param name="Uuid">Its identifier, <c>GPU-…</c> or <c>MIG-…</c>; empty when unknown.</param>
/// <param name="Mig">Number of the MIG instance on its card; <see langword="null"/> for a whole card.</param>
public sealed record Gpu(int Index, string Device, string Name = "", long MemoryMiB = 0, string Uuid = "", int? Mig = null)
{
    /// <summary>What people call it: <c>0</c>, or <c>0:1</c> for the second MIG instance of the first card.</summary>
    public string Label => Mig is { } instance
        ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Index}:{instance}")
        : Index.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>What it is called in records that outlive the host's numbering: its identifier, or its number where that is unknown.</summary>
    public string Identity => Uuid.Length > 0 ? Uuid : Label;

    /// <summary>Whether both are the same device, however they were named.</summary>
    public bool IsSame(Gpu other) => Uuid.Length > 0 && other.Uuid.Length > 0 ? Uuid == other.Uuid : (Index, Mig) == (other.Index, other.Mig);
}
