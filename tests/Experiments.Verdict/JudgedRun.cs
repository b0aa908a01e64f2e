namespace Experiments.Verdict;

/// <summary>A run as the registry's file has it.</summary>
internal sealed record JudgedRun(string Id, long Status, bool Published, bool Blocked, IReadOnlyList<JudgedAttempt> Attempts)
{
    public const long Pending = 0;
    public const long Running = 1;
    public const long Completed = 2;

    /// <summary>The attempt that won, if the run is completed.</summary>
    public JudgedAttempt? Winner => Status == Completed ? Attempts.LastOrDefault() : null;

    public bool IsUnfinished => (Status == Pending && !Blocked) || Status == Running || (Status == Completed && !Published);
}

/// <summary>An attempt as the registry's file has it.</summary>
internal sealed record JudgedAttempt(int Number, long Epoch, long Outcome)
{
    public const long Succeeded = 1;
}
