using System.Collections.Immutable;
using System.Composition;
using Experiments.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Experiments.CodeFixes;

/// <summary>EXP1010: makes a class a partial record.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class MakeRecordFix : ExperimentsFix<TypeDeclarationSyntax>
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ImmutableArray.Create(RuleIds.UnsuitableType);

    /// <inheritdoc/>
    protected override (string, SyntaxNode, SyntaxNode)? Fix(TypeDeclarationSyntax node, Diagnostic diagnostic)
    {
        if (node is not ClassDeclarationSyntax declaration)
            return null;
        var leading = declaration.GetLeadingTrivia();
        var bare = declaration.WithoutLeadingTrivia();
        var modifiers = bare.Modifiers.Any(SyntaxKind.PartialKeyword) ? bare.Modifiers : bare.Modifiers.Add(SyntaxFactory.Token(SyntaxKind.PartialKeyword).WithTrailingTrivia(SyntaxFactory.Space));
        var record = SyntaxFactory.RecordDeclaration(SyntaxKind.RecordDeclaration, bare.AttributeLists, modifiers, SyntaxFactory.Token(SyntaxKind.RecordKeyword).WithTriviaFrom(bare.Keyword), default,
            bare.Identifier, bare.TypeParameterList, bare.ParameterList, bare.BaseList, bare.ConstraintClauses, bare.OpenBraceToken, bare.Members, bare.CloseBraceToken, bare.SemicolonToken);
        return ("Make it a `partial record`", node, record.WithLeadingTrivia(leading));
    }
}
