using System.Collections.Immutable;
using System.Composition;
using Experiments.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Experiments.CodeFixes;

/// <summary>EXP3004: removes the second listing of a value.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class RemoveDuplicateValueFix : ExperimentsFix<AttributeArgumentSyntax>
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ImmutableArray.Create(RuleIds.DuplicateAxisValue);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => ArgumentRemoval.Instance;

    /// <inheritdoc/>
    protected override (string, SyntaxNode, SyntaxNode)? Fix(AttributeArgumentSyntax node, Diagnostic diagnostic) =>
        node.Parent is AttributeArgumentListSyntax list
            ? ("Remove the duplicate", list, list.WithArguments(list.Arguments.Remove(node)))
            : null;
}
