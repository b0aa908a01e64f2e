using System.Text.Json;

namespace Experiments.Scripting.Packages;

/// <summary>What NuGet writes down after a restore: <c>project.assets.json</c>.</summary>
internal static class AssetsFile
{
    /// <summary>The files that the restored packages give for this framework and runtime.</summary>
    public static ResolvedPackages Read(string path)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(path));
        var root = json.RootElement;
        var folders = root.GetProperty("packageFolders").EnumerateObject().Select(f => f.Name).ToList();
        // `net10.0` and `net10.0/linux-x64`: the one with a runtime has the assets chosen for it.
        var target = root.GetProperty("targets").EnumerateObject().OrderByDescending(t => t.Name.Contains('/')).First().Value;
        var (compile, runtime, native, analyzers) = (new List<string>(), new List<string>(), new List<string>(), new List<string>());
        foreach (var library in target.EnumerateObject())
        {
            var about = root.GetProperty("libraries").GetProperty(library.Name);
            if (about.GetProperty("type").GetString() != "package" || Folder(folders, about.GetProperty("path").GetString()!) is not { } folder)
                continue;
            Add(library.Value, "compile", folder, compile);
            Add(library.Value, "runtime", folder, runtime);
            Add(library.Value, "native", folder, native);
            analyzers.AddRange(about.GetProperty("files").EnumerateArray().Select(f => f.GetString()!).Where(IsAnalyzer).Select(f => Path.Combine(folder, f)));
        }

        return new ResolvedPackages([.. compile], [.. runtime], [.. native], [.. analyzers.Order(StringComparer.Ordinal)]);
    }

    private static void Add(JsonElement library, string kind, string folder, List<string> files)
    {
        if (!library.TryGetProperty(kind, out var assets))
            return;
        // `_._` says: nothing for this framework, and that's right.
        files.AddRange(assets.EnumerateObject().Select(a => a.Name).Where(name => !name.EndsWith("/_._", StringComparison.Ordinal)).Select(name => Path.Combine(folder, name)));
    }

    /// <summary>Analyzers of C#, in the folder for the newest compiler where a package has several.</summary>
    private static bool IsAnalyzer(string file) =>
        file.StartsWith("analyzers/", StringComparison.Ordinal) && file.EndsWith(".dll", StringComparison.Ordinal)
        && !file.EndsWith(".resources.dll", StringComparison.Ordinal) && !file.Contains("/vb/", StringComparison.Ordinal)
        && !IsForOlderCompiler(file);

    // analyzers/dotnet/roslyn4.4/cs/…: a package with such folders has the same analyzers again for older ones.
    private static bool IsForOlderCompiler(string file) => file.Split('/') is [_, _, ['r', 'o', 's', 'l', 'y', 'n', '3', ..], ..];

    private static string? Folder(List<string> folders, string path) => folders.Select(f => Path.Combine(f, path)).FirstOrDefault(Directory.Exists);
}
