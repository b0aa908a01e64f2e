using Experiments.Runtime.Publishing;

namespace Experiments.Runtime.Launching;

/// <summary>The small program that calls a Python function as a run. It lies beside the run's frozen configuration.</summary>
internal static class PythonFunction
{
    private const string FileName = "function.py";

    /// <summary>Text of the program.</summary>
    private static readonly Lazy<byte[]> Bootstrap = new(() =>
    {
        using var stream = typeof(PythonFunction).Assembly.GetManifestResourceStream(FileName)!;
        var text = new byte[stream.Length];
        stream.ReadExactly(text);
        return text;
    });

    /// <summary>Where the program of a run is.</summary>
    public static string BootstrapPath(string configPath) => Path.Combine(Path.GetDirectoryName(configPath)!, FileName);

    /// <summary>Writes the program of a run.</summary>
    public static void WriteBootstrap(string configPath) => WholeFile.Write(BootstrapPath(configPath), Bootstrap.Value);
}
