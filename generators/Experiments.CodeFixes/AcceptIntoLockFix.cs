using System.Collections.Immutable;
using System.Composition;
using System.Globalization;
using Experiments.Generators.Analyzers;
using Experiments.Generators.Locks;
using Experiments.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;

namespace Experiments.CodeFixes;

/// <summary>EXP2050 to EXP2059: writes into <c>experiments.lock.json</c> what an experiment is now. All differences of one experiment are accepted together.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, DocumentKinds = [nameof(TextDocumentKind.Document), nameof(TextDocumentKind.AdditionalDocument)], DocumentExtensions = [".cs", ".json"]), Shared]
public sealed class AcceptIntoLockFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ImmutableArray.Create(
        RuleIds.LockedIdChanged, RuleIds.LockedPropertyRenamed, RuleIds.LockedPropertyAdded, RuleIds.LockedDefaultChanged, RuleIds.LockedTypeChanged,
        RuleIds.LockedSweepChanged, RuleIds.LockedPropertyRemoved, RuleIds.LockedDeclarationGone);

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => AcceptAllIntoLock.Instance;

    /// <inheritdoc/>
    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var project = context.TextDocument.Project;
        if (LockOf(project) is null)
            return Task.CompletedTask;
        var diagnostic = context.Diagnostics[0];
        context.RegisterCodeFix(
            CodeAction.Create(Title(diagnostic), token => AcceptAsync(project, [diagnostic], token), nameof(AcceptIntoLockFix)),
            diagnostic);
        return Task.CompletedTask;
    }

    /// <summary>The project with all that some diagnostics say accepted into its lock.</summary>
    internal static async Task<Solution> AcceptAsync(Project project, IEnumerable<Diagnostic> diagnostics, CancellationToken cancellation)
    {
        if (LockOf(project) is not { } file || await project.GetCompilationAsync(cancellation).ConfigureAwait(false) is not { } compilation)
            return project.Solution;
        var before = await file.GetTextAsync(cancellation).ConfigureAwait(false);
        var text = before.ToString();
        foreach (var diagnostic in diagnostics)
            text = Accepted(text, diagnostic, compilation, cancellation);
        return project.Solution.WithAdditionalDocumentText(file.Id, SourceText.From(text, before.Encoding));
    }

    private static TextDocument? LockOf(Project project) =>
        project.AdditionalDocuments.FirstOrDefault(d => Path.GetFileName(d.FilePath ?? d.Name) == CommittedLock.FileName);

    private static string Title(Diagnostic diagnostic)
    {
        if (diagnostic.Id == RuleIds.LockedDeclarationGone)
            return $"Remove `{Operand(diagnostic, "1")}` from {CommittedLock.FileName}";
        var what = Operand(diagnostic, diagnostic.Id == RuleIds.LockedSweepChanged ? "0" : LockAnalyzer.TypeProperty);
        return $"Accept `{what.Substring(what.LastIndexOfAny(['.', '+']) + 1)}` as it is into {CommittedLock.FileName}";
    }

    private static string Accepted(string text, Diagnostic diagnostic, Compilation compilation, CancellationToken cancellation)
    {
        switch (diagnostic.Id)
        {
            case RuleIds.LockedDeclarationGone:
                return LockEdit.Remove(text, Operand(diagnostic, "0"), Operand(diagnostic, "1"));
            case RuleIds.LockedSweepChanged:
                return LockEdit.AcceptRuns(text, Operand(diagnostic, "0"), long.Parse(Operand(diagnostic, "2"), NumberStyles.AllowThousands, CultureInfo.InvariantCulture));
            default:
                return compilation.GetTypeByMetadataName(Operand(diagnostic, LockAnalyzer.TypeProperty)) is { } type && ExperimentParser.Model(type, cancellation) is { } experiment
                    ? LockEdit.Accept(text, type, experiment, cancellation)
                    : text;
        }
    }

    private static string Operand(Diagnostic diagnostic, string name) => diagnostic.Properties.TryGetValue(name, out var value) ? value ?? "" : "";
}
