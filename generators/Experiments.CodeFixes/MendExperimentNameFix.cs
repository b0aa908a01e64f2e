using System.Collections.Immutable;
using System.Composition;
using System.Text.RegularExpressions;
using Experiments.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Experiments.CodeFixes;

/// <summary>EXP1008: writes an experiment's name in the letters it may have.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class MendExperimentNameFix : ExperimentsFix<LiteralExpressionSyntax>
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ImmutableArray.Create(RuleIds.InvalidExperimentName);

    /// <inheritdoc/>
    protected override (string, SyntaxNode, SyntaxNode)? Fix(LiteralExpressionSyntax node, Diagnostic diagnostic)
    {
        // A capital inside a word begins another: `LearningRates` is learning_rates.
        var words = Regex.Replace(node.Token.ValueText, "(?<=[a-z0-9])(?=[A-Z])", "_").ToLowerInvariant();
        var name = Regex.Replace(Regex.Replace(words, "[^a-z0-9_.-]+", "_"), "^[^a-z0-9]+|_+$", "");
        return name.Length == 0 || name == node.Token.ValueText ? null
            : ($"Use `{name}`", node, SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(name)).WithTriviaFrom(node));
    }
}
