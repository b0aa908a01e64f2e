using System.Collections.Immutable;
using System.Composition;
using Experiments.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Experiments.CodeFixes;

/// <summary>EXP2001: writes the property that was meant into the template.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class NearestNameInIdFix : ExperimentsFix<LiteralExpressionSyntax>
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ImmutableArray.Create(RuleIds.UnknownTemplateName);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => FromTheLast.Instance;

    /// <inheritdoc/>
    protected override (string, SyntaxNode, SyntaxNode)? Fix(LiteralExpressionSyntax node, Diagnostic diagnostic)
    {
        var meant = Operand(diagnostic, "2");
        var start = diagnostic.Location.SourceSpan.Start - node.Token.SpanStart;
        var wrong = Operand(diagnostic, "0");
        var text = node.Token.Text;
        // The diagnostic marks the name itself, unless the literal is too involved to find it in.
        if (meant.Length == 0 || start < 0 || start + wrong.Length > text.Length || text.Substring(start, wrong.Length) != wrong)
            return null;
        // For a nested property the suggestion is the whole path; only its last name is wrong.
        var name = meant.Substring(meant.LastIndexOf('.') + 1);
        var mended = SyntaxFactory.ParseExpression(text.Remove(start, wrong.Length).Insert(start, name)).WithTriviaFrom(node);
        return ($"Use `{name}`", node, mended);
    }
}
