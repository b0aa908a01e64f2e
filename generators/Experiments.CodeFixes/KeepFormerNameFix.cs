using System.Collections.Immutable;
using System.Composition;
using Experiments.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Experiments.CodeFixes;

/// <summary>EXP2051: adds <c>[FormerName]</c>, so that runs keep their identity across the rename.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class KeepFormerNameFix : ExperimentsFix<SyntaxNode>
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ImmutableArray.Create(RuleIds.LockedPropertyRenamed);

    /// <inheritdoc/>
    protected override (string, SyntaxNode, SyntaxNode)? Fix(SyntaxNode node, Diagnostic diagnostic)
    {
        var former = Operand(diagnostic, "0");
        var title = $"Keep the identity with `[FormerName(\"{former}\")]`";
        switch (node.FirstAncestorOrSelf<SyntaxNode>(n => n is PropertyDeclarationSyntax or ParameterSyntax))
        {
            case PropertyDeclarationSyntax property:
                // First, because the oldest name identifies.
                var leading = property.GetLeadingTrivia();
                var bare = property.WithoutLeadingTrivia();
                return (title, property, bare.WithAttributeLists(bare.AttributeLists.Insert(0, Attribute(former, ""))).WithLeadingTrivia(leading));
            case ParameterSyntax parameter:
                return (title, parameter, parameter.WithoutLeadingTrivia().WithAttributeLists(parameter.AttributeLists.Insert(0, Attribute(former, "property: "))).WithLeadingTrivia(parameter.GetLeadingTrivia()));
            default:
                return null;
        }
    }

    // Parsed, because the parts of a made one would be laid out anew, on a line of their own.
    private static AttributeListSyntax Attribute(string former, string target) =>
        SyntaxFactory.ParseMemberDeclaration($"[{target}global::Experiments.FormerName({SymbolDisplay.FormatLiteral(former, quote: true)})] int x;")!.AttributeLists[0].WithShortNames();
}
