using System.Collections.Immutable;

namespace Experiments.CommandLine;

/// <summary>What the ids and content hashes of a program's runs were made of at one time: the content of <c>experiments.lock.json</c>.</summary>
/// <param name="Experiments">By name.</param>
/// <param name="Sweeps">By name.</param>
internal sealed record IdentityLock(ImmutableSortedDictionary<string, LockedExperiment> Experiments, ImmutableSortedDictionary<string, LockedSweep> Sweeps)
{
    /// <summary>The name of the file.</summary>
    public const string FileName = "experiments.lock.json";

    /// <summary>A lock of nothing.</summary>
    public static IdentityLock Empty { get; } = new(
        ImmutableSortedDictionary.Create<string, LockedExperiment>(StringComparer.Ordinal), ImmutableSortedDictionary.Create<string, LockedSweep>(StringComparer.Ordinal));
}

/// <summary>An experiment of a lock.</summary>
/// <param name="Id">The run id template under first-ever names.</param>
/// <param name="Sample">Hash of the configuration of defaults; <see langword="null"/> after an edit was accepted in the editor, which can't compute it.</param>
/// <param name="Completed">Results that were in the registry; 0 when there was none.</param>
/// <param name="Properties">By name, nested ones by their dotted paths.</param>
internal sealed record LockedExperiment(string Id, string? Sample, int Completed, ImmutableSortedDictionary<string, LockedProperty> Properties);

/// <summary>A property of a lock.</summary>
/// <param name="Type">What it can be.</param>
/// <param name="Default">Its default as JSON; <see langword="null"/>: it has none of its own.</param>
/// <param name="IsRequired">Whether it must be given.</param>
internal sealed record LockedProperty(string Type, string? Default, bool IsRequired)
{
    /// <summary><c>double = 0.1</c>, <c>int, required</c>.</summary>
    public override string ToString() => IsRequired ? $"{Type}, required" : Default is null ? Type : $"{Type} = {Default}";
}

/// <summary>A sweep of a lock.</summary>
/// <param name="Experiment">The experiment it expands into.</param>
/// <param name="Runs">Number of runs.</param>
/// <param name="First">The first run id; <see langword="null"/> for a sweep without runs, or after an edit was accepted in the editor.</param>
/// <param name="Last">The last run id, likewise.</param>
/// <param name="Ids">Digest of all ids, in any order, likewise.</param>
/// <param name="Configurations">Digest of all content hashes, in any order, likewise.</param>
/// <param name="Completed">Results that were in the registry.</param>
internal sealed record LockedSweep(string Experiment, long Runs, string? First, string? Last, string? Ids, string? Configurations, int Completed);
