using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Experiments.Registry;

namespace Experiments.CommandLine;

/// <summary>Finds out what the runs of a program are identified by today.</summary>
internal static class IdentityFacts
{
    /// <summary>The lock that a program would have now.</summary>
    /// <exception cref="ExperimentsException">EXP8102: two sweeps have one name.</exception>
    /// <param name="catalogue">The program's experiments and sweeps.</param>
    /// <param name="completed">Ids of the completed runs of an experiment; none where there is no registry.</param>
    public static IdentityLock Of(Catalogue catalogue, Func<string, IReadOnlySet<string>> completed) => new(
        catalogue.Experiments.Where(e => e.Identity is not null).ToImmutableSortedDictionary(e => e.Name, e => Experiment(e.Identity!, completed(e.Name).Count), StringComparer.Ordinal),
        Named(catalogue.Sweeps).ToImmutableSortedDictionary(s => s.Name, s => Sweep(s, completed(s.Experiment.Name)), StringComparer.Ordinal));

    /// <summary>Asks the registry, if there is one, for the completed runs of the program's experiments.</summary>
    public static async Task<Func<string, IReadOnlySet<string>>> CompletedAsync(Catalogue catalogue, IRegistry? registry, CancellationToken cancel)
    {
        var ids = new Dictionary<string, IReadOnlySet<string>>();
        if (registry is null)
            return _ => ImmutableHashSet<string>.Empty;
        foreach (var experiment in catalogue.Experiments)
            ids[experiment.Name] = (await registry.StatesAsync(new RunFilter { Experiment = experiment.Name, Status = [RunStatus.Completed] }, cancel).ConfigureAwait(false)).Keys.ToHashSet();

        return name => ids.GetValueOrDefault(name) ?? ImmutableHashSet<string>.Empty;
    }

    private static ImmutableArray<SweepType> Named(ImmutableArray<SweepType> sweeps) => sweeps.GroupBy(s => s.Name).FirstOrDefault(g => g.Count() > 1) is not { } same
        ? sweeps
        : throw new ExperimentsException("EXP8102", $"expected the sweeps of a lock to have different names, got {Words.List([.. same.Select(s => s.FullName)])}",
            "a lock keeps sweeps by the names of their records, without namespaces: rename one, or name one target");

    private static LockedExperiment Experiment(ExperimentIdentity identity, int completed)
    {
        using var defaults = JsonDocument.Parse(identity.Defaults);
        var root = defaults.RootElement;
        return new LockedExperiment(identity.Id, ContentHash.Compute(identity.Defaults.Span).ToString(), completed,
            identity.Properties.ToImmutableSortedDictionary(p => p.Name, p => new LockedProperty(p.Type, p.IsRequired ? null : Default(root, p.Name), p.IsRequired), StringComparer.Ordinal));
    }

    private static string? Default(JsonElement element, string path)
    {
        foreach (var name in path.Split('.'))
        {
            // Within a record that is null by default nothing has a default.
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
                return null;
        }

        return element.GetRawText();
    }

    private static LockedSweep Sweep(SweepType sweep, IReadOnlySet<string> completed)
    {
        var (runs, done) = (0L, 0);
        string? first = null;
        byte[] last = [];
        // Sums, so that the order of the axes does not matter.
        var (ids, configurations) = (UInt128.Zero, UInt128.Zero);
        sweep.VisitIds((id, hash) =>
        {
            runs++;
            first ??= Encoding.UTF8.GetString(id);
            if (last.Length != id.Length)
                last = new byte[id.Length];
            id.CopyTo(last);
            ids = Sum(ids, ContentHash.Compute(id));
            configurations = Sum(configurations, hash);
            if (completed.Count > 0 && completed.Contains(Encoding.UTF8.GetString(id)))
                done++;
        });
        return runs == 0
            ? new LockedSweep(sweep.Experiment.Name, 0, null, null, null, null, 0)
            : new LockedSweep(sweep.Experiment.Name, runs, first, Encoding.UTF8.GetString(last), Digest(ids), Digest(configurations), done);
    }

    private static UInt128 Sum(UInt128 digest, ContentHash hash) => unchecked(digest + new UInt128(hash.High, hash.Low));

    private static string Digest(UInt128 digest) => digest.ToString("x32", System.Globalization.CultureInfo.InvariantCulture);
}
