using BenchmarkDotNet.Attributes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Experiments.Generators.Benchmarks;

/// <summary>The same with BenchmarkDotNet: whole runs of the driver, Roslyn's own steps included.</summary>
[MemoryDiagnoser]
public class GeneratorBenchmarks
{
    private Project _project = null!;
    private GeneratorDriver _driver = null!;
    private CSharpCompilation _compilation = null!;
    private int _turn;

    /// <summary>Number of experiments.</summary>
    [Params(1, 100, 1000)]
    public int Experiments { get; set; }

    /// <summary>Whose generator.</summary>
    [Params("ours", "System.Text.Json")]
    public string Generator { get; set; } = "";

    [GlobalSetup]
    public void SetUp()
    {
        _project = Generator == "ours" ? Project.Ours(Experiments) : Project.Json(Experiments);
        _compilation = _project.Compilation;
        _driver = _project.Driver().RunGenerators(_compilation);
    }

    [Benchmark]
    public object FirstRun() => _project.Driver().RunGenerators(Project.Compile(_project.Texts));

    [Benchmark]
    public object KeystrokeElsewhere() => Type(Keystroke.Elsewhere[0]);

    [Benchmark]
    public object KeystrokeInside() => Type(Keystroke.Inside[0]);

    private GeneratorDriver Type(Keystroke keystroke)
    {
        _compilation = keystroke.Next(_compilation, _turn++);
        return _driver = _driver.RunGenerators(_compilation);
    }
}
