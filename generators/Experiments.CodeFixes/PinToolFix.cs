using System.Collections.Immutable;
using System.Composition;
using Experiments.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Experiments.CodeFixes;

/// <summary>EXP4021: pins a tool to the commit it is at.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class PinToolFix : ExperimentsFix<AttributeArgumentSyntax>
{
    /// <summary>Characters of the hash that are written: as many as git shows by itself in large repositories.</summary>
    private const int Written = 12;

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ImmutableArray.Create(RuleIds.ToolNotPinned);

    /// <inheritdoc/>
    protected override (string, SyntaxNode, SyntaxNode)? Fix(AttributeArgumentSyntax node, Diagnostic diagnostic)
    {
        var commit = Operand(diagnostic, "1");
        if (commit.Length < Written || node.Parent is not AttributeArgumentListSyntax list)
            return null;
        var hash = commit.Substring(0, Written);
        var added = SyntaxFactory.AttributeArgument(
            SyntaxFactory.NameEquals(SyntaxFactory.IdentifierName("Commit"), SyntaxFactory.Token(SyntaxKind.EqualsToken).WithLeadingTrivia(SyntaxFactory.Space).WithTrailingTrivia(SyntaxFactory.Space)),
            null, SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(hash)));
        var separators = list.Arguments.GetSeparators().Append(SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space));
        return ($"Pin `{Operand(diagnostic, "0")}` to {hash}", list, list.WithArguments(SyntaxFactory.SeparatedList(list.Arguments.Append(added), separators)));
    }
}
