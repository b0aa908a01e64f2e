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
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class AcceptIntoLockFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds => ImmutableArray.Create(
        RuleIds.LockedIdChanged, RuleIds.LockedPropertyRenamed, RuleIds.LockedPropertyAdded, RuleIds.LockedDefaultChanged, RuleIds.LockedTypeChanged,
        RuleIds.LockedSweepChanged, RuleIds.LockedPropertyRemoved);

    // What is lost by accepting is said experiment by experiment; `plan --lock` accepts everything.
    /// <inheritdoc/>
    public override FixAllProvider? GetFixAllProvider() => null;

    /// <inheritdoc/>
    public override Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var project = context.Document.Project;
        if (project.AdditionalDocuments.FirstOrDefault(d => Path.GetFileName(d.FilePath ?? d.Name) == CommittedLock.FileName) is not { } file)
            return Task.CompletedTask;
        var diagnostic = context.Diagnostics[0];
        var what = Operand(diagnostic, diagnostic.Id == RuleIds.LockedSweepChanged ? "0" : LockAnalyzer.TypeProperty);
        context.RegisterCodeFix(
            CodeAction.Create($"Accept `{what.Substring(what.LastIndexOfAny(['.', '+']) + 1)}` as it is into {CommittedLock.FileName}", token => AcceptAsync(project, file, diagnostic, token), "accept " + what),
            diagnostic);
        return Task.CompletedTask;
    }

    private static async Task<Solution> AcceptAsync(Project project, TextDocument file, Diagnostic diagnostic, CancellationToken cancellation)
    {
        var text = (await file.GetTextAsync(cancellation).ConfigureAwait(false)).ToString();
        var accepted = text;
        if (diagnostic.Id == RuleIds.LockedSweepChanged)
        {
            accepted = LockEdit.AcceptRuns(text, Operand(diagnostic, "0"), long.Parse(Operand(diagnostic, "2"), NumberStyles.AllowThousands, CultureInfo.InvariantCulture));
        }
        else if (await project.GetCompilationAsync(cancellation).ConfigureAwait(false) is { } compilation
            && compilation.GetTypeByMetadataName(Operand(diagnostic, LockAnalyzer.TypeProperty)) is { } type
            && ExperimentParser.Parse(type, null, cancellation) is { } experiment)
        {
            accepted = LockEdit.Accept(text, type, experiment, cancellation);
        }

        return project.Solution.WithAdditionalDocumentText(file.Id, SourceText.From(accepted));
    }

    private static string Operand(Diagnostic diagnostic, string name) => diagnostic.Properties.TryGetValue(name, out var value) ? value ?? "" : "";
}
