using Experiments.Generators.Locks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace Experiments.CodeFixes;

/// <summary>Accepts everything at once. The lock is one file, so that changes to it can't be merged as changes to sources are.</summary>
internal sealed class AcceptAllIntoLock : FixAllProvider
{
    public static AcceptAllIntoLock Instance { get; } = new();

    public override IEnumerable<FixAllScope> GetSupportedFixAllScopes() => [FixAllScope.Document, FixAllScope.Project, FixAllScope.Solution];

    public override Task<CodeAction?> GetFixAsync(FixAllContext context) => Task.FromResult<CodeAction?>(
        CodeAction.Create($"Accept everything into {CommittedLock.FileName}", token => AcceptAsync(context.WithCancellationToken(token)), nameof(AcceptAllIntoLock)));

    private static async Task<Solution> AcceptAsync(FixAllContext context)
    {
        var solution = context.Solution;
        foreach (var id in context.Scope == FixAllScope.Solution ? solution.ProjectIds : [context.Project.Id])
        {
            var project = solution.GetProject(id)!;
            var diagnostics = context.Scope == FixAllScope.Document && context.Document is { } document
                ? await context.GetDocumentDiagnosticsAsync(document).ConfigureAwait(false)
                : await context.GetAllDiagnosticsAsync(project).ConfigureAwait(false);
            solution = await AcceptIntoLockFix.AcceptAsync(project, diagnostics, context.CancellationToken).ConfigureAwait(false);
        }

        return solution;
    }
}
