using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Experiments.Runtime.Failures;

/// <summary>The failure rules that people declare: asked before the built-in ones.</summary>
internal static class DeclaredRules
{
    private static readonly TimeSpan SearchMax = TimeSpan.FromSeconds(1);
    private static readonly ConcurrentDictionary<string, Regex?> Known = new();

    /// <summary>The first rule that has a match in a log, and where its last match is; <see langword="null"/>: none has.</summary>
    /// <param name="rules">The rules, in order.</param>
    /// <param name="logTail">The end of the log.</param>
    public static (FailureRule Rule, int Index)? Find(IEnumerable<FailureRule> rules, string logTail)
    {
        foreach (var rule in rules)
        {
            if (Known.GetOrAdd(rule.Pattern, Parse) is { } expression && LastMatch(expression, logTail) is { } index)
                return (rule, index);
        }

        return null;
    }

    private static int? LastMatch(Regex expression, string logTail)
    {
        try
        {
            return expression.Match(logTail) is { Success: true } match ? match.Index : null;
        }
        catch (RegexMatchTimeoutException)
        {
            // A log made to be slow to search says nothing.
            return null;
        }
    }

    /// <summary>The compiler refuses what can't be read; a definition from elsewhere may hold it, and then says nothing.</summary>
    private static Regex? Parse(string pattern)
    {
        try
        {
            // Searched from the end: earlier matches may be warnings the trainer survived.
            return new Regex(pattern, RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.RightToLeft, SearchMax);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
