using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Experiments.CodeFixes;

/// <summary>Removes all marked arguments of a document at once; merging single removals would lose those that stand side by side.</summary>
internal sealed class ArgumentRemoval : DocumentBasedFixAllProvider
{
    public static readonly ArgumentRemoval Instance = new();

    protected override async Task<Document?> FixAllAsync(FixAllContext fixAllContext, Document document, ImmutableArray<Diagnostic> diagnostics)
    {
        if (await document.GetSyntaxRootAsync(fixAllContext.CancellationToken).ConfigureAwait(false) is not { } root)
            return document;
        var lists = diagnostics.Select(d => root.FindNode(d.Location.SourceSpan, getInnermostNodeForTie: true).FirstAncestorOrSelf<AttributeArgumentSyntax>())
            .OfType<AttributeArgumentSyntax>().Distinct().ToLookup(argument => (AttributeArgumentListSyntax)argument.Parent!);
        return document.WithSyntaxRoot(root.ReplaceNodes(lists.Select(list => list.Key), (list, _) => Without(list, lists[list])));
    }

    // From the last, so that the places of the others stay.
    private static AttributeArgumentListSyntax Without(AttributeArgumentListSyntax list, IEnumerable<AttributeArgumentSyntax> arguments) =>
        arguments.Select(list.Arguments.IndexOf).OrderByDescending(index => index)
            .Aggregate(list, (rest, index) => rest.WithArguments(rest.Arguments.RemoveAt(index)));
}
