using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Experiments.Generators.Benchmarks;

/// <summary>
/// Whole builds, from text to assembly, as <c>csc</c> does them: parse, generate, then analyze beside emitting. What generator and analyzers add is the
/// difference to a build of the same text, the generated files written to disk before.
/// </summary>
internal static class FullBuild
{
    /// <summary>The generated files of a project.</summary>
    public static IReadOnlyList<(string Path, string Text)> Generated(Project project) =>
        [.. project.Driver().RunGenerators(project.Compilation).GetRunResult().Results.Single().GeneratedSources.Select(source => (source.HintName, source.SourceText.ToString()))];

    /// <summary>Milliseconds without any generator.</summary>
    public static double Compile(IEnumerable<(string Path, string Text)> texts)
    {
        var clock = Start();
        Emit(Project.Compile(texts));
        return clock.Elapsed.TotalMilliseconds;
    }

    /// <summary>Milliseconds with the generator, and the analyzers if wanted; and the generator's and the analyzers' own.</summary>
    public static async Task<Times> GenerateAsync(Project project, bool analyze)
    {
        var clock = Start();
        var driver = project.Driver().RunGeneratorsAndUpdateCompilation(Project.Compile(project.Texts), out var output, out _);
        var analyzer = 0.0;
        if (analyze)
        {
            var analysis = output.WithAnalyzers(Project.Analyzers, Keystroke.Timed);
            var diagnostics = analysis.GetAnalyzerDiagnosticsAsync();
            Emit((CSharpCompilation)output);
            await diagnostics;
            analyzer = (await analysis.GetAnalyzerTelemetryInfoAsync(Project.Analyzers[0], default)).ExecutionTime.TotalMilliseconds;
        }
        else
            Emit((CSharpCompilation)output);

        return new Times(clock.Elapsed.TotalMilliseconds, driver.GetTimingInfo().GeneratorTimes.Single().ElapsedTime.TotalMilliseconds, analyzer);
    }

    private static Stopwatch Start()
    {
        GC.Collect();
        return Stopwatch.StartNew();
    }

    private static void Emit(CSharpCompilation compilation)
    {
        var result = compilation.Emit(Stream.Null);
        if (!result.Success)
            throw new InvalidOperationException(result.Diagnostics.First(d => d.Severity == DiagnosticSeverity.Error).ToString());
    }

    internal sealed record Times(double Whole, double Generator, double Analyzer);
}
