using System.Collections.Immutable;
using System.Composition;
using Experiments.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Experiments.CodeFixes;

/// <summary>EXP4010: gives a property the name that the script's option has.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class NameOptionFix : ExperimentsFix<PropertyDeclarationSyntax>
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ImmutableArray.Create(RuleIds.UnknownOption);

    /// <inheritdoc/>
    protected override (string, SyntaxNode, SyntaxNode)? Fix(PropertyDeclarationSyntax node, Diagnostic diagnostic)
    {
        var key = Operand(diagnostic, "3");
        if (key.Length == 0)
            return null;
        var title = $"Pass it as `{Operand(diagnostic, "2")}` with `[JsonPropertyName(\"{key}\")]`";
        var literal = SyntaxFactory.LiteralExpression(SyntaxKind.StringLiteralExpression, SyntaxFactory.Literal(key));
        var named = node.AttributeLists.SelectMany(list => list.Attributes).FirstOrDefault(attribute => attribute.Name.ToString().Split('.').Last() is "JsonPropertyName" or "JsonPropertyNameAttribute");
        if (named?.ArgumentList?.Arguments.FirstOrDefault() is { } given)
            return (title, given.Expression, literal.WithTriviaFrom(given.Expression));
        return (title, node, node.WithFirstAttribute($"global::System.Text.Json.Serialization.JsonPropertyName({SymbolDisplay.FormatLiteral(key, quote: true)})"));
    }
}
