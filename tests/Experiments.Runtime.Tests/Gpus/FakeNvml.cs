using System.Diagnostics;
using Experiments.Runtime.Gpus;

namespace Experiments.Runtime.Tests.Gpus;

/// <summary>A library in the place of NVIDIA's, compiled for one test and scripted by a file.</summary>
internal sealed class FakeNvml : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("experiments-nvml-");

    public FakeNvml(string script, bool old = false)
    {
        Library = Path.Combine(_directory.FullName, NvmlLibrary.FileName);
        Script(script);
        var source = Path.Combine(AppContext.BaseDirectory, "Gpus", "fake-nvml.c");
        using var compiler = Process.Start("cc", ["-shared", "-fPIC", "-O1", $"-DSCRIPT=\"{Path.Combine(_directory.FullName, "script")}\"", .. old ? ["-DOLD"] : Array.Empty<string>(), "-o", Library, source]);
        compiler.WaitForExit();
        Assert.Equal(0, compiler.ExitCode);
    }

    /// <summary>The library's path.</summary>
    public string Library { get; }

    /// <summary>An inventory that uses it.</summary>
    public NvmlInventory Inventory => NvmlInventory.TryOpen(Library)!;

    /// <summary>Has it say something else from now on.</summary>
    public void Script(string script) => File.WriteAllText(Path.Combine(_directory.FullName, "script"), script);

    public void Dispose() => _directory.Delete(recursive: true);
}

/// <summary>A test that compiles a library; skipped where there is no compiler.</summary>
public sealed class NeedsCompilerAttribute : FactAttribute
{
    private static readonly bool s_isThere = Experiments.Runtime.Processes.Executable.Find("cc", "/") is not null;

    public NeedsCompilerAttribute()
    {
        if (!s_isThere)
            Skip = "there is no C compiler (`cc`) to build a stand-in for libnvidia-ml.so.1 with";
    }
}
