using System.Collections.Immutable;
using System.Composition;
using Experiments.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Experiments.CodeFixes;

/// <summary>EXP3011: removes an axis that changes nothing.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class RemoveAxisFix : ExperimentsFix<PropertyDeclarationSyntax>
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ImmutableArray.Create(RuleIds.DeadAxis);

    /// <inheritdoc/>
    protected override (string, SyntaxNode, SyntaxNode)? Fix(PropertyDeclarationSyntax node, Diagnostic diagnostic) =>
        node.Parent is RecordDeclarationSyntax record
            ? ($"Remove axis `{node.Identifier.ValueText}`", record, record.RemoveNode(node, SyntaxRemoveOptions.KeepNoTrivia)!)
            : null;
}
