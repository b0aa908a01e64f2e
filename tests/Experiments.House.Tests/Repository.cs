namespace Experiments.House.Tests;

/// <summary>The checkout the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
            // Templates are what people start from, no part of this build.
            .Where(file => !file.Contains("/bin/") && !file.Contains("/obj/") && !(file.EndsWith(".csproj", StringComparison.Ordinal) && file.Contains("/Templates/")))
            .Order(StringComparer.Ordinal);

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Experiments.sln")))
            directory = directory.Parent;
        return directory?.FullName ?? throw new InvalidOperationException("expected a parent directory with Experiments.sln");
    }
}
