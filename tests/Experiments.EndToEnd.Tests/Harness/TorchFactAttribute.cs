using System.Diagnostics;
using Xunit;

namespace Experiments.EndToEnd.Tests;

/// <summary>A test that needs PyTorch for the distribution's Python, as <c>tests/run</c> installs it.</summary>
internal sealed class TorchFactAttribute : FactAttribute
{
    private static readonly Lazy<bool> IsInstalled = new(() =>
    {
        if (!File.Exists("/usr/bin/python3"))
            return false;
        using var python = Process.Start("/usr/bin/python3", ["-c", "import importlib.util, sys; sys.exit(importlib.util.find_spec('torch') is None)"]);
        python.WaitForExit();
        return python.ExitCode == 0;
    });

    public TorchFactAttribute()
    {
        if (!IsInstalled.Value)
            Skip = "needs PyTorch for /usr/bin/python3 (Debian: python3-torch)";
    }
}
