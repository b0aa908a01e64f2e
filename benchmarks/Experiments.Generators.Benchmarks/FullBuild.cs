using System.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Experiments.Generators.Benchmarks;

/// <summary>
/// Whole builds by the compiler of the SDK, a process each: the records alone, with the generated files as plain source, and with generator and analyzers.
/// What those two add is the difference of the last to the second, which compiles the same text. The SDK's own analyzers run in all, as in every build.
/// </summary>
internal sealed class FullBuild : IDisposable
{
    private static readonly string _dotnet = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", ".."));

    private static readonly string _compiler = Directory.EnumerateDirectories(Path.Combine(_dotnet, "sdk")).Order(StringComparer.Ordinal).Last() + "/Roslyn/bincore/csc.dll";

    private static readonly string[] _analyzers = [.. new[] { "Microsoft.CodeAnalysis.NetAnalyzers.dll", "Microsoft.CodeAnalysis.CSharp.NetAnalyzers.dll" }
        .Select(name => Path.Combine(_compiler, "..", "..", "..", "Sdks", "Microsoft.NET.Sdk", "analyzers", name))];

    private readonly string _folder = Directory.CreateTempSubdirectory("experiments-builds-").FullName;

    /// <summary>The generated files of a project.</summary>
    public static IReadOnlyList<(string Path, string Text)> Generated(Project project) =>
        [.. project.Driver().RunGenerators(project.Compilation).GetRunResult().Results.Single().GeneratedSources.Select(source => (source.HintName, source.SourceText.ToString()))];

    /// <summary>Writes a project and how it is compiled; gives the name to compile it by.</summary>
    public string Write(string name, IEnumerable<(string Path, string Text)> texts, string? analyzer = null)
    {
        var sources = Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;
        List<string> arguments = ["/nologo", "/target:library", "/optimize+", "/nullable:enable", "/langversion:latest", "/nostdlib+", $"/out:{_folder}/{name}.dll"];
        arguments.AddRange(Project.References.Select(path => $"/reference:{path}"));
        arguments.AddRange((analyzer is null ? _analyzers : [.. _analyzers, analyzer]).Select(path => $"/analyzer:{path}"));
        foreach (var (path, text) in texts)
        {
            File.WriteAllText(Path.Combine(sources, path), text);
            arguments.Add(Path.Combine(sources, path));
        }

        File.WriteAllLines(Path.Combine(_folder, name + ".rsp"), arguments);
        return name;
    }

    /// <summary>Milliseconds of compiling what was written.</summary>
    public double Compile(string name)
    {
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(new ProcessStartInfo(Path.Combine(_dotnet, "dotnet"), ["exec", _compiler, $"@{_folder}/{name}.rsp"]) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? clock.Elapsed.TotalMilliseconds : throw new InvalidOperationException(output);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
