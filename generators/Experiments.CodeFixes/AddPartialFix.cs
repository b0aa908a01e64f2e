using System.Collections.Immutable;
using System.Composition;
using Experiments.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Experiments.CodeFixes;

/// <summary>EXP1001: makes the record partial.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class AddPartialFix : ExperimentsFix<TypeDeclarationSyntax>
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ImmutableArray.Create(RuleIds.NotPartial);

    /// <inheritdoc/>
    protected override (string, SyntaxNode, SyntaxNode)? Fix(TypeDeclarationSyntax node, Diagnostic diagnostic)
    {
        var partial = SyntaxFactory.Token(SyntaxKind.PartialKeyword).WithTrailingTrivia(SyntaxFactory.Space);
        // `partial` comes last; where it is the only modifier, the comments before the declaration move in front of it.
        var changed = node.Modifiers.Count > 0
            ? node.AddModifiers(partial)
            : node.WithKeyword(node.Keyword.WithLeadingTrivia()).AddModifiers(partial.WithLeadingTrivia(node.Keyword.LeadingTrivia));
        return ("Add `partial`", node, changed);
    }
}
