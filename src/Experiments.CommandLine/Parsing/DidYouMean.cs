using Experiments.Core;

namespace Experiments.CommandLine;

/// <summary>The question after a name nobody knows.</summary>
internal static class DidYouMean
{
    /// <summary><c>did you mean `a`?</c>, or <see langword="null"/> when nothing is near.</summary>
    public static string? Ask(string typed, IEnumerable<string> known) => Suggestion.Closest(typed, known) is { } near ? $"did you mean `{near}`?" : null;
}
