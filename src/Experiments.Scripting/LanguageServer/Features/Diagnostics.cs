using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Experiments.Scripting.Compiling;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Experiments.Scripting.LanguageServer.Features;

/// <summary>Errors, warnings and advice of the compiler, the generators and the analyzers.</summary>
internal static class Diagnostics
{
    /// <summary>What is wrong with the files of a script.</summary>
    public static async Task<ImmutableArray<Diagnostic>> OfAsync(Snapshot snapshot, CancellationToken cancel)
    {
        // One pass over one compilation. Not concurrent: for so little, handing out the work takes longer than doing it.
        var analysis = new CompilationWithAnalyzers(snapshot.Compilation, snapshot.Extensions.Analyzers,
            new CompilationWithAnalyzersOptions(new AnalyzerOptions(snapshot.Extensions.AdditionalTexts, snapshot.Extensions.Options), null, concurrentAnalysis: false, logAnalyzerExecutionTime: false));
        return [.. snapshot.Sources.Problems, .. await analysis.GetAllDiagnosticsAsync(cancel).ConfigureAwait(false)];
    }

    /// <summary>By file, as the protocol writes them.</summary>
    public static Dictionary<string, JsonArray> Write(Snapshot snapshot, ImmutableArray<Diagnostic> diagnostics)
    {
        var files = snapshot.Sources.Files.ToDictionary(f => f.Path, _ => new JsonArray());
        foreach (var problem in ScriptProblems.Of(diagnostics, snapshot.Sources, DiagnosticSeverity.Info))
        {
            if (files.TryGetValue(problem.Path, out var of))
                of.Add(Write(problem));
        }

        if (snapshot.Failure is { } failure)
            files[snapshot.Sources.Main.Path].Add(Write(new ScriptProblem(failure.Code, true, failure.Message, snapshot.Sources.Main.Path, 1, 1, 1, 1)));
        return files;
    }

    private static JsonObject Write(ScriptProblem problem) => new()
    {
        ["range"] = new JsonObject
        {
            ["start"] = Position(problem.Line, problem.Column),
            ["end"] = Position(problem.EndLine, problem.EndColumn),
        },
        ["severity"] = problem.IsError ? 1 : problem.IsAdvice ? 3 : 2,
        ["code"] = problem.Id,
        ["codeDescription"] = problem.Id.StartsWith("EXP", StringComparison.Ordinal)
            ? new JsonObject { ["href"] = string.Create(CultureInfo.InvariantCulture, $"https://github.com/experiments-net/experiments/blob/main/docs/rules/{problem.Id}.md") }
            : null,
        ["source"] = problem.Id.StartsWith("EXP", StringComparison.Ordinal) ? "experiments" : "csharp",
        ["message"] = problem.Message,
    };

    private static JsonObject Position(int line, int column) => new() { ["line"] = Math.Max(0, line - 1), ["character"] = Math.Max(0, column - 1) };
}
