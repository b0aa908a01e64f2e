using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Experiments.Generators.Benchmarks;

/// <summary>Where somebody types, and what: two texts that take turns.</summary>
internal sealed record Keystroke(string Name, string Path, string Before, string After)
{
    /// <summary>In another file: inside a method, a comment, a new member.</summary>
    public static IReadOnlyList<Keystroke> Elsewhere { get; } =
    [
        new("in a method of an unrelated file", "Tables.cs", "var sum = 0.0;", "var sum = 10.0;"),
        new("in a comment of an unrelated file", "Tables.cs", "Adds up what is above 7.", "Adds up what's above 7."),
        new("in a declaration of an unrelated file", "Tables.cs", "double above = 7)", "double above = 77)"),
    ];

    /// <summary>In one experiment.</summary>
    public static IReadOnlyList<Keystroke> Inside { get; } =
    [
        new("in one experiment", "Training0.cs", "[Range(1, 4096)]", "[Range(1, 8192)]"),
    ];

    /// <summary>Milliseconds in the generator and in what the driver does for it: the least and the median of many edits.</summary>
    public (double Least, double Median) Generate(Project project)
    {
        var (driver, compilation) = (project.Driver().RunGenerators(project.Compilation), project.Compilation);
        var times = new List<double>();
        for (var i = 0; i < Repeats(project); i++)
        {
            compilation = Next(compilation, i);
            driver = driver.RunGenerators(compilation);
            times.Add(driver.GetTimingInfo().GeneratorTimes.Single().ElapsedTime.TotalMilliseconds);
        }

        return Summary(times);
    }

    /// <summary>Milliseconds in the generator's own steps, those that ran again.</summary>
    public (double Least, double Median) RunSteps(Project project)
    {
        var (driver, compilation) = (project.Driver(tracks: true).RunGenerators(project.Compilation), project.Compilation);
        var times = new List<double>();
        for (var i = 0; i < Repeats(project); i++)
        {
            compilation = Next(compilation, i);
            driver = driver.RunGenerators(compilation);
            var result = driver.GetRunResult().Results.Single();
            var steps = result.TrackedSteps.Concat(result.TrackedOutputSteps).SelectMany(named => named.Value).Distinct();
            times.Add(steps.Where(step => step.Outputs.Any(output => output.Reason is not IncrementalStepRunReason.Cached)).Sum(step => step.ElapsedTime.TotalMilliseconds));
        }

        return Summary(times);
    }

    /// <summary>Milliseconds in the analyzers when the editor asks for the diagnostics of the edited file.</summary>
    public async Task<(double Least, double Median)> AnalyzeAsync(Project project)
    {
        var (driver, compilation) = (project.Driver(), project.Compilation);
        var times = new List<double>();
        for (var i = 0; i < Repeats(project); i++)
        {
            compilation = Next(compilation, i);
            driver = driver.RunGeneratorsAndUpdateCompilation(compilation, out var output, out _);
            var analysis = output.WithAnalyzers(Project.Analyzers, Timed);
            var model = output.GetSemanticModel(output.SyntaxTrees.First(tree => tree.FilePath == Path));
            await analysis.GetAnalyzerSemanticDiagnosticsAsync(model, null, default);
            var time = 0.0;
            foreach (var analyzer in Project.Analyzers)
                time += (await analysis.GetAnalyzerTelemetryInfoAsync(analyzer, default)).ExecutionTime.TotalMilliseconds;
            times.Add(time);
        }

        return Summary(times);
    }

    public static CompilationWithAnalyzersOptions Timed { get; } =
        new(new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: true, logAnalyzerExecutionTime: true);

    public CSharpCompilation Next(CSharpCompilation compilation, int turn) =>
        turn % 2 == 0 ? Project.Edit(compilation, Path, Before, After) : Project.Edit(compilation, Path, After, Before);

    private static int Repeats(Project project) => project.Texts.Count < 500 ? 40 : 12;

    private static (double, double) Summary(List<double> times)
    {
        // The first ones run unoptimised code.
        var warm = times.Skip(times.Count / 4).Order().ToList();
        return (warm[0], warm[warm.Count / 2]);
    }
}
