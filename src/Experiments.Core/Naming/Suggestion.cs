namespace Experiments.Core;

/// <summary>Did you mean: the known word nearest to a mistyped one.</summary>
/// <remarks>This file is also compiled into the generator, which cannot reference this assembly.</remarks>
public static class Suggestion
{
    /// <summary>The nearest candidate, or <see langword="null"/> when none is near: more than a third of its letters differ.</summary>
    /// <param name="word">The word as typed.</param>
    /// <param name="candidates">The words that would have been right.</param>
    public static string? Closest(string word, IEnumerable<string> candidates)
    {
        string? closest = null;
        var best = int.MaxValue;
        foreach (var candidate in candidates)
        {
            var distance = Distance(word, candidate);
            if (distance < best && distance <= Math.Max(1, Math.Max(word.Length, candidate.Length) / 3))
            {
                best = distance;
                closest = candidate;
            }
        }

        return closest;
    }

    /// <summary>Damerau-Levenshtein distance (optimal string alignment), ignoring case and the difference of <c>-</c> and <c>_</c>.</summary>
    public static int Distance(string a, string b)
    {
        var previous2 = new int[b.Length + 1];
        var previous = new int[b.Length + 1];
        var current = new int[b.Length + 1];
        for (var j = 0; j <= b.Length; j++)
            previous[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = Same(a[i - 1], b[j - 1]) ? 0 : 1;
                current[j] = Math.Min(Math.Min(current[j - 1] + 1, previous[j] + 1), previous[j - 1] + cost);
                if (i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1]))
                    current[j] = Math.Min(current[j], previous2[j - 2] + 1);
            }

            (previous2, previous, current) = (previous, current, previous2);
        }

        return previous[b.Length];
    }

    private static bool Same(char a, char b) => Fold(a) == Fold(b);

    private static char Fold(char c) => c == '-' ? '_' : char.ToLowerInvariant(c);
}
