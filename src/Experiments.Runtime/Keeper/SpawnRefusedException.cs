namespace Experiments.Runtime.Keeper;

/// <summary>The operating system refused to start an attempt's process.</summary>
/// <param name="error">Its error number; 0 when the refusal was the keeper's.</param>
/// <param name="message">What went wrong.</param>
internal sealed class SpawnRefusedException(int error, string message) : Exception(message)
{
    /// <summary>Error number.</summary>
    public int Error { get; } = error;
}
