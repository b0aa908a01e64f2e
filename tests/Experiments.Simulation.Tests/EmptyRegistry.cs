using Experiments.Registry;

namespace Experiments.Simulation.Tests;

/// <summary>An empty registry that every history begins with a copy of, since creating one takes longer than most histories.</summary>
internal static class EmptyRegistry
{
    private static readonly Lazy<string> s_path = new(() =>
    {
        var root = ResultsRoot.At(Directory.CreateTempSubdirectory("simulation-").FullName);
        SqliteRegistry.OpenAsync(root, new RegistryOptions()).Result.DisposeAsync().AsTask().Wait();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(root.Directory, recursive: true);
        return root.RegistryFile;
    });

    public static string Path => s_path.Value;
}
