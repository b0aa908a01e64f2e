using System.Collections.Immutable;
using System.Reflection;
using Experiments.Generators;
using Experiments.Generators.Analyzers;
using Experiments.Scripting.Packages;
using Experiments.Scripting.Sources;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Experiments.Scripting.Compiling;

/// <summary>The generators and analyzers of a script: ours, the framework's where the script asks for them, and those of its packages.</summary>
internal sealed class Extensions
{
    /// <summary>Attributes that the framework's generators look for. Loading these costs more than compiling most scripts, so only where one is named.</summary>
    private static readonly (string Attribute, string Assembly)[] OfFramework =
    [
        ("JsonSerializable", "System.Text.Json.SourceGeneration.dll"),
        ("GeneratedRegex", "System.Text.RegularExpressions.Generator.dll"),
        ("LibraryImport", "Microsoft.Interop.LibraryImportGenerator.dll"),
    ];

    public Extensions(ScriptSources sources, ResolvedPackages packages)
    {
        var references = OfFramework
            .Where(entry => Platform.GeneratorFolder is not null && sources.Files.Any(f => f.Text.ToString().Contains(entry.Attribute, StringComparison.Ordinal)))
            .Select(entry => Path.Combine(Platform.GeneratorFolder!, entry.Assembly))
            .Concat(packages.Analyzers)
            .Where(File.Exists)
            .Select(path => new AnalyzerFileReference(path, Loader.Instance))
            .ToList();
        // Assemblies of analyzers may hold code fixes too, which need more than there is here: such types are passed over.
        Generators = [new ExperimentsGenerator().AsSourceGenerator(), .. references.SelectMany(r => r.GetGenerators(LanguageNames.CSharp))];
        Analyzers = [.. Ours, .. references.SelectMany(r => r.GetAnalyzers(LanguageNames.CSharp))];
        Nearby = NearbyFiles.Of(sources);
        AdditionalTexts = [.. Nearby.Files];
        Options = new ScriptOptions(Nearby.Properties);
    }

    public ImmutableArray<ISourceGenerator> Generators { get; }

    public ImmutableArray<DiagnosticAnalyzer> Analyzers { get; }

    public NearbyFiles Nearby { get; }

    public ImmutableArray<AdditionalText> AdditionalTexts { get; }

    public AnalyzerConfigOptionsProvider Options { get; }

    private static ImmutableArray<DiagnosticAnalyzer> Ours { get; } =
        [.. typeof(ExperimentsAnalyzer).Assembly.GetTypes()
            .Where(t => t.GetCustomAttribute<DiagnosticAnalyzerAttribute>() is not null && !t.IsAbstract)
            .Select(t => (DiagnosticAnalyzer)Activator.CreateInstance(t)!)];

    private sealed class Loader : IAnalyzerAssemblyLoader
    {
        public static Loader Instance { get; } = new();

        public void AddDependencyLocation(string fullPath)
        {
        }

        public Assembly LoadFromPath(string fullPath) => Assembly.LoadFrom(fullPath);
    }

    /// <summary>The same for every file.</summary>
    private sealed class ScriptOptions(ImmutableDictionary<string, string> properties) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Properties(properties);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => Nothing;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => Nothing;

        private static AnalyzerConfigOptions Nothing { get; } = new Properties(ImmutableDictionary<string, string>.Empty);

        private sealed class Properties(ImmutableDictionary<string, string> properties) : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value) => properties.TryGetValue(key, out value);
        }
    }
}
