using System.Runtime.CompilerServices;
using Experiments.Generators.Python.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Experiments.Generators.Python.Reading;

/// <summary>A Python file as one script sees it.</summary>
/// <param name="Path">Its path below the folder that the script runs in: <c>digits/train.py</c>.</param>
/// <param name="Body">Its statements.</param>
/// <param name="IsWhole">Whether all of it was understood.</param>
internal sealed record PythonModule(string Path, IReadOnlyList<Statement> Body, bool IsWhole)
{
    // Keyed by the text itself: an edit in C# brings the same texts again, an edit of a Python file brings a new one.
    private static readonly ConditionalWeakTable<SourceText, ParsedText> _parsed = new();

    /// <summary>What <c>__name__</c> is.</summary>
    public string RunsAs { get; init; } = "";

    /// <summary>The package that relative imports start from.</summary>
    public string Package => Path.Contains('/') ? Path.Substring(0, Path.LastIndexOf('/')).Replace('/', '.') : "";

    /// <summary>Parses a file, once for every text.</summary>
    public static PythonModule Of(string path, SourceText text)
    {
        var parsed = _parsed.GetValue(text, static key => new ParsedText(key.ToString()));
        return new PythonModule(path, parsed.Body, parsed.IsWhole);
    }

    private sealed class ParsedText
    {
        public ParsedText(string text) => (Body, IsWhole) = PythonParser.Parse(text);

        public IReadOnlyList<Statement> Body { get; }

        public bool IsWhole { get; }
    }
}
