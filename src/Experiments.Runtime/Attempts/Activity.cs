namespace Experiments.Runtime.Attempts;

/// <summary>Whether an attempt prints or reports anything: what hangs does neither.</summary>
/// <param name="home">The run's home.</param>
/// <param name="attempt">Number of the attempt.</param>
/// <param name="time">The clock.</param>
internal sealed class Activity(RunHome home, int attempt, TimeProvider time)
{
    /// <summary>Links are not followed out of the directory.</summary>
    private static readonly EnumerationOptions OwnFiles = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };

    private long _bytes;
    private long _since;

    /// <summary>From now on silence counts.</summary>
    public void Begin() => _since = time.GetTimestamp();

    /// <summary>How long nothing was written to the logs and the events.</summary>
    public TimeSpan Silence()
    {
        try
        {
            if (Written() is var bytes && bytes != _bytes)
                (_bytes, _since) = (bytes, time.GetTimestamp());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What can't be looked at, or goes away meanwhile, is no news of it.
        }

        return time.GetElapsedTime(_since);
    }

    private long Written()
    {
        var bytes = Length(home.Log(attempt)) + Length(home.StagingEvents(attempt));
        var ranks = new DirectoryInfo(home.RankLogs(attempt));
        return ranks.Exists ? bytes + ranks.EnumerateFiles("*", OwnFiles).Sum(f => f.Length) : bytes;
    }

    private static long Length(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;
}
