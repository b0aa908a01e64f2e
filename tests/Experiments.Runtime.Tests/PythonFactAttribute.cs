using System.Diagnostics;

namespace Experiments.Runtime.Tests;

/// <summary>A test that needs packages for the distribution's Python. <c>tests/run</c> installs PyTorch; of <c>accelerate</c> there is no package, so where it is missing its test is skipped.</summary>
internal sealed class PythonFactAttribute : FactAttribute
{
    public PythonFactAttribute(params string[] packages)
    {
        if (packages.FirstOrDefault(package => !IsInstalled(package)) is { } missing)
            Skip = $"needs {missing} for /usr/bin/python3";
    }

    private static bool IsInstalled(string package)
    {
        if (!File.Exists("/usr/bin/python3"))
            return false;
        using var python = Process.Start("/usr/bin/python3", ["-c", $"import importlib.util, sys; sys.exit(importlib.util.find_spec('{package}') is None)"]);
        python.WaitForExit();
        return python.ExitCode == 0;
    }
}
