using System.IO.Enumeration;
using Experiments.Registry;

namespace Experiments.CommandLine;

/// <summary>Runs named on the command line, one by one or by pattern.</summary>
internal static class RunSelection
{
    /// <summary>Whether a word is a pattern: run ids never hold <c>*</c> or <c>?</c>.</summary>
    public static bool IsPattern(string word) => word.AsSpan().ContainsAny('*', '?');

    /// <summary>Whether an id fits a pattern; <c>*</c> also crosses <c>/</c>.</summary>
    public static bool Matches(string pattern, string id) => FileSystemName.MatchesSimpleExpression(pattern, id, ignoreCase: false);

    /// <summary>The runs that words name, in the order of submission.</summary>
    /// <exception cref="ExperimentsException">EXP8103: a word names no run.</exception>
    public static async Task<IReadOnlyList<RunRecord>> FindAsync(IRegistry registry, IReadOnlyList<string> words, CancellationToken cancel)
    {
        var filter = words.Any(IsPattern) ? RunFilter.All : new RunFilter { Ids = [.. words] };
        var runs = await registry.ListAsync(filter, cancel).ConfigureAwait(false);
        foreach (var word in words)
        {
            if (IsPattern(word) ? !runs.Any(r => Matches(word, r.Id)) : !runs.Any(r => r.Id == word))
                throw await UnknownAsync(registry, word, cancel).ConfigureAwait(false);
        }

        return [.. runs.Where(r => words.Any(w => IsPattern(w) ? Matches(w, r.Id) : w == r.Id))];
    }

    /// <summary>The error for a word that names no run.</summary>
    public static async Task<ExperimentsException> UnknownAsync(IRegistry registry, string word, CancellationToken cancel)
    {
        var ids = (await registry.ListAsync(RunFilter.All, cancel).ConfigureAwait(false)).Select(r => r.Id);
        return new ExperimentsException("EXP8103", $"expected {(IsPattern(word) ? "a pattern of run ids" : "a run id")}, got `{word}`, which {(IsPattern(word) ? "fits no run" : "is none")}",
            (IsPattern(word) ? null : DidYouMean.Ask(word, ids)) ?? "`list` shows the runs", ExitCode.NotFound);
    }
}
