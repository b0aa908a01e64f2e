using System.Collections.Immutable;
using System.Composition;
using Experiments.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Experiments.CodeFixes;

/// <summary>EXP2053: writes the locked default back.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class KeepDefaultFix : ExperimentsFix<SyntaxNode>
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ImmutableArray.Create(RuleIds.LockedDefaultChanged);

    /// <inheritdoc/>
    protected override (string, SyntaxNode, SyntaxNode)? Fix(SyntaxNode node, Diagnostic diagnostic)
    {
        if (Operand(diagnostic, "4") is not { Length: > 0 } code)
            return null;
        var value = SyntaxFactory.ParseExpression(code).WithShortNames();
        var title = $"Keep the default `{Operand(diagnostic, "1")}`";
        // At an initializer of the property itself, or at the property; within a record's initializer the value is elsewhere.
        if (node is ExpressionSyntax { Parent: EqualsValueClauseSyntax } initializer)
            return initializer is BaseObjectCreationExpressionSyntax ? null : (title, initializer, value.WithTriviaFrom(initializer));
        return node.FirstAncestorOrSelf<PropertyDeclarationSyntax>() is { Initializer: null, AccessorList: not null } property
            ? (title, property, WithInitializer(property, value))
            : null;
    }

    private static PropertyDeclarationSyntax WithInitializer(PropertyDeclarationSyntax property, ExpressionSyntax value)
    {
        var equals = SyntaxFactory.EqualsValueClause(SyntaxFactory.Token(SyntaxKind.EqualsToken).WithTrailingTrivia(SyntaxFactory.Space), value).WithLeadingTrivia(SyntaxFactory.Space);
        var end = property.GetTrailingTrivia();
        return property.WithoutTrailingTrivia().WithInitializer(equals).WithSemicolonToken(SyntaxFactory.Token(SyntaxKind.SemicolonToken)).WithTrailingTrivia(end);
    }
}
