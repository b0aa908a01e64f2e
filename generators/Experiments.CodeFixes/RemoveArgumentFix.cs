using System.Collections.Immutable;
using System.Composition;
using Experiments.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Experiments.CodeFixes;

/// <summary>EXP3012, EXP5007: removes a value that no run has, or the second <c>Primary</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class RemoveArgumentFix : ExperimentsFix<AttributeArgumentSyntax>
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ImmutableArray.Create(RuleIds.UnusedValue, RuleIds.TwoPrimaryMetrics);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => FromTheLast.Instance;

    /// <inheritdoc/>
    protected override (string, SyntaxNode, SyntaxNode)? Fix(AttributeArgumentSyntax node, Diagnostic diagnostic) =>
        node.Parent is AttributeArgumentListSyntax { Arguments.Count: > 1 } list
            ? (diagnostic.Id == RuleIds.UnusedValue ? $"Remove `{node}`" : $"Let `{Operand(diagnostic, "1")}` be primary", list, list.WithArguments(list.Arguments.Remove(node)))
            : null;
}
