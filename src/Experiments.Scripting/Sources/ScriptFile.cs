using System.Collections.Immutable;
using Experiments.Core;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Experiments.Scripting.Sources;

/// <summary>One script file, parsed.</summary>
internal sealed class ScriptFile
{
    private readonly Lazy<Layers> _layers;

    private ScriptFile(string path, SourceText text, ContentHash hash)
    {
        Path = path;
        Hash = hash;
        (Text, UsingVariables) = Sources.UsingVariables.Lift(text);
        Tree = CSharpSyntaxTree.ParseText(Text, Grammar.Script, path);
        Root = (CompilationUnitSyntax)Tree.GetRoot();
        Directives = [.. Root.DescendantTrivia(descendIntoTrivia: false).Where(t => t.IsDirective).Select(t => (DirectiveTriviaSyntax)t.GetStructure()!)];
        _layers = new(() => Layers.Of(Text, Root));
    }

    /// <summary>Full path.</summary>
    public string Path { get; }

    /// <summary>The text, without the keywords of <see cref="UsingVariables"/>; positions are the file's.</summary>
    public SourceText Text { get; }

    /// <summary>Variables to dispose of when the script ends, in the order declared.</summary>
    public ImmutableArray<string> UsingVariables { get; }

    /// <summary>Hash of the file's bytes.</summary>
    public ContentHash Hash { get; }

    /// <summary>The whole file as a script.</summary>
    public SyntaxTree Tree { get; }

    public CompilationUnitSyntax Root { get; }

    /// <summary>Its directives, active or not.</summary>
    public ImmutableArray<DirectiveTriviaSyntax> Directives { get; }

    public Layers Layers => _layers.Value;

    /// <exception cref="ExperimentsException">EXP9001: the file can't be read.</exception>
    public static ScriptFile Read(string path)
    {
        var bytes = ScriptBytes.Read(path);
        return Of(path, SourceText.From(new MemoryStream(bytes), checksumAlgorithm: SourceHashAlgorithm.Sha256, canBeEmbedded: false), ContentHash.Compute(bytes));
    }

    /// <summary>A file as an editor has it.</summary>
    public static ScriptFile Of(string path, SourceText text, ContentHash hash = default) => new(path, text, hash);
}
