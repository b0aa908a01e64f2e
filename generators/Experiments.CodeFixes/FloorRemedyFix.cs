using System.Collections.Immutable;
using System.Composition;
using Experiments.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Experiments.CodeFixes;

/// <summary>EXP5003: lets a remedy end at 1.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class FloorRemedyFix : ExperimentsFix<AttributeSyntax>
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ImmutableArray.Create(RuleIds.RemedyWithoutFloor);

    /// <inheritdoc/>
    protected override (string, SyntaxNode, SyntaxNode)? Fix(AttributeSyntax node, Diagnostic diagnostic)
    {
        if (node.ArgumentList is not { Arguments.Count: > 0 } list)
            return null;
        var floor = SyntaxFactory.AttributeArgument(
            SyntaxFactory.NameEquals(SyntaxFactory.IdentifierName("Min").WithTrailingTrivia(SyntaxFactory.Space), SyntaxFactory.Token(SyntaxKind.EqualsToken).WithTrailingTrivia(SyntaxFactory.Space)),
            null, SyntaxFactory.ParseExpression("1"));
        var comma = SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space);
        return ("Add `Min = 1`", node, node.WithArgumentList(list.WithArguments(SyntaxFactory.SeparatedList<AttributeArgumentSyntax>(list.Arguments.GetWithSeparators().Add(comma).Add(floor)))));
    }
}
