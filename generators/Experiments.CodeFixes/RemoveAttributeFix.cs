using System.Collections.Immutable;
using System.Composition;
using Experiments.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Experiments.CodeFixes;

/// <summary>EXP1018, EXP1019, EXP3016, EXP5001, EXP5011: removes an attribute that means nothing where it is.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class RemoveAttributeFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ImmutableArray.Create(RuleIds.BudgetUnchecked, RuleIds.RemedyNotNumeric, RuleIds.TwoRetries, RuleIds.AttributeIgnored, RuleIds.CheckIgnored);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => FromTheLast.Instance;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        if (root?.FindNode(context.Span).FirstAncestorOrSelf<AttributeSyntax>() is not { Parent: AttributeListSyntax list } attribute)
            return;
        context.RegisterCodeFix(CodeAction.Create($"Remove `[{attribute.Name}]`", _ => Task.FromResult(context.Document.WithSyntaxRoot(Without(root, list, attribute))), "remove attribute"), context.Diagnostics);
    }

    // What stands before the list, such as its documentation, belongs to the declaration and stays.
    private static SyntaxNode Without(SyntaxNode root, AttributeListSyntax list, AttributeSyntax attribute) => list.Attributes.Count > 1
        ? root.RemoveNode(attribute, SyntaxRemoveOptions.KeepNoTrivia)!
        : root.RemoveNode(list, SyntaxRemoveOptions.KeepLeadingTrivia)!;
}
