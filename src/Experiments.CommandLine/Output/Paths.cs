namespace Experiments.CommandLine;

/// <summary>Paths as people would type them.</summary>
internal static class Paths
{
    /// <summary>Relative to the current directory where it is inside it, else absolute.</summary>
    public static string FromHere(string path)
    {
        var relative = Path.GetRelativePath(Environment.CurrentDirectory, path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? path : relative;
    }
}
