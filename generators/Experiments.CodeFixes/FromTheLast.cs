using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Experiments.CodeFixes;

/// <summary>
/// Fixes all places of a document from the last to the first, each in what the one before has left: for fixes whose places can be so close together that merging
/// their edits would lose some. Such a fix changes nothing that stands before its place, so the other places stay where they are.
/// </summary>
internal sealed class FromTheLast : DocumentBasedFixAllProvider
{
    public static readonly FromTheLast Instance = new();

    protected override async Task<Document?> FixAllAsync(FixAllContext fixAllContext, Document document, ImmutableArray<Diagnostic> diagnostics)
    {
        foreach (var diagnostic in diagnostics.OrderByDescending(diagnostic => diagnostic.Location.SourceSpan.Start))
        {
            CodeAction? chosen = null;
            await fixAllContext.CodeFixProvider.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic,
                (offered, _) => chosen = offered.EquivalenceKey == fixAllContext.CodeActionEquivalenceKey ? offered : chosen, fixAllContext.CancellationToken)).ConfigureAwait(false);
            if (chosen is null)
                continue;
            var operations = await chosen.GetOperationsAsync(fixAllContext.CancellationToken).ConfigureAwait(false);
            document = operations.OfType<ApplyChangesOperation>().Single().ChangedSolution.GetDocument(document.Id)!;
        }

        return document;
    }
}
