using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Experiments.Generators.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Experiments.Generators.Tests.Harness;

/// <summary>What the analyzer says of a source, with the generator run first, as in a build. Markup: <c>{|EXP2002:Seed|}</c>.</summary>
internal static partial class Analyzed
{
    /// <summary>The diagnostics of our rules, in the order of the source.</summary>
    public static async Task<ImmutableArray<Diagnostic>> DiagnosticsAsync(string source)
    {
        var compilation = Compiled.From(source).Output.WithAnalyzers([new ExperimentsAnalyzer()]);
        var diagnostics = await compilation.GetAnalyzerDiagnosticsAsync();
        Assert.DoesNotContain(diagnostics, d => d.Id == "AD0001");
        return [.. diagnostics.OrderBy(d => d.Location.SourceSpan.Start).ThenBy(d => d.Id, StringComparer.Ordinal)];
    }

    /// <summary>Asserts that exactly the marked diagnostics are reported, each exactly there, and that nothing else is wrong with the source but what they explain.</summary>
    public static async Task<ImmutableArray<Diagnostic>> VerifyAsync(string marked)
    {
        var (source, expected) = Unmark(marked);
        var diagnostics = await DiagnosticsAsync(source);
        Assert.Equal(
            expected.Select(e => $"{e.Id} at `{source.Substring(e.Start, e.Length)}` ({e.Start})"),
            diagnostics.Select(d => $"{d.Id} at `{source.Substring(d.Location.SourceSpan.Start, d.Location.SourceSpan.Length)}` ({d.Location.SourceSpan.Start})"));
        if (expected.Count == 0)
            Assert.Empty(Compiled.From(source).Problems);
        return diagnostics;
    }

    public static string Message(Diagnostic diagnostic) => diagnostic.GetMessage(CultureInfo.InvariantCulture);

    private static (string Source, List<(string Id, int Start, int Length)> Expected) Unmark(string marked)
    {
        var expected = new List<(string, int, int)>();
        var source = marked;
        while (Mark().Match(source) is { Success: true } match)
        {
            expected.Add((match.Groups["id"].Value, match.Index, match.Groups["text"].Length));
            source = source[..match.Index] + match.Groups["text"].Value + source[(match.Index + match.Length)..];
        }

        return (source, expected);
    }

    [GeneratedRegex(@"\{\|(?<id>EXP[0-9]{4}):(?<text>.*?)\|\}", RegexOptions.Singleline)]
    private static partial Regex Mark();
}
