using System.Collections.Immutable;
using System.Composition;
using Experiments.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Experiments.CodeFixes;

/// <summary>EXP1017: makes a field an <c>init</c> property, and what is not public public.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class MakePropertyFix : ExperimentsFix<MemberDeclarationSyntax>
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ImmutableArray.Create(RuleIds.FieldIgnored);

    /// <inheritdoc/>
    protected override (string, SyntaxNode, SyntaxNode)? Fix(MemberDeclarationSyntax node, Diagnostic diagnostic)
    {
        switch (node)
        {
            case PropertyDeclarationSyntax { AccessorList: { } accessors } property:
                var open = accessors.ReplaceNodes(accessors.Accessors.Where(accessor => accessor.Modifiers.Count > 0),
                    (accessor, _) => accessor.WithModifiers(default).WithLeadingTrivia(accessor.GetLeadingTrivia()));
                return ("Make it public", node, property.WithModifiers(Public(property.Modifiers)).WithAccessorList(open).WithTriviaFrom(node));
            case FieldDeclarationSyntax { Declaration: { Variables: { Count: 1 } variables } declaration }:
                var end = variables[0].Initializer is { } value ? $" {value.WithLeadingTrivia()};" : "";
                var made = (PropertyDeclarationSyntax)SyntaxFactory.ParseMemberDeclaration($"int {variables[0].Identifier} {{ get; init; }}{end}")!;
                return ("Make it an `init` property", node, made.WithType(declaration.Type).WithAttributeLists(node.AttributeLists).WithModifiers(Public(node.Modifiers)).WithTriviaFrom(node));
            default:
                return null;
        }
    }

    private static SyntaxTokenList Public(SyntaxTokenList modifiers)
    {
        // `protected internal` are two.
        for (var i = modifiers.Count - 1; i >= 0; i--)
        {
            if (modifiers[i].IsKind(SyntaxKind.InternalKeyword) || modifiers[i].IsKind(SyntaxKind.ProtectedKeyword))
                modifiers = modifiers.Any(SyntaxKind.PublicKeyword) ? modifiers.RemoveAt(i) : modifiers.Replace(modifiers[i], SyntaxFactory.Token(SyntaxKind.PublicKeyword).WithTriviaFrom(modifiers[i]));
        }

        return modifiers;
    }
}
