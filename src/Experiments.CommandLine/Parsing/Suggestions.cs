namespace Experiments.CommandLine;

/// <summary>Did you mean: the known names closest to one that isn't.</summary>
internal static class Suggestions
{
    /// <summary>Up to three known names near enough to be meant, nearest first.</summary>
    public static IReadOnlyList<string> For(string typed, IEnumerable<string> known)
    {
        var lower = typed.ToLowerInvariant();
        return
        [
            .. known.Distinct()
                .Select(name => (name, distance: Distance(lower, name.ToLowerInvariant())))
                // Short words tolerate one slip, longer ones a third of their letters; a typed beginning always counts.
                .Where(s => s.distance <= Math.Max(1, Math.Min(typed.Length, s.name.Length) / 3)
                    || typed.Length >= 3 && s.name.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
                .OrderBy(s => s.distance).ThenBy(s => s.name, StringComparer.Ordinal)
                .Take(3)
                .Select(s => s.name),
        ];
    }

    /// <summary><c>did you mean `a` or `b`?</c>, or <see langword="null"/> when nothing is near.</summary>
    public static string? Question(string typed, IEnumerable<string> known) => For(typed, known) switch
    {
        [] => null,
        var near => $"did you mean {string.Join(" or ", near.Select(n => $"`{n}`"))}?",
    };

    /// <summary>Optimal string alignment distance: insertions, deletions, substitutions and swaps of neighbours.</summary>
    private static int Distance(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) > 8)
            return int.MaxValue;
        var table = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
            table[i, 0] = i;
        for (var j = 0; j <= b.Length; j++)
            table[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                var best = Math.Min(Math.Min(table[i - 1, j] + 1, table[i, j - 1] + 1), table[i - 1, j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    best = Math.Min(best, table[i - 2, j - 2] + 1);
                table[i, j] = best;
            }
        }

        return table[a.Length, b.Length];
    }
}
