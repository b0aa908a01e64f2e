using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Experiments.CodeFixes;

/// <summary>A fix that replaces one node of the document the diagnostic is in.</summary>
/// <typeparam name="TNode">The node it works on: the innermost one around the diagnostic.</typeparam>
public abstract class ExperimentsFix<TNode> : CodeFixProvider
    where TNode : SyntaxNode
{
    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        if (await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false) is not { } root)
            return;
        foreach (var diagnostic in context.Diagnostics)
        {
            var node = root.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true).FirstAncestorOrSelf<TNode>();
            if (node is null || Fix(node, diagnostic) is not { } fix)
                continue;
            context.RegisterCodeFix(
                CodeAction.Create(fix.Title, _ => Task.FromResult(context.Document.WithSyntaxRoot(root.ReplaceNode(fix.Old, fix.New))), diagnostic.Id),
                diagnostic);
        }
    }

    /// <summary>The replacement; <see langword="null"/> when a precondition does not hold.</summary>
    protected abstract (string Title, SyntaxNode Old, SyntaxNode New)? Fix(TNode node, Diagnostic diagnostic);

    /// <summary>An operand of the diagnostic's message.</summary>
    protected static string Operand(Diagnostic diagnostic, string index) => diagnostic.Properties.TryGetValue(index, out var value) ? value ?? "" : "";
}
