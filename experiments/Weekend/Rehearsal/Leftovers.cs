using System.Globalization;
using Experiments;
using Experiments.Registry;

namespace Weekend.Rehearsal;

/// <summary>What must not be there when a weekend is over.</summary>
internal static class Leftovers
{
    private static readonly TimeSpan KeepersEndWithin = TimeSpan.FromSeconds(5);

    /// <summary>Processes that the weekend started, directly or not, and that are still there.</summary>
    public static async Task<IReadOnlyList<string>> ProcessesAsync(ResultsRoot root)
    {
        // The worker does not wait for its keeper's end.
        var until = DateTimeOffset.UtcNow + KeepersEndWithin;
        IReadOnlyList<string> living;
        while ((living = Processes(root)).Count > 0 && DateTimeOffset.UtcNow < until)
            await Task.Delay(TimeSpan.FromMilliseconds(50));
        return living;
    }

    /// <summary>Files of one run in another's directory or nowhere, and files of a completed run that are missing.</summary>
    public static IEnumerable<string> Files(ResultsRoot root, IReadOnlyList<RunDetails> runs)
    {
        var homes = runs.ToDictionary(r => root.Run(r.Run.Id).Directory + Path.DirectorySeparatorChar, r => r.Run);
        foreach (var file in Directory.EnumerateFiles(root.Runs, "*", SearchOption.AllDirectories))
        {
            if (homes.FirstOrDefault(h => file.StartsWith(h.Key, StringComparison.Ordinal)).Value is not { } owner)
                yield return $"`{file}` belongs to no run";
            else if (Path.GetExtension(file) is ".txt" && (Path.GetFileName(file) != Artifact(owner.Id) || File.ReadLines(file).First() != owner.Id))
                yield return $"`{file}` is another run's";
            else if (Path.GetExtension(file) is ".log" && File.ReadLines(file).FirstOrDefault() is { } first && first != owner.Id)
                yield return $"`{file}` is the log of `{first}`";
        }

        foreach (var (home, run) in homes.Where(h => File.Exists(h.Key + Artifact(h.Value.Id)) != (h.Value.Status == RunStatus.Completed)))
            yield return $"`{home}{Artifact(run.Id)}` is {(run.Status == RunStatus.Completed ? "missing" : $"there, and the run {run.Status.ToString().ToLowerInvariant()}")}";

        var listed = File.ReadLines(Path.Combine(root.Directory, "failed.csv")).Skip(1).Select(line => line.Split(',')[1]).Order(StringComparer.Ordinal).ToList();
        var failed = runs.Where(r => r.Run.Status == RunStatus.Failed).Select(r => r.Run.Id).Order(StringComparer.Ordinal).ToList();
        if (!listed.SequenceEqual(failed))
            yield return $"`failed.csv` has {listed.Count} runs, {failed.Count} failed: {string.Join(", ", listed.Except(failed).Concat(failed.Except(listed)))}";
    }

    /// <summary>The file that a run leaves, as the last thing it does.</summary>
    public static string Artifact(string runId) => runId.Replace('/', '-') + ".txt";

    private static List<string> Processes(ResultsRoot root)
    {
        var mark = $"{WorkerProcess.Mark}={root.Directory}\0";
        var found = new List<string>();
        foreach (var process in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(process), CultureInfo.InvariantCulture, out var id) || id == Environment.ProcessId)
                continue;
            try
            {
                if (File.ReadAllText($"{process}/environ").Contains(mark, StringComparison.Ordinal))
                    found.Add($"{id} ({File.ReadAllText($"{process}/cmdline").Replace('\0', ' ').Trim()})");
            }
            catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
            {
                continue; // it has just ended, or is somebody else's
            }
        }

        return found;
    }
}
