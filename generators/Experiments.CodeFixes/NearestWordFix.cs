using System.Collections.Immutable;
using System.Composition;
using Experiments.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Experiments.CodeFixes;

/// <summary>EXP5006, EXP6003, EXP6004: writes the metric, artifact or input that was meant.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class NearestWordFix : ExperimentsFix<LiteralExpressionSyntax>
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ImmutableArray.Create(RuleIds.UnknownMetric, RuleIds.UnknownArtifact, RuleIds.UnknownInput);

    /// <inheritdoc/>
    protected override (string, SyntaxNode, SyntaxNode)? Fix(LiteralExpressionSyntax node, Diagnostic diagnostic)
    {
        var meant = Operand(diagnostic, "2");
        return meant.Length == 0 ? null
            : ($"Use `{meant}`", node, SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(meant)).WithTriviaFrom(node));
    }
}
