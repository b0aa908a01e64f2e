using System.Globalization;

namespace Experiments.CommandLine;

/// <summary>Finds the log of one process of an attempt, below the directory its launcher was given: <c>…/attempt_0/3/stdout.log</c>.</summary>
internal static class RankLog
{
    /// <summary>Links are not followed out of the directory.</summary>
    private static readonly EnumerationOptions OwnFiles = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };

    /// <summary>The newest log of a rank; of several streams the one with more in it.</summary>
    /// <exception cref="ExperimentsException">EXP8106: there is none.</exception>
    public static string Find(RunHome home, int attempt, int rank)
    {
        var directory = new DirectoryInfo(home.RankLogs(attempt));
        var name = rank.ToString(CultureInfo.InvariantCulture);
        var ranks = directory.Exists ? directory.EnumerateFiles("*.log", OwnFiles).ToLookup(f => f.Directory!.Name) : null;
        // A launcher that starts its processes anew makes new directories beside the old ones.
        return ranks?[name].GroupBy(f => f.DirectoryName).MaxBy(g => g.Max(f => f.LastWriteTimeUtc))?.MaxBy(f => f.Length)?.FullName
            ?? throw new ExperimentsException("EXP8106", $"expected a log of rank {name} under `{directory.FullName}`, got {Known(ranks)}",
                "without `--rank` the log of the whole attempt is shown", ExitCode.NotFound);
    }

    private static string Known(ILookup<string, FileInfo>? ranks)
    {
        var known = ranks?.Select(r => r.Key).Where(r => int.TryParse(r, out _)).Order(StringComparer.Ordinal).ToList() ?? [];
        return known.Count == 0 ? "none" : string.Join(", ", known.Select(r => $"`{r}`"));
    }
}
