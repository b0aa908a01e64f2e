using System.Collections.Immutable;
using System.Composition;
using Experiments.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Experiments.CodeFixes;

/// <summary>EXP1001, EXP1010: makes the record partial, or the type that it is nested in.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class AddPartialFix : ExperimentsFix<TypeDeclarationSyntax>
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ImmutableArray.Create(RuleIds.NotPartial, RuleIds.UnsuitableType);

    /// <inheritdoc/>
    protected override (string, SyntaxNode, SyntaxNode)? Fix(TypeDeclarationSyntax node, Diagnostic diagnostic)
    {
        if (diagnostic.Id == RuleIds.NotPartial)
            return ("Add `partial`", node, Partial(node));
        // Of what a type can be unsuitable for, this is about the nearest type around it that is not partial.
        var outer = node.Ancestors().OfType<TypeDeclarationSyntax>().FirstOrDefault(type => !type.Modifiers.Any(SyntaxKind.PartialKeyword));
        return outer is not null && Operand(diagnostic, "1").EndsWith($"`partial` types, unlike `{outer.Identifier.ValueText}`", StringComparison.Ordinal)
            ? ($"Add `partial` to `{outer.Identifier.ValueText}`", outer, Partial(outer))
            : null;
    }

    /// <summary><c>partial</c> comes last; where it is the only modifier, the comments before the declaration move in front of it.</summary>
    private static TypeDeclarationSyntax Partial(TypeDeclarationSyntax type)
    {
        var partial = SyntaxFactory.Token(SyntaxKind.PartialKeyword).WithTrailingTrivia(SyntaxFactory.Space);
        return type.Modifiers.Count > 0
            ? (TypeDeclarationSyntax)type.AddModifiers(partial)
            : (TypeDeclarationSyntax)type.WithKeyword(type.Keyword.WithLeadingTrivia()).AddModifiers(partial.WithLeadingTrivia(type.Keyword.LeadingTrivia));
    }
}
