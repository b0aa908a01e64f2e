using System.Reflection;

namespace Experiments.Runtime.Processes;

/// <summary>How to start the running program once more.</summary>
internal static class ThisProgram
{
    /// <summary>The words: the program's own executable, or <c>dotnet</c> and its assembly.</summary>
    public static IReadOnlyList<string> Words { get; } = Find();

    private static IReadOnlyList<string> Find()
    {
        var process = Environment.ProcessPath ?? throw new PlatformNotSupportedException("expected this process to have an executable, got none");
        if (Path.GetFileNameWithoutExtension(process) != "dotnet")
            return [process];
        // Under `dotnet x.dll`, and `dotnet exec x.dll`, the assembly is what was started.
        return [process, Assembly.GetEntryAssembly()!.Location];
    }
}
