using System.Collections.Immutable;
using Experiments.Generators.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Experiments.Generators.Tests.Harness;

/// <summary>What a code fix makes of a source, in a workspace as in an editor.</summary>
internal static class Fixed
{
    /// <summary>Titles offered for the only diagnostic the fix knows.</summary>
    public static async Task<ImmutableArray<string>> TitlesAsync(CodeFixProvider fix, string source) =>
        [.. (await OfferedAsync(fix, source)).Actions.Select(action => action.Title)];

    /// <summary>Applies a fix, and asserts that the mended source has none of our diagnostics and compiles without a warning.</summary>
    public static async Task VerifyAsync(CodeFixProvider fix, string before, string after, int choice = 0, string? committed = null, PythonFiles? python = null)
    {
        var (document, actions) = await OfferedAsync(fix, before, committed, python);
        var operation = Assert.Single((await actions[choice].GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>());
        var mended = (await operation.ChangedSolution.GetDocument(document.Id)!.GetTextAsync()).ToString();
        Assert.Equal(after, mended);
        Assert.Empty(await Analyzed.DiagnosticsAsync(mended, committed, python));
        Assert.Empty(Compiled.From(mended).Problems);
    }

    /// <summary>Applies the only fix offered, which leaves the source as it is, and gives what it makes of the lock.</summary>
    public static async Task<string> LockAsync(CodeFixProvider fix, string source, string committed)
    {
        var (document, actions) = await OfferedAsync(fix, source, committed);
        var operation = Assert.Single((await actions[0].GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>());
        Assert.Equal(source, (await operation.ChangedSolution.GetDocument(document.Id)!.GetTextAsync()).ToString());
        return (await Assert.Single(operation.ChangedSolution.GetProject(document.Project.Id)!.AdditionalDocuments).GetTextAsync()).ToString();
    }

    /// <summary>The same for all that can be accepted, at once.</summary>
    public static async Task<string> LockAllAsync(CodeFixProvider fix, string source, string committed)
    {
        var (document, actions) = await OfferedAsync(fix, source, committed);
        var context = new FixAllContext(document, fix, FixAllScope.Project, actions[0].EquivalenceKey, fix.FixableDiagnosticIds, new Diagnostics(), CancellationToken.None);
        var all = await fix.GetFixAllProvider()!.GetFixAsync(context);
        var operation = Assert.Single((await all!.GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>());
        return (await Assert.Single(operation.ChangedSolution.GetProject(document.Project.Id)!.AdditionalDocuments).GetTextAsync()).ToString();
    }

    /// <summary>Applies a fix to every place at once.</summary>
    public static async Task VerifyAllAsync(CodeFixProvider fix, string before, string after, int choice = 0, PythonFiles? python = null)
    {
        var (document, actions) = await OfferedAsync(fix, before, python: python);
        var context = new FixAllContext(document, fix, FixAllScope.Document, actions[choice].EquivalenceKey, fix.FixableDiagnosticIds, new Diagnostics(), CancellationToken.None);
        var all = await fix.GetFixAllProvider()!.GetFixAsync(context);
        var operation = Assert.Single((await all!.GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>());
        Assert.Equal(after, (await operation.ChangedSolution.GetDocument(document.Id)!.GetTextAsync()).ToString());
    }

    private static async Task<(Document Document, List<CodeAction> Actions)> OfferedAsync(CodeFixProvider fix, string source, string? committed = null, PythonFiles? python = null)
    {
        using var workspace = new AdhocWorkspace();
        var compilation = Compiled.Compilation(source);
        var project = workspace.CurrentSolution.AddProject("Sample", "Sample", LanguageNames.CSharp)
            .WithCompilationOptions(compilation.Options).WithParseOptions(compilation.SyntaxTrees[0].Options).WithMetadataReferences(compilation.References);
        foreach (var tree in Compiled.From(source).Output.SyntaxTrees.Where(tree => tree.FilePath != "Sample.cs"))
            project = project.AddDocument(tree.FilePath, await tree.GetTextAsync(), filePath: tree.FilePath).Project;
        if (committed is not null)
            project = project.AddAdditionalDocument("experiments.lock.json", committed, filePath: "/project/experiments.lock.json").Project;
        if (python is not null)
            project = python.AddTo(project);
        var document = project.AddDocument("Sample.cs", source, filePath: "Sample.cs");

        var diagnostics = await Diagnostics.OfAsync(document, fix);
        Assert.NotEmpty(diagnostics);
        TextDocument place = diagnostics[0].Location.IsInSource ? document : document.Project.AdditionalDocuments.Single();
        var actions = new List<CodeAction>();
        await fix.RegisterCodeFixesAsync(new CodeFixContext(place, diagnostics[0], (action, _) => actions.Add(action), CancellationToken.None));
        return (document, actions);
    }

    private sealed class Diagnostics : FixAllContext.DiagnosticProvider
    {
        public static async Task<ImmutableArray<Diagnostic>> OfAsync(Document document, CodeFixProvider fix)
        {
            var compilation = (await document.Project.GetCompilationAsync())!.WithAnalyzers(Analyzed.Analyzers, document.Project.AnalyzerOptions);
            var tree = await document.GetSyntaxTreeAsync();
            return [.. (await compilation.GetAnalyzerDiagnosticsAsync()).Where(d => fix.FixableDiagnosticIds.Contains(d.Id) && (d.Location.SourceTree == tree || d.Location.Kind == LocationKind.ExternalFile)).OrderBy(d => d.Location.SourceSpan.Start)];
        }

        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken)
        {
            var compilation = (await document.Project.GetCompilationAsync(cancellationToken))!.WithAnalyzers(Analyzed.Analyzers, document.Project.AnalyzerOptions);
            var tree = await document.GetSyntaxTreeAsync(cancellationToken);
            return (await compilation.GetAnalyzerDiagnosticsAsync(cancellationToken)).Where(d => d.Location.SourceTree == tree);
        }

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            Task.FromResult<IEnumerable<Diagnostic>>([]);

        public override async Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken)
        {
            var compilation = (await project.GetCompilationAsync(cancellationToken))!.WithAnalyzers(Analyzed.Analyzers, project.AnalyzerOptions);
            return await compilation.GetAnalyzerDiagnosticsAsync(cancellationToken);
        }
    }
}
