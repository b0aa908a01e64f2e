using System.Reflection;

namespace Experiments.Runtime.Processes;

/// <summary>How to start the running program once more.</summary>
internal static class ThisProgram
{
    /// <summary>The words: the program's own executable, or <c>dotnet</c> and its assembly.</summary>
    public static IReadOnlyList<string> Words { get; } = Find();

    /// <summary>The words that start a program which declares the same experiments: for a script, they name it.</summary>
    public static IReadOnlyList<string> Declaring { get; private set; } = Words;

    /// <summary>Where the program's own files are: relative entrypoints are looked for from here upwards.</summary>
    public static string Directory { get; private set; } = AppContext.BaseDirectory;

    /// <summary>This process has become another program: a script, whose host started first.</summary>
    public static void Become(IReadOnlyList<string> words, string directory) => (Declaring, Directory) = ([.. Words, .. words], directory);

    private static IReadOnlyList<string> Find()
    {
        var process = Environment.ProcessPath ?? throw new PlatformNotSupportedException("expected this process to have an executable, got none");
        if (Path.GetFileNameWithoutExtension(process) != "dotnet")
            return [process];
        // Under `dotnet x.dll`, and `dotnet exec x.dll`, the assembly is what was started.
        return [process, Assembly.GetEntryAssembly()!.Location];
    }
}
