using System.Globalization;
using System.Text.Json;

namespace Experiments.Verdict;

/// <summary>The home of one run, compared with what the registry says of it.</summary>
internal static class RunTree
{
    private const string PublishedSuffix = ".published.jsonl";

    public static IEnumerable<string> Problems(string home, JudgedRun run)
    {
        var published = Published(home);
        foreach (var number in published.Keys.Where(n => run.Attempts.All(a => a.Number != n || a.Outcome != JudgedAttempt.Succeeded)))
            yield return $"run `{run.Id}`: attempt {number} was published, and did not succeed";
        if (run.Winner is not { } winner || !run.Published)
            yield break;
        if (published.Count == 0 || published.Keys.Max() != winner.Number)
            yield return $"run `{run.Id}`: attempt {winner.Number} won, published last was {(published.Count == 0 ? "none" : published.Keys.Max())}";
        if (Directory.Exists(Path.Combine(home, "attempts", Text(winner.Number))))
            yield return $"run `{run.Id}` is published, and its files are still aside";
        foreach (var problem in Entries(home, run, published, winner))
            yield return problem;
        var signature = Path.Combine(home, Verdict.SignatureFile);
        if (File.Exists(signature) && File.ReadAllText(signature).Trim() is var says && says != Text(winner.Number))
            yield return $"run `{run.Id}`: attempt {winner.Number} won, its home has files of attempt `{says}`";
    }

    /// <summary>The home has all that the winner wrote, and nothing that only earlier winners wrote.</summary>
    private static IEnumerable<string> Entries(string home, JudgedRun run, Dictionary<int, string[]> published, JudgedAttempt winner)
    {
        if (!published.TryGetValue(winner.Number, out var entries))
            yield break;
        foreach (var missing in entries.Where(e => !Exists(Path.Combine(home, e))))
            yield return $"run `{run.Id}`: `{missing}` of the winner is not in its home";
        foreach (var stale in published.Where(p => p.Key != winner.Number).SelectMany(p => p.Value).Distinct().Except(entries).Where(e => Exists(Path.Combine(home, e))))
            yield return $"run `{run.Id}`: `{stale}` in its home is not the winner's";
    }

    private static Dictionary<int, string[]> Published(string home)
    {
        var attempts = Path.Combine(home, "attempts");
        return Directory.Exists(attempts)
            ? Directory.GetFiles(attempts, "*" + PublishedSuffix).ToDictionary(f => int.Parse(Path.GetFileName(f)[..^PublishedSuffix.Length], CultureInfo.InvariantCulture), Noted)
            : [];
    }

    private static string[] Noted(string record)
    {
        var line = File.ReadLines(record).FirstOrDefault(l => l.StartsWith("{\"entries\"", StringComparison.Ordinal));
        return line is null ? [] : [.. JsonDocument.Parse(line).RootElement.GetProperty("entries").EnumerateArray().Select(e => e.GetString()!)];
    }

    private static bool Exists(string path) => new FileInfo(path) is { Exists: true } or { LinkTarget: not null } || Directory.Exists(path);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
