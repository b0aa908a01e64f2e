using Xunit;

namespace Experiments.EndToEnd.Tests;

/// <summary>The packages of this checkout in a folder, packed once for all tests that install them, and a package cache of their own.</summary>
public sealed class PackageFeed : IAsyncLifetime
{
    // `Experiments` and what it depends on; the tool.
    private static readonly string[] _projects = ["Experiments.Core", "Experiments.Registry", "Experiments.Runtime", "Experiments.CommandLine", "Experiments", "Experiments.Tool"];

    private readonly Workspace _workspace = new();

    public string Folder => _workspace.PathOf("feed");

    /// <summary>Where restored packages of ours are laid out.</summary>
    public string Cache => _workspace.PathOf("cache");

    public async Task InitializeAsync()
    {
        foreach (var project in _projects)
            await PackAsync(project, Folder);
    }

    /// <summary>Packs a project of the checkout, which was built with these tests.</summary>
    internal async Task PackAsync(string project, string folder) => (await _workspace.ExecuteAsync("dotnet", "pack", Repository.PathOf("src", project),
        "--configuration", Repository.Configuration, "--no-build", "--output", folder, "--verbosity", "quiet")).Exits(0);

    /// <summary>Lets a workspace restore from here and, for what is not ours, from wherever the machine does; our packages stay out of the common cache.</summary>
    internal async Task UseInAsync(Workspace workspace)
    {
        workspace.Environment["NUGET_PACKAGES"] = Cache;
        (await workspace.ExecuteAsync("dotnet", "new", "nugetconfig")).Exits(0);
        (await workspace.ExecuteAsync("dotnet", "nuget", "add", "source", Folder, "--name", "experiments", "--configfile", "nuget.config")).Exits(0);
    }

    public Task DisposeAsync()
    {
        _workspace.Dispose();
        return Task.CompletedTask;
    }
}
