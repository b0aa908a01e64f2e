using System.Collections.Immutable;
using System.Composition;
using Experiments.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Experiments.CodeFixes;

/// <summary>EXP3004, EXP4018: removes a value that is listed twice, or that the script refuses.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class RemoveValueFix : ExperimentsFix<AttributeArgumentSyntax>
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ImmutableArray.Create(RuleIds.DuplicateAxisValue, RuleIds.AxisValueNotAccepted);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => FromTheLast.Instance;

    /// <inheritdoc/>
    protected override (string, SyntaxNode, SyntaxNode)? Fix(AttributeArgumentSyntax node, Diagnostic diagnostic) =>
        node.Parent is AttributeArgumentListSyntax { Arguments.Count: > 1 } list
            ? (diagnostic.Id == RuleIds.DuplicateAxisValue ? "Remove the duplicate" : $"Remove {node}", list, list.WithArguments(list.Arguments.Remove(node)))
            : null;
}
