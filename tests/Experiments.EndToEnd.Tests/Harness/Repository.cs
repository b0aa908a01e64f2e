namespace Experiments.EndToEnd.Tests;

/// <summary>The checkout the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Debug or Release, as these tests were built.</summary>
    public static string Configuration { get; } = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>The tool.</summary>
    public static string Tool { get; } = PathOf("src/Experiments.Tool", "bin", Configuration, "net10.0", "exp");

    /// <summary>A program of the repository, built together with these tests.</summary>
    /// <param name="project">Its folder, from the root.</param>
    public static string Program(string project) => project == "src/Experiments.Tool" ? Tool : PathOf(project, "bin", Configuration, "net10.0", Path.GetFileName(project));

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Experiments.sln")))
            directory = directory.Parent;
        return directory?.FullName ?? throw new InvalidOperationException("expected a parent directory with Experiments.sln");
    }
}
