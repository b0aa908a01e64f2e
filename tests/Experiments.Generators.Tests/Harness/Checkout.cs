namespace Experiments.Generators.Tests.Harness;

/// <summary>The checkout the tests were built from, found from where they run: paths in the assembly are not those of the disk in a deterministic build.</summary>
internal static class Checkout
{
    public static string Root { get; } = FindRoot();

    public static string PathOf(params ReadOnlySpan<string> parts) => Path.Combine([Root, .. parts]);

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Experiments.sln")))
            directory = directory.Parent;
        return directory?.FullName ?? throw new InvalidOperationException("expected a parent directory with Experiments.sln");
    }
}
