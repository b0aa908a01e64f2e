using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Runtime.ExceptionServices;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Experiments.Generators.Tests.Harness;

/// <summary>A program compiled in memory with the generator, as a user's project would be: nullable on, every warning shown.</summary>
internal sealed class Compiled
{
    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.Collections.Immutable;
        global using System.ComponentModel.DataAnnotations;
        global using System.Linq;
        global using System.Text.Json.Serialization;
        global using System.Threading.Tasks;
        global using Experiments;
        """;

    private static readonly ImmutableArray<MetadataReference> _references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(p => Path.GetFileName(p).StartsWith("System.", StringComparison.Ordinal) || Path.GetFileName(p) is "netstandard.dll" or "mscorlib.dll")
            .Append(typeof(ExperimentAttribute).Assembly.Location)
            .Select(p => MetadataReference.CreateFromFile(p)),
    ];

    private static readonly ConcurrentDictionary<(string Declarations, string Body), Lazy<MethodInfo>> _programs = new();

    private static readonly CSharpParseOptions _parse = new(LanguageVersion.Latest, DocumentationMode.Diagnose);

    private Compiled(CSharpCompilation output, GeneratorDriverRunResult result)
    {
        Output = output;
        Result = result;
    }

    public CSharpCompilation Output { get; }

    public GeneratorDriverRunResult Result { get; }

    /// <summary>Everything the compiler and the generator complain about.</summary>
    public IEnumerable<string> Problems => Output.GetDiagnostics().Concat(Result.Diagnostics)
        .Where(d => d.Severity >= DiagnosticSeverity.Warning)
        .Select(d => $"{Path.GetFileName(d.Location.SourceTree?.FilePath)}({d.Location.GetLineSpan().StartLinePosition.Line + 1}): {d.Id} {d.GetMessage(CultureInfo.InvariantCulture)}");

    /// <summary>The generated files, by name, sorted.</summary>
    public IEnumerable<(string Name, string Text)> Files =>
        Result.Results.SelectMany(r => r.GeneratedSources).OrderBy(s => s.HintName, StringComparer.Ordinal).Select(s => (s.HintName, s.SourceText.ToString()));

    public static CSharpCompilation Compilation(string source, OutputKind kind = OutputKind.DynamicallyLinkedLibrary) => CSharpCompilation.Create(
        "Sample",
        [CSharpSyntaxTree.ParseText(Usings, _parse, "Usings.cs"), CSharpSyntaxTree.ParseText(source, _parse, "Sample.cs")],
        _references,
        new CSharpCompilationOptions(kind, nullableContextOptions: NullableContextOptions.Enable, allowUnsafe: false,
            // CS1591: samples are not documented.
            specificDiagnosticOptions: [new("CS1591", ReportDiagnostic.Suppress)]));

    public static GeneratorDriver Driver() => CSharpGeneratorDriver.Create(
        [new ExperimentsGenerator().AsSourceGenerator()], parseOptions: _parse,
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    public static Compiled From(string source, OutputKind kind = OutputKind.DynamicallyLinkedLibrary)
    {
        var driver = Driver().RunGeneratorsAndUpdateCompilation(Compilation(source, kind), out var output, out _);
        return new Compiled((CSharpCompilation)output, driver.GetRunResult());
    }

    /// <summary>Compiles without a warning, loads, and gives the assembly.</summary>
    public static Assembly Load(string source)
    {
        var compiled = From(source);
        var problems = string.Join("\n", compiled.Problems);
        Assert.True(problems.Length == 0, problems);
        using var image = new MemoryStream();
        var emitted = compiled.Output.Emit(image);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics));
        image.Position = 0;
        return new AssemblyLoadContext(null, isCollectible: true).LoadFromStream(image);
    }

    /// <summary>Compiles the body of a method after declarations, once for all calls with the same text, and runs it; gives what it returns.</summary>
    /// <param name="declarations">Types.</param>
    /// <param name="body">Statements that return something; <c>args</c> are the arguments.</param>
    /// <param name="args">What the body calls <c>args</c>.</param>
    public static T Run<T>(string declarations, string body, params string[] args)
    {
        var run = _programs.GetOrAdd((declarations, body), static key => new Lazy<MethodInfo>(() => Load($$"""
            {{key.Declarations}}

            public static class Probe
            {
                public static object? Run(string[] args)
                {
                    {{key.Body}}
                }
            }
            """).GetTypes().Single(t => t.Name == "Probe").GetMethod("Run")!)).Value;
        try
        {
            return (T)run.Invoke(null, [args])!;
        }
        catch (TargetInvocationException exception)
        {
            ExceptionDispatchInfo.Capture(exception.InnerException!).Throw();
            throw;
        }
    }
}
