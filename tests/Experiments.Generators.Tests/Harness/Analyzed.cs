using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Experiments.Generators.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Experiments.Generators.Tests.Harness;

/// <summary>What the analyzer says of a source, with the generator run first, as in a build. Markup: <c>{|EXP2002:Seed|}</c>.</summary>
internal static partial class Analyzed
{
    /// <summary>All analyzers of the assembly.</summary>
    public static ImmutableArray<DiagnosticAnalyzer> Analyzers { get; } =
    [
        .. typeof(ExperimentsAnalyzer).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(DiagnosticAnalyzer)) && !type.IsAbstract)
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    /// <summary>The diagnostics of our rules, in the order of the source.</summary>
    /// <param name="source">The source.</param>
    /// <param name="committed">Text of the lock beside the project; <see langword="null"/>: there is none.</param>
    /// <param name="python">The project's Python files; <see langword="null"/>: none are handed over.</param>
    public static async Task<ImmutableArray<Diagnostic>> DiagnosticsAsync(string source, string? committed = null, PythonFiles? python = null)
    {
        ImmutableArray<AdditionalText> files = committed is null ? [] : [new LockText(committed)];
        var options = python is null ? new AnalyzerOptions(files) : new AnalyzerOptions([.. files, .. python.Texts], python);
        var compilation = Compiled.From(source).Output.WithAnalyzers(Analyzers, options);
        var diagnostics = await compilation.GetAnalyzerDiagnosticsAsync();
        Assert.DoesNotContain(diagnostics, d => d.Id == "AD0001");
        return [.. diagnostics.OrderBy(d => d.Location.SourceSpan.Start).ThenBy(d => d.Id, StringComparer.Ordinal)];
    }

    /// <summary>Asserts that exactly the marked diagnostics are reported, each exactly there, and that nothing else is wrong with the source but what they explain.</summary>
    public static async Task<ImmutableArray<Diagnostic>> VerifyAsync(string marked, string? committed = null, PythonFiles? python = null)
    {
        var (source, expected) = Unmark(marked);
        var diagnostics = await DiagnosticsAsync(source, committed, python);
        Assert.Equal(
            expected.Select(e => $"{e.Id} at `{source.Substring(e.Start, e.Length)}` ({e.Start})"),
            diagnostics.Select(d => $"{d.Id} at `{source.Substring(d.Location.SourceSpan.Start, d.Location.SourceSpan.Length)}` ({d.Location.SourceSpan.Start})"));
        if (expected.Count == 0)
            Assert.Empty(Compiled.From(source).Problems);
        return diagnostics;
    }

    private sealed class LockText(string text) : AdditionalText
    {
        public override string Path => "/project/experiments.lock.json";

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
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
