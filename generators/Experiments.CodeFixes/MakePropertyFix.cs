using System.Collections.Immutable;
using System.Composition;
using Experiments.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Experiments.CodeFixes;

/// <summary>EXP1017: makes a field an <c>init</c> property.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class MakePropertyFix : ExperimentsFix<FieldDeclarationSyntax>
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ImmutableArray.Create(RuleIds.FieldIgnored);

    /// <inheritdoc/>
    protected override (string, SyntaxNode, SyntaxNode)? Fix(FieldDeclarationSyntax node, Diagnostic diagnostic)
    {
        if (node.Declaration.Variables.Count > 1)
            return null;
        var field = node.Declaration.Variables[0];
        var end = field.Initializer is { } value ? $" {value.WithLeadingTrivia()};" : "";
        var property = (PropertyDeclarationSyntax)SyntaxFactory.ParseMemberDeclaration($"int {field.Identifier} {{ get; init; }}{end}")!;
        return ("Make it an `init` property", node, property.WithType(node.Declaration.Type).WithAttributeLists(node.AttributeLists).WithModifiers(node.Modifiers).WithTriviaFrom(node));
    }
}
