using System.Collections.Immutable;
using System.Composition;
using Experiments.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Experiments.CodeFixes;

/// <summary>EXP4001, EXP4002: writes the entrypoint that was meant, or starts a script as a module.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class EntrypointCommandFix : ExperimentsFix<LiteralExpressionSyntax>
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ImmutableArray.Create(RuleIds.EntrypointMissing, RuleIds.FileInPackage, RuleIds.UnknownTool);

    /// <inheritdoc/>
    protected override (string, SyntaxNode, SyntaxNode)? Fix(LiteralExpressionSyntax node, Diagnostic diagnostic)
    {
        var meant = Operand(diagnostic, diagnostic.Id == RuleIds.UnknownTool ? "1" : "2");
        return meant.Length == 0 ? null
            : ($"Use `{meant}`", node, SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(meant)).WithTriviaFrom(node));
    }
}
