using System.Collections.Immutable;
using System.Composition;
using Experiments.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Experiments.CodeFixes;

/// <summary>EXP1051: shows where the secret is instead of what it is.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class HideSecretFix : ExperimentsFix<InvocationExpressionSyntax>
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ImmutableArray.Create(RuleIds.SecretWritten);

    /// <inheritdoc/>
    protected override (string, SyntaxNode, SyntaxNode)? Fix(InvocationExpressionSyntax node, Diagnostic diagnostic) =>
        node.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Reveal" } reveal
            ? ("Show where the secret is instead", node, node.WithExpression(reveal.WithName(SyntaxFactory.IdentifierName("ToString").WithTriviaFrom(reveal.Name))))
            : null;
}
