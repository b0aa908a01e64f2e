using System.Collections.Immutable;
using Experiments.Generators.Analyzers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Experiments.Generators.Benchmarks;

/// <summary>A project in memory, its generator, and edits of it.</summary>
internal sealed class Project
{
    private static readonly CSharpParseOptions _parse = new(LanguageVersion.Latest);

    /// <summary>Paths of the assemblies that every project references.</summary>
    public static IReadOnlyList<string> References { get; } =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is var name && ((name.StartsWith("System.", StringComparison.Ordinal) && !name.StartsWith("System.Management", StringComparison.Ordinal)) || name is "netstandard.dll" or "mscorlib.dll"))
            .Append(typeof(ExperimentAttribute).Assembly.Location),
    ];

    private static readonly ImmutableArray<MetadataReference> _references = [.. References.Select(path => MetadataReference.CreateFromFile(path))];

    /// <summary>System.Text.Json's generator, as the framework ships it.</summary>
    public static string JsonGenerator { get; } = Directory.EnumerateFiles(
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", "..", "packs", "Microsoft.NETCore.App.Ref")),
        "System.Text.Json.SourceGeneration.dll", SearchOption.AllDirectories).OrderByDescending(path => path, StringComparer.Ordinal).First();

    private Project(int experiments, ISourceGenerator generator, Func<int, string> source)
    {
        Texts = [("Usings.cs", Sources.Usings), ("Shared.cs", Sources.Shared), ("Tables.cs", Sources.Unrelated),
            .. Enumerable.Range(0, experiments).Select(i => ($"Training{i}.cs", source(i)))];
        Generator = generator;
        Compilation = Compile(Texts);
    }

    public IReadOnlyList<(string Path, string Text)> Texts { get; }

    public ISourceGenerator Generator { get; }

    public CSharpCompilation Compilation { get; }

    /// <summary>All analyzers of ours.</summary>
    public static ImmutableArray<DiagnosticAnalyzer> Analyzers { get; } =
    [
        .. typeof(ExperimentsAnalyzer).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(DiagnosticAnalyzer)))
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    /// <summary>Experiments, with our generator.</summary>
    public static Project Ours(int experiments) => new(experiments, new ExperimentsGenerator().AsSourceGenerator(), Sources.Experiment);

    /// <summary>The same records with System.Text.Json's generator, as the framework ships it.</summary>
    public static Project Json(int experiments)
    {
        var type = System.Reflection.Assembly.LoadFrom(JsonGenerator).GetType("System.Text.Json.SourceGeneration.JsonSourceGenerator", throwOnError: true)!;
        return new(experiments, ((IIncrementalGenerator)Activator.CreateInstance(type)!).AsSourceGenerator(), Sources.Plain);
    }

    /// <param name="tracks">Whether each step is timed, too.</param>
    public GeneratorDriver Driver(bool tracks = false) =>
        CSharpGeneratorDriver.Create([Generator], parseOptions: _parse, driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, tracks));

    public static CSharpCompilation Compile(IEnumerable<(string Path, string Text)> texts) => CSharpCompilation.Create("Lab", texts.Select(Parse), _references,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable));

    public static SyntaxTree Parse((string Path, string Text) file) => CSharpSyntaxTree.ParseText(SourceText.From(file.Text, System.Text.Encoding.UTF8), _parse, file.Path);

    /// <summary>The project after one more edit of a file, parsed as an editor does.</summary>
    public static CSharpCompilation Edit(CSharpCompilation compilation, string path, string old, string with)
    {
        var tree = compilation.SyntaxTrees.First(t => t.FilePath == path);
        var text = tree.GetText();
        var start = text.ToString().IndexOf(old, StringComparison.Ordinal);
        if (start < 0)
            throw new InvalidOperationException($"expected `{path}` to have `{old}`");
        return compilation.ReplaceSyntaxTree(tree, tree.WithChangedText(text.WithChanges(new TextChange(new TextSpan(start, old.Length), with))));
    }
}
