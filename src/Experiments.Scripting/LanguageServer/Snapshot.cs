using System.Collections.Immutable;
using Experiments.Scripting.Compiling;
using Experiments.Scripting.Sources;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Experiments.Scripting.LanguageServer;

/// <summary>A script at one moment: its text, its compilation with what generators added, and the way between positions of both.</summary>
/// <param name="Version">The editor's number of this text.</param>
/// <param name="Text">The text as the editor has it.</param>
/// <param name="Sources">The script and what it loads.</param>
/// <param name="Compilation">With generated code.</param>
/// <param name="Extensions">Its generators and analyzers.</param>
/// <param name="Failure">Why its packages are missing; <see langword="null"/>: they are not.</param>
internal sealed record Snapshot(int Version, SourceText Text, ScriptSources Sources, Compilation Compilation, Extensions Extensions, ExperimentsException? Failure)
{
    private ImmutableArray<Part>? _parts;

    /// <summary>The trees of all files of the script, statements first.</summary>
    public ImmutableArray<Part> Parts => _parts ??= [.. Sources.Files.SelectMany(file => Compilation.SyntaxTrees
        .Where(tree => tree.FilePath == file.Path || tree.FilePath.StartsWith(file.Path + ".", StringComparison.Ordinal))
        .Select(tree => new Part(file, tree, ScriptCompilation.OffsetOf(tree))))];

    /// <summary>The tree that has the text at a place of the edited script, and the place in it; the statements where nothing stands.</summary>
    public (Part Part, int Position)? At(int position)
    {
        var own = Parts.Where(p => p.File.Path == Sources.Main.Path).ToList();
        foreach (var part in own)
        {
            if (Has(part, position) || Has(part, position - 1))
                return (part, position + part.Offset);
        }

        // Between braces, on a line without anything: inside the type whose braces they are.
        foreach (var part in own.Where(p => p.Tree.Options.Kind == SourceCodeKind.Regular))
        {
            if (part.Tree.GetRoot().ChildNodes().Any(n => n is not Microsoft.CodeAnalysis.CSharp.Syntax.UsingDirectiveSyntax && n.Span.Contains(position + part.Offset) && n.SpanStart >= part.Offset))
                return (part, position + part.Offset);
        }

        return own.Count > 0 ? (own[0], Math.Min(position + own[0].Offset, own[0].Tree.Length)) : null;
    }

    /// <summary>A location as a file and a span in its text; <see langword="null"/>: it is in no script.</summary>
    public (string Path, SourceText Text, TextSpan Span)? Place(Location location) =>
        location.SourceTree is { } tree ? Place(tree.FilePath, location.SourceSpan) : null;

    /// <summary>A span of one of the trees as a file and a span in its text.</summary>
    public (string Path, SourceText Text, TextSpan Span)? Place(string treePath, TextSpan span)
    {
        if (Parts.FirstOrDefault(p => p.Tree.FilePath == treePath) is not { } part || span.Start < part.Offset)
            return null;
        var length = part.File.Text.Length;
        var start = Math.Min(span.Start - part.Offset, length);
        return (part.File.Path, part.File.Text, TextSpan.FromBounds(start, Math.Min(span.End - part.Offset, length)));
    }

    private static bool Has(Part part, int position) =>
        position >= 0 && position + part.Offset < part.Tree.Length && !char.IsWhiteSpace(part.Tree.GetText()[position + part.Offset]) && position < part.File.Text.Length;
}

/// <summary>One tree of a script file.</summary>
/// <param name="File">The file.</param>
/// <param name="Tree">The tree.</param>
/// <param name="Offset">Characters that stand before the file's own text in it.</param>
internal sealed record Part(ScriptFile File, SyntaxTree Tree, int Offset);
