using System.Collections.Immutable;
using System.Composition;
using Experiments.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Experiments.CodeFixes;

/// <summary>EXP3001: names the property that was meant, in <c>[Axis]</c> or as the name of the axis.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class NearestAxisNameFix : ExperimentsFix<SyntaxNode>
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ImmutableArray.Create(RuleIds.AxisNotOnExperiment);

    /// <inheritdoc/>
    protected override (string, SyntaxNode, SyntaxNode)? Fix(SyntaxNode node, Diagnostic diagnostic)
    {
        var meant = Operand(diagnostic, "2");
        if (meant.Length == 0)
            return null;
        var title = $"Use `{meant}`";
        if (node.FirstAncestorOrSelf<AttributeArgumentSyntax>() is { } argument)
        {
            var text = SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(meant));
            return (title, argument.Expression, text.WithTriviaFrom(argument.Expression));
        }

        return node is PropertyDeclarationSyntax property
            ? (title, property, property.WithIdentifier(SyntaxFactory.Identifier(meant).WithTriviaFrom(property.Identifier)))
            : null;
    }
}
