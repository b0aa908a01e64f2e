using System.Text.RegularExpressions;

namespace Experiments.Core;

/// <summary>Patterns as configurations are checked by them: they match the whole of a text.</summary>
/// <remarks>This file is also compiled into the generator, which cannot reference this assembly.</remarks>
internal static class WholeMatch
{
    /// <summary>Whether a text matches, as an empty one always does; <see langword="null"/> when that can't be found out within a limit, or the pattern is none.</summary>
    public static bool? Of(string text, string pattern, TimeSpan limit)
    {
        if (text.Length == 0)
            return true;
        try
        {
            var match = Regex.Match(text, pattern, RegexOptions.CultureInvariant, limit);
            return match.Success && match.Index == 0 && match.Length == text.Length;
        }
        catch (Exception flaw) when (flaw is RegexMatchTimeoutException or ArgumentException)
        {
            return null;
        }
    }
}
