using System.Collections.Immutable;
using System.Composition;
using Experiments.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Experiments.CodeFixes;

/// <summary>EXP1014: writes the smaller bound first.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class SwapBoundsFix : ExperimentsFix<AttributeSyntax>
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ImmutableArray.Create(RuleIds.EmptyRange);

    /// <inheritdoc/>
    protected override (string, SyntaxNode, SyntaxNode)? Fix(AttributeSyntax node, Diagnostic diagnostic)
    {
        // [Range(1, 1, MinimumIsExclusive = true)] is empty whichever way round.
        if (Operand(diagnostic, "1") == Operand(diagnostic, "2") || node.ArgumentList?.Arguments.Where(a => a.NameEquals is null && a.NameColon is null).ToList() is not { Count: 2 } bounds)
            return null;
        var swapped = node.ReplaceNodes(bounds.Select(b => b.Expression), (expression, _) => (expression == bounds[0].Expression ? bounds[1] : bounds[0]).Expression.WithTriviaFrom(expression));
        return ("Swap the bounds", node, swapped);
    }
}
