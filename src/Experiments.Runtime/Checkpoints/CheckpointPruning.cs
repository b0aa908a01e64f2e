using System.Globalization;
using System.IO.Enumeration;
using System.Text.Json;
using Experiments.Registry;
using Experiments.Runtime.Attempts;
using Experiments.Runtime.Publishing;

namespace Experiments.Runtime.Checkpoints;

/// <summary>Deletes the checkpoints of a run that its <c>[Checkpoints]</c> don't keep, and none that somebody else may need.</summary>
/// <param name="services">What attempts share.</param>
/// <param name="run">The run.</param>
/// <param name="started">When this attempt of it began, UTC.</param>
internal sealed class CheckpointPruning(AttemptServices services, ClaimedRun run, DateTimeOffset started)
{
    /// <summary>How often it is looked for what can go.</summary>
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(30);

    /// <summary>File systems take the time of the last tick of the kernel.</summary>
    private static readonly TimeSpan FileTimeError = TimeSpan.FromMilliseconds(10);

    private const string ValuesFile = ".values.json";
    private const string SharedMark = "~";
    private const string DoomedPrefix = ".pruned-";

    private readonly RunHome _home = services.Root.Run(run.RunId);
    private readonly Dictionary<string, DateTime> _settled = [];
    private long _lookedAt = services.Host.Time.GetTimestamp();

    /// <summary>Deletes what can go, now and then.</summary>
    public Task LookAsync() => services.Host.Time.GetElapsedTime(_lookedAt) < LookEvery ? Task.CompletedTask : PruneAsync();

    /// <summary>Deletes what can go.</summary>
    public async Task PruneAsync()
    {
        _lookedAt = services.Host.Time.GetTimestamp();
        if (run.Experiment.Checkpoints is not { } policy)
            return;
        try
        {
            await PruneAsync(policy).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            services.Observer.Notice($"`{run.RunId}`: old checkpoints could not be deleted: {e.Message}");
        }
    }

    private async Task PruneAsync(CheckpointPolicy policy)
    {
        foreach (var left in Directory.Exists(_home.Checkpoints) ? new DirectoryInfo(_home.Checkpoints).EnumerateFileSystemInfos(DoomedPrefix + "*") : [])
            Delete(left);
        var all = RunCheckpoints.All(_home);
        var best = policy.KeepBest > 0 && all.Count > 0 ? await BestAsync(all, policy.KeepBest).ConfigureAwait(false) : [];
        var old = all.Skip(policy.KeepLast).Where(c => !best.Contains(c.Name)).ToList();
        if (old.Count == 0)
            return;
        var linked = Linked();
        var needed = await NeededSinceAsync().ConfigureAwait(false);
        foreach (var checkpoint in old.Where(c => !(RunCheckpoints.SavedAt(c) <= needed) && !linked.Any(target => IsWithin(target, c.FullName))))
        {
            // Aside first: a directory half deleted would look like the newest checkpoint.
            var doomed = Path.Combine(_home.Checkpoints, DoomedPrefix + checkpoint.Name);
            Renaming.Replace(checkpoint.FullName, doomed);
            Delete(checkpoint is DirectoryInfo ? new DirectoryInfo(doomed) : new FileInfo(doomed));
        }
    }

