using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Experiments.Scripting.Sources;

/// <summary>
/// A script's text three times, each time with the other parts blanked, so that every position stays true. One ordinary compilation takes them together:
/// generators can't run in the compiler's own script compilations.
/// </summary>
/// <param name="Statements">What runs from top to bottom, and functions and variables that belong to it: script code.</param>
/// <param name="Members">Constants and static members, which types may use: the body of an interface, where members are public without saying so.</param>
/// <param name="Types">Types, namespaces and attributes of the assembly: ordinary code.</param>
internal sealed record Layers(SourceText? Statements, SourceText? Members, SourceText? Types)
{
    private enum Layer
    {
        Statements,
        Members,
        Types,
    }

    public static Layers Of(SourceText text, CompilationUnitSyntax root)
    {
        var spans = new List<(TextSpan Span, Layer Layer)>();
        foreach (var attributes in root.AttributeLists)
            spans.Add((attributes.Span, Layer.Types));
        foreach (var member in root.Members)
            spans.Add((member.Span, LayerOf(member)));
        var directives = root.DescendantTrivia(descendIntoTrivia: false).Where(t => t.IsDirective).ToList();
        return new Layers(Only(Layer.Statements), Only(Layer.Members), Only(Layer.Types));

        SourceText? Only(Layer layer)
        {
            if (!spans.Any(s => s.Layer == layer))
                return null;
            var kept = new StringBuilder(text.ToString());
            foreach (var (span, owner) in spans)
            {
                if (owner != layer)
                    Blank(kept, span, directives);
            }

            // Usings can't stand in an interface: they are written before it.
            if (layer == Layer.Members)
            {
                foreach (var directive in root.Usings)
                    Blank(kept, directive.Span, directives);
            }

            // The host has read these; in ordinary code they would be errors.
            foreach (var directive in directives.Where(d => IsForHost(d.Kind())))
                Blank(kept, directive.Span, []);
            return SourceText.From(kept.ToString(), text.Encoding ?? Encoding.UTF8, SourceHashAlgorithm.Sha256);
        }
    }

    private static Layer LayerOf(MemberDeclarationSyntax member) => member switch
    {
        BaseTypeDeclarationSyntax or DelegateDeclarationSyntax or BaseNamespaceDeclarationSyntax => Layer.Types,
        FieldDeclarationSyntax or PropertyDeclarationSyntax when IsShared(member.Modifiers) => Layer.Members,
        // An extension method may stand in a script's class but not in an interface.
        MethodDeclarationSyntax method when IsShared(member.Modifiers) && !IsExtension(method) => Layer.Members,
        _ => Layer.Statements,
    };

    private static bool IsShared(SyntaxTokenList modifiers) => modifiers.Any(SyntaxKind.ConstKeyword) || modifiers.Any(SyntaxKind.StaticKeyword);

    private static bool IsExtension(MethodDeclarationSyntax method) =>
        method.ParameterList.Parameters.Count > 0 && method.ParameterList.Parameters[0].Modifiers.Any(SyntaxKind.ThisKeyword);

    /// <summary>What the host reads itself: <c>#!</c>, <c>#r</c>, <c>#load</c>.</summary>
    public static bool IsForHost(SyntaxKind directive) => directive
        is SyntaxKind.ShebangDirectiveTrivia or SyntaxKind.ReferenceDirectiveTrivia or SyntaxKind.LoadDirectiveTrivia;

    /// <summary>Spaces instead of text; line ends stay, and so do directives, which come in pairs.</summary>
    private static void Blank(StringBuilder text, TextSpan span, List<SyntaxTrivia> directives)
    {
        for (var i = span.Start; i < span.End; i++)
        {
            if (text[i] is not ('\r' or '\n' or '\u0085' or '\u2028' or '\u2029') && !directives.Exists(d => d.Span.Contains(i)))
                text[i] = ' ';
        }
    }
}
