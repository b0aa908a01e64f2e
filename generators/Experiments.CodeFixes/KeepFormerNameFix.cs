using System.Collections.Immutable;
using System.Composition;
using Experiments.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Experiments.CodeFixes;

/// <summary>EXP2051: adds <c>[FormerName]</c>, so that runs keep their identity across the rename.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class KeepFormerNameFix : ExperimentsFix<SyntaxNode>
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ImmutableArray.Create(RuleIds.LockedPropertyRenamed);

    /// <inheritdoc/>
    protected override (string, SyntaxNode, SyntaxNode)? Fix(SyntaxNode node, Diagnostic diagnostic)
    {
        var former = Operand(diagnostic, "0");
        var title = $"Keep the identity with `[FormerName(\"{former}\")]`";
        var attribute = $"global::Experiments.FormerName({SymbolDisplay.FormatLiteral(former, quote: true)})";
        // First, because the oldest name identifies.
        return node.FirstAncestorOrSelf<SyntaxNode>(n => n is PropertyDeclarationSyntax or ParameterSyntax) switch
        {
            PropertyDeclarationSyntax property => (title, property, property.WithFirstAttribute(attribute)),
            ParameterSyntax parameter => (title, parameter, parameter.WithFirstAttribute("property: " + attribute)),
            _ => null,
        };
    }
}
