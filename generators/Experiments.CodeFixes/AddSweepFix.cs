using System.Collections.Immutable;
using System.Composition;
using Experiments.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Experiments.CodeFixes;

/// <summary>EXP3021: adds <c>[Sweep]</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class AddSweepFix : ExperimentsFix<RecordDeclarationSyntax>
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ImmutableArray.Create(RuleIds.SweepUndeclared);

    /// <inheritdoc/>
    protected override (string, SyntaxNode, SyntaxNode)? Fix(RecordDeclarationSyntax node, Diagnostic diagnostic) =>
        ("Add `[Sweep]`", node, node.WithFirstAttribute("global::Experiments.Sweep"));
}
