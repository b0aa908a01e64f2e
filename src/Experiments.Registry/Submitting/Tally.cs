namespace Experiments.Registry.Submitting;

/// <summary>States that runs are counted by: <see cref="RunStatus"/>, and one more.</summary>
internal static class Tally
{
    /// <summary>Pending, but an input failed, was cancelled or is itself blocked.</summary>
    public const int Blocked = 5;
}
