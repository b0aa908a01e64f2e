using System.Collections.Immutable;

namespace Experiments.CommandLine;

/// <summary>What became of something that a lock holds.</summary>
internal enum Change
{
    /// <summary>It is not in the lock.</summary>
    Added,

    /// <summary>It is only in the lock.</summary>
    Removed,

    /// <summary>It is another one.</summary>
    Changed,
}

/// <summary>How a program differs from its lock, as far as it matters to the identity of runs.</summary>
internal sealed record LockDifference(ImmutableArray<ExperimentDifference> Experiments, ImmutableArray<SweepDifference> Sweeps)
{
    /// <summary>Whether there is no difference.</summary>
    public bool IsEmpty => Experiments.IsEmpty && Sweeps.IsEmpty;

    /// <summary>Compares a lock with what is so now.</summary>
    /// <param name="from">The lock.</param>
    /// <param name="to">What is so now.</param>
    public static LockDifference Between(IdentityLock from, IdentityLock to) => new(
        [.. Pairs(from.Experiments, to.Experiments).Select(p => ExperimentDifference.Between(p.Name, p.From, p.To)).OfType<ExperimentDifference>()],
        [.. Pairs(from.Sweeps, to.Sweeps).Select(p => SweepDifference.Between(p.Name, p.From, p.To)).OfType<SweepDifference>()]);

    internal static IEnumerable<(string Name, T? From, T? To)> Pairs<T>(ImmutableSortedDictionary<string, T> from, ImmutableSortedDictionary<string, T> to)
        where T : class =>
        from.Keys.Union(to.Keys).Order(StringComparer.Ordinal).Select(name => (name, from.GetValueOrDefault(name), to.GetValueOrDefault(name)));
}

/// <summary>How an experiment differs.</summary>
internal sealed record ExperimentDifference(string Name, Change Change, LockedExperiment? From, LockedExperiment? To, ImmutableArray<PropertyDifference> Properties)
{
    /// <summary>Whether the id template is another one.</summary>
    public bool IsIdChanged => Change == Change.Changed && From!.Id != To!.Id;

    /// <summary>Compares; <see langword="null"/> when there is no difference.</summary>
    public static ExperimentDifference? Between(string name, LockedExperiment? from, LockedExperiment? to)
    {
        if (from is null || to is null)
            return new ExperimentDifference(name, from is null ? Change.Added : Change.Removed, from, to, []);
        ImmutableArray<PropertyDifference> properties =
        [
            .. LockDifference.Pairs(from.Properties, to.Properties).Where(p => p.From != p.To)
                .Select(p => new PropertyDifference(p.Name, p.From is null ? Change.Added : p.To is null ? Change.Removed : Change.Changed, p.From, p.To)),
        ];
        return from.Id == to.Id && from.Sample == to.Sample && properties.IsEmpty ? null : new ExperimentDifference(name, Change.Changed, from, to, properties);
    }

    /// <summary>What a property may have been renamed from: the only one that was removed, of the same type.</summary>
    public string? FormerNameOf(PropertyDifference added)
    {
        var removed = Properties.Where(p => p.Change == Change.Removed && p.From!.Type == added.To!.Type).ToList();
        return removed.Count == 1 && Properties.Count(p => p.Change == Change.Added && p.To!.Type == added.To!.Type) == 1 ? removed[0].Name : null;
    }
}

/// <summary>How a property differs.</summary>
internal sealed record PropertyDifference(string Name, Change Change, LockedProperty? From, LockedProperty? To);

/// <summary>How a sweep differs.</summary>
internal sealed record SweepDifference(string Name, Change Change, LockedSweep? From, LockedSweep? To)
{
    /// <summary>Whether its ids are others.</summary>
    public bool AreIdsChanged => Change == Change.Changed && From!.Ids != To!.Ids;

    /// <summary>Compares; <see langword="null"/> when there is no difference. What was completed when is no difference.</summary>
    public static SweepDifference? Between(string name, LockedSweep? from, LockedSweep? to)
    {
        if (from is null || to is null)
            return new SweepDifference(name, from is null ? Change.Added : Change.Removed, from, to);
        return @from with { Completed = 0 } == to with { Completed = 0 } ? null : new SweepDifference(name, Change.Changed, from, to);
    }
}
