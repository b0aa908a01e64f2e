namespace Experiments.Generators.Locks;

/// <summary>Guesses which removed and added properties are one that was renamed: a name with the same parent, of the same type, and no other that could be meant.</summary>
internal static class Renames
{
    /// <summary>Pairs of a locked and a declared path that differ in one name; for a renamed record, those of the record.</summary>
    public static IReadOnlyList<(string From, string To)> Of(IReadOnlyList<LockedProperty> removed, IReadOnlyList<IdentityValue> added)
    {
        var found = new List<(string From, string To)>();
        foreach (var group in Candidates(removed, added).GroupBy(c => (c.From, c.To)))
        {
            var (from, to) = group.Key;
            var left = removed.Where(r => IsWithin(r.Name, from)).ToList();
            var right = added.Where(a => IsWithin(a.Name, to)).ToList();
            if (left.Count == right.Count && left.All(r => right.Any(a => a.Type == r.Type && a.Name == to + r.Name.Substring(from.Length))))
                found.Add(group.Key);
        }

        // Two that could be meant are none.
        return found.Where(pair => found.Count(p => p.From == pair.From) == 1 && found.Count(p => p.To == pair.To) == 1).ToList();
    }

    /// <summary>Whether a path is another or lies within it.</summary>
    public static bool IsWithin(string path, string outer) =>
        path.StartsWith(outer, StringComparison.Ordinal) && (path.Length == outer.Length || path[outer.Length] == '.');

    private static IEnumerable<(string From, string To)> Candidates(IReadOnlyList<LockedProperty> removed, IReadOnlyList<IdentityValue> added)
    {
        foreach (var from in removed)
        {
            foreach (var to in added.Where(a => a.Type == from.Type))
            {
                var (old, now) = (from.Name.Split('.'), to.Name.Split('.'));
                var differing = old.Length == now.Length ? Enumerable.Range(0, old.Length).Where(i => old[i] != now[i]).ToList() : [];
                if (differing.Count == 1)
                    yield return (string.Join(".", old.Take(differing[0] + 1)), string.Join(".", now.Take(differing[0] + 1)));
            }
        }
    }
}
