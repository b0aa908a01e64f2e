using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Experiments.Generators.Parsing;

/// <summary>Finds a part of a string's value in the source text, where it is one plain literal; otherwise points at the whole expression.</summary>
internal sealed class LiteralMap(ExpressionSyntax? expression, Location fallback)
{
    public Location Whole => expression?.GetLocation() ?? fallback;

    public Location At(int start, int length)
    {
        if (expression is not LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression } literal)
            return Whole;
        var token = literal.Token;
        var offset = token.Text.IndexOf(token.ValueText, StringComparison.Ordinal);
        // Escapes make text and value differ; then no offset is found, or a wrong one that the length gives away.
        return token.ValueText.Length == 0 || offset < 1 || token.Text.IndexOf('\\') >= 0
            ? Whole
            : Location.Create(literal.SyntaxTree, new TextSpan(token.SpanStart + offset + start, length));
    }
}
