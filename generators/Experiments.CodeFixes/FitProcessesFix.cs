using System.Collections.Immutable;
using System.Composition;
using Experiments.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Experiments.CodeFixes;

/// <summary>EXP5004: as many processes as GPUs.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class FitProcessesFix : ExperimentsFix<AttributeArgumentSyntax>
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ImmutableArray.Create(RuleIds.TooManyProcesses);

    /// <inheritdoc/>
    protected override (string, SyntaxNode, SyntaxNode)? Fix(AttributeArgumentSyntax node, Diagnostic diagnostic)
    {
        var gpus = Operand(diagnostic, "1");
        return gpus == "0" ? null : ($"Start {gpus} processes", node.Expression, SyntaxFactory.ParseExpression(gpus).WithTriviaFrom(node.Expression));
    }
}
