using System.Collections.Immutable;
using Experiments.Generators;
using Experiments.Generators.Analyzers;
using Experiments.Scripting.Packages;
using Experiments.Scripting.Sources;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Emit;

namespace Experiments.Scripting.Compiling;

/// <summary>Compiles scripts with the generators and analyzers that a project would have.</summary>
internal static class ScriptCompiler
{
    /// <summary>Compiles a script.</summary>
    /// <param name="sources">The script and what it loads.</param>
    /// <param name="packages">What its packages resolved to.</param>
    /// <param name="check">Only diagnostics are wanted.</param>
    /// <param name="cancel">Cancels the call.</param>
    public static CompilerOutput Compile(ScriptSources sources, ResolvedPackages packages, bool check, CancellationToken cancel)
    {
        var extensions = new Extensions(sources, packages);
        var generated = Generate(ScriptCompilation.Create(sources, packages), extensions, out var generatorProblems, cancel);
        var analysis = AnalyzeAsync(generated, extensions, cancel);
        var (assembly, symbols) = (new MemoryStream(), new MemoryStream());
        var problems = check
            ? generated.GetDiagnostics(cancel)
            : generated.Emit(assembly, symbols, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb, pdbFilePath: "script.pdb"), cancellationToken: cancel).Diagnostics;
        var all = sources.Problems.Concat(problems).Concat(generatorProblems).Concat(analysis.GetAwaiter().GetResult());
        return new CompilerOutput(ScriptProblems.Of(all, sources), assembly.ToArray(), symbols.ToArray(), [.. extensions.Nearby.Files.Where(f => f.Hash is not null)]);
    }

    /// <summary>The compilation with what generators add.</summary>
    public static Compilation Generate(CSharpCompilation compilation, Extensions extensions, out ImmutableArray<Diagnostic> problems, CancellationToken cancel)
    {
        var driver = CSharpGeneratorDriver.Create(extensions.Generators, extensions.AdditionalTexts, Grammar.Regular, extensions.Options);
        driver.RunGeneratorsAndUpdateCompilation(compilation, out var generated, out problems, cancel);
        return generated;
    }

    private static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(Compilation compilation, Extensions extensions, CancellationToken cancel)
    {
        var options = new CompilationWithAnalyzersOptions(new AnalyzerOptions(extensions.AdditionalTexts, extensions.Options), onAnalyzerException: null, concurrentAnalysis: true, logAnalyzerExecutionTime: false);
        var analysis = new CompilationWithAnalyzers(compilation, extensions.Analyzers, options);
        return await Task.Run(() => analysis.GetAnalyzerDiagnosticsAsync(cancel), cancel).ConfigureAwait(false);
    }
}

/// <summary>What compiling a script gave.</summary>
/// <param name="Problems">Errors and warnings, in the order of places.</param>
/// <param name="Assembly">The assembly; of no use when there are errors.</param>
/// <param name="Symbols">Its portable PDB.</param>
/// <param name="Consulted">Other files that analyzers read: when one changes, the problems may.</param>
internal sealed record CompilerOutput(ImmutableArray<ScriptProblem> Problems, byte[] Assembly, byte[] Symbols, ImmutableArray<NearbyFile> Consulted)
{
    public bool Succeeded => !Problems.Any(p => p.IsError);
}
