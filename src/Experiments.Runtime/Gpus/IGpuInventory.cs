namespace Experiments.Runtime;

/// <summary>Says which GPUs this host has and what they do.</summary>
public interface IGpuInventory
{
    /// <summary>Whether a reading takes some milliseconds, so that it can be taken whenever something happens, or rather a second.</summary>
    bool IsQuick { get; }

    /// <summary>Reads all GPUs of this host, by index; MIG instances stand for their card. Empty when there are none.</summary>
    /// <exception cref="GpuInventoryException">The driver does not answer, or answers with an error.</exception>
    Task<IReadOnlyList<GpuReading>> ReadAsync(CancellationToken cancel);
}

/// <summary>The GPUs of this host can't be read.</summary>
/// <param name="message">Why, in words that complete "the GPUs could not be read: …".</param>
public sealed class GpuInventoryException(string message) : Exception(message);
