using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;

namespace Experiments.EndToEnd.Tests;

/// <summary>What an editor does with an installed package: loads its analyzers and code fixes, and applies the first fix for a diagnostic.</summary>
internal static class PackedFixes
{
    private const string ImplicitUsings = "global using System; global using System.Collections.Generic; global using System.Linq; global using System.Threading.Tasks;";

    /// <param name="cache">The package cache that a project was restored to.</param>
    /// <param name="source">Its only file.</param>
    /// <param name="id">The diagnostic.</param>
    public static async Task<string> ApplyAsync(string cache, string source, string id)
    {
        var analyzers = Directory.GetFiles(Path.Combine(cache, "experiments"), "*.dll", SearchOption.AllDirectories).Where(file => file.Contains("/analyzers/dotnet/cs/", StringComparison.Ordinal));
        var types = analyzers.Order(StringComparer.Ordinal).Reverse().Select(Assembly.LoadFrom).SelectMany(assembly => assembly.GetTypes()).Where(type => type is { IsAbstract: false, IsPublic: true }).ToList();
        var fix = types.Where(typeof(CodeFixProvider).IsAssignableFrom).Select(Create<CodeFixProvider>).First(fix => fix.FixableDiagnosticIds.Contains(id));

        using var workspace = new AdhocWorkspace();
        var project = workspace.AddProject("Packed", LanguageNames.CSharp)
            .WithCompilationOptions(new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable))
            .WithMetadataReferences(References(cache))
            .AddDocument("Usings.cs", ImplicitUsings).Project;
        var document = project.AddDocument("Program.cs", source);
        var compilation = (await document.Project.GetCompilationAsync())!
            .WithAnalyzers([.. types.Where(typeof(DiagnosticAnalyzer).IsAssignableFrom).Select(Create<DiagnosticAnalyzer>)]);
        var diagnostic = Assert.Single(await compilation.GetAnalyzerDiagnosticsAsync(), diagnostic => diagnostic.Id == id);
        var actions = new List<CodeAction>();
        await fix.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), CancellationToken.None));
        var change = Assert.Single((await actions[0].GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>());
        return (await change.ChangedSolution.GetDocument(document.Id)!.GetTextAsync()).ToString();
    }

    private static T Create<T>(Type type) => (T)Activator.CreateInstance(type)!;

    private static IEnumerable<MetadataReference> References(string cache) =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetDirectoryName(path) == Path.GetDirectoryName(typeof(object).Assembly.Location))
            .Concat(Directory.GetDirectories(cache, "experiments*").SelectMany(package => Directory.GetFiles(package, "Experiments*.dll", SearchOption.AllDirectories)).Where(file => file.Contains("/lib/", StringComparison.Ordinal)))
            .Select(path => MetadataReference.CreateFromFile(path));
}
