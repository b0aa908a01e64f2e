using System.Collections.Immutable;
using System.Composition;
using Experiments.Core;
using Experiments.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Experiments.CodeFixes;

/// <summary>EXP1052: makes a text that looks like a secret a <c>Secret</c> in an environment variable.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class MakeSecretFix : ExperimentsFix<PropertyDeclarationSyntax>
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ImmutableArray.Create(RuleIds.SecretAsText);

    /// <inheritdoc/>
    protected override (string, SyntaxNode, SyntaxNode)? Fix(PropertyDeclarationSyntax node, Diagnostic diagnostic)
    {
        if (node.AccessorList is null)
            return null;
        var isNullable = node.Type is NullableTypeSyntax;
        var secret = node.WithType(SyntaxFactory.ParseTypeName("global::Experiments.Secret" + (isNullable ? "?" : "")).WithShortNames().WithTriviaFrom(node.Type));
        var isRequired = node.Modifiers.Any(SyntaxKind.RequiredKeyword);
        var isNull = node.Initializer?.Value.IsKind(SyntaxKind.NullLiteralExpression) ?? true;
        if (isRequired || (isNullable && isNull))
            return ("Make it a `Secret`", node, secret);
        var from = SyntaxFactory.ParseExpression($"global::Experiments.Secret.FromEnvironment({SymbolDisplay.FormatLiteral(Variable(node), quote: true)})").WithShortNames();
        if (node.Initializer is { } initializer)
            return ("Make it a `Secret`", node, secret.WithInitializer(initializer.WithValue(from.WithTriviaFrom(initializer.Value))));
        var equals = SyntaxFactory.EqualsValueClause(SyntaxFactory.Token(SyntaxKind.EqualsToken).WithTrailingTrivia(SyntaxFactory.Space), from).WithLeadingTrivia(SyntaxFactory.Space);
        var end = node.GetTrailingTrivia();
        return ("Make it a `Secret`", node, secret.WithoutTrailingTrivia().WithInitializer(equals).WithSemicolonToken(SyntaxFactory.Token(SyntaxKind.SemicolonToken)).WithTrailingTrivia(end));
    }

    /// <summary>The variable that the initializer reads already, else one named as the property.</summary>
    private static string Variable(PropertyDeclarationSyntax property)
    {
        var read = property.Initializer?.Value.DescendantNodesAndSelf().OfType<InvocationExpressionSyntax>()
            .FirstOrDefault(call => call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetEnvironmentVariable" })
            ?.ArgumentList.Arguments.FirstOrDefault()?.Expression;
        return read is LiteralExpressionSyntax { Token.Value: string name } ? name : SnakeCase.Of(property.Identifier.ValueText).ToUpperInvariant();
    }
}