    /// <summary>
    /// Names of the checkpoints at which the primary metric was best: of a checkpoint counts the value reported nearest in time, and the best
    /// of several that can't be told apart. It is noted in a file, since the series of earlier attempts is another one.
    /// </summary>
    private async Task<IReadOnlyCollection<string>> BestAsync(IReadOnlyList<FileSystemInfo> all, int count)
    {
        if (run.Experiment.PrimaryMetric() is not { } metric)
            return [];
        var file = Path.Combine(_home.Checkpoints, ValuesFile);
        var values = ReadValues(file);
        var open = all.Select(c => (c.Name, Saved: RunCheckpoints.SavedAt(c)))
            .Where(c => c.Saved >= started.UtcDateTime - FileTimeError && !(values.ContainsKey(c.Name) && _settled.GetValueOrDefault(c.Name) == c.Saved)).ToList();
        if (open.Count > 0)
        {
            DateTimeOffset since = open.Min(c => c.Saved);
            var reported = new ReportedValues(await services.Patience.CallAsync(() => services.Registry.SeriesAsync(run.RunId, metric.Name, since)).ConfigureAwait(false), started);
            foreach (var (name, saved) in open)
            {
                if (reported.NearestTo(saved) is not [_, ..] near)
                    continue;
                values[name] = (near.Aggregate((a, b) => double.IsNaN(a) || IsBetter(b, a) ? b : a), near.Count > 1);
                // Not read again for its sake.
                if (reported.IsSettled(saved))
                    _settled[name] = saved;
            }
        }

        foreach (var gone in values.Keys.Except(all.Select(c => c.Name)).ToList())
            values.Remove(gone);
        WholeFile.Write(file, JsonSerializer.SerializeToUtf8Bytes(values.ToDictionary(v => v.Key, v => v.Value.Value.ToString("R", CultureInfo.InvariantCulture) + (v.Value.IsShared ? SharedMark : ""))));
        // Which of those with a shared value had it nobody knows: they count as one and stay together.
        var known = values.Where(v => !double.IsNaN(v.Value.Value)).GroupBy(v => (v.Value.Value, Name: v.Value.IsShared ? null : v.Key));
        return [.. (metric.Goal == Goal.Maximize ? known.OrderByDescending(v => v.Key.Value) : known.OrderBy(v => v.Key.Value)).Take(count).SelectMany(g => g.Select(v => v.Key))];

        bool IsBetter(double a, double b) => metric.Goal == Goal.Maximize ? a > b : a < b;
    }

    private static Dictionary<string, (double Value, bool IsShared)> ReadValues(string file)
    {
        try
        {
            return File.Exists(file)
                ? JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllBytes(file))!.ToDictionary(v => v.Key, v => (double.Parse(v.Value.TrimEnd(SharedMark[0]), CultureInfo.InvariantCulture), v.Value.EndsWith(SharedMark, StringComparison.Ordinal)))
                : [];
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            // Torn by a power loss: what this attempt reports is still known.
            return [];
        }
    }

    /// <summary>Checkpoints up to this time are results that other runs have as their input; <see langword="null"/>: none are.</summary>
    private async Task<DateTime?> NeededSinceAsync()
    {
        if (Publisher.LastPublished(_home) is not { } published)
            return null;
        var details = await services.Patience.CallAsync(() => services.Registry.FindAsync(run.RunId)).ConfigureAwait(false);
        return details is { UsedBy.Count: > 0 } ? published : null;
    }

    /// <summary>Where the links below the results root's own checkpoint views lead. What is behind a link is not below.</summary>
    private List<string> Linked()
    {
        var views = Path.Combine(services.Root.Directory, "checkpoints");
        return Directory.Exists(views) ? [.. new FileSystemEnumerable<string?>(views, Target, Everything) { ShouldRecursePredicate = (ref FileSystemEntry e) => !IsLink(ref e), ShouldIncludePredicate = IsLink }.OfType<string>()] : [];

        static bool IsLink(ref FileSystemEntry entry) => entry.Attributes.HasFlag(FileAttributes.ReparsePoint);
    }

    private static string? Target(ref FileSystemEntry link)
    {
        try
        {
            return link.ToFileSystemInfo().ResolveLinkTarget(returnFinalTarget: true)?.FullName;
        }
        catch (IOException)
        {
            // It leads to itself, and so nowhere.
            return null;
        }
    }

    private static EnumerationOptions Everything { get; } = new() { RecurseSubdirectories = true, AttributesToSkip = 0, IgnoreInaccessible = false };

    private static bool IsWithin(string path, string folder) => path == folder || path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    private static void Delete(FileSystemInfo entry)
    {
        if (entry is DirectoryInfo { LinkTarget: null } directory)
            directory.Delete(recursive: true);
        else
            entry.Delete();
    }
}
