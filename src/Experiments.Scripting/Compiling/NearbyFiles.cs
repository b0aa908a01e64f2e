using System.Collections.Immutable;
using Experiments.CommandLine;
using Experiments.Scripting.Sources;
using Microsoft.CodeAnalysis;

namespace Experiments.Scripting.Compiling;

/// <summary>What a script's analyzers may read besides it, as the build hands it over in a project: Python code near it, which entrypoints are checked against, and its lock.</summary>
/// <param name="Files">The files; each is read only when an analyzer asks.</param>
/// <param name="Properties">What a build would say of the project.</param>
internal sealed record NearbyFiles(ImmutableArray<NearbyFile> Files, ImmutableDictionary<string, string> Properties)
{
    /// <summary>Entries of folders looked at. A script in a folder with more, a home directory say, is not checked against Python: half of the sources would raise false alarms.</summary>
    private const int EntriesMax = 10_000;

    private static readonly HashSet<string> s_passedOver = new(StringComparer.Ordinal) { "venv", "env", "site-packages", "node_modules", "__pycache__", "bin", "obj", "results" };

    /// <summary>The files near a script.</summary>
    public static NearbyFiles Of(ScriptSources sources)
    {
        var folder = Path.GetDirectoryName(sources.Main.Path)!;
        var files = new List<string>();
        var properties = ImmutableDictionary.CreateBuilder<string, string>();
        var committed = LockLocation.OfScript(sources.Main.Path);
        if (File.Exists(committed))
        {
            files.Add(committed);
            properties.Add("build_property.ExperimentsLock", Path.GetFileName(committed));
        }

        // Looking at folders costs more than compiling most scripts.
        if (sources.Files.Any(f => f.Text.ToString().Contains("Entrypoint", StringComparison.Ordinal)))
        {
            properties.Add("build_property.ProjectDir", folder + "/");
            AddPython(folder, files, properties);
        }

        return new NearbyFiles([.. files.Select(path => new NearbyFile(path))], properties.ToImmutable());
    }

    private static void AddPython(string folder, List<string> files, ImmutableDictionary<string, string>.Builder properties)
    {
        var repository = Ancestors(folder).FirstOrDefault(f => File.Exists(Path.Combine(f, ".gitmodules")));
        var tools = new[] { folder, repository }.OfType<string>().Distinct().Select(f => Path.Combine(f, "tools")).Where(Directory.Exists).ToList();
        var found = new List<string>();
        var entries = 0;
        if (!new[] { folder }.Concat(tools.Where(t => !t.StartsWith(folder + "/", StringComparison.Ordinal))).All(root => Walk(new DirectoryInfo(root), found, ref entries)))
            return;
        files.AddRange(found);
        var toolFolders = tools.SelectMany(Directory.EnumerateDirectories).ToList();
        foreach (var git in toolFolders.Select(tool => Path.Combine(tool, ".git")).Where(Directory.Exists))
        {
            files.AddRange(new[] { "HEAD", "packed-refs" }.Select(name => Path.Combine(git, name)).Where(File.Exists));
            if (Path.Combine(git, "refs", "heads") is var heads && Directory.Exists(heads))
                files.AddRange(Directory.EnumerateFiles(heads, "*", SearchOption.AllDirectories));
        }

        if (repository is not null)
            files.Add(Path.Combine(repository, ".gitmodules"));
        properties.Add("build_property.ExperimentsTools", string.Join('|', toolFolders));
    }

    /// <summary>Collects Python sources and configurations; <see langword="false"/>: there is too much to look at.</summary>
    private static bool Walk(DirectoryInfo folder, List<string> found, ref int entries)
    {
        var options = new EnumerationOptions { IgnoreInaccessible = true, AttributesToSkip = FileAttributes.Hidden | FileAttributes.ReparsePoint };
        foreach (var entry in folder.EnumerateFileSystemInfos("*", options))
        {
            if (++entries > EntriesMax)
                return false;
            if (entry is DirectoryInfo inner)
            {
                if (!s_passedOver.Contains(inner.Name) && !Walk(inner, found, ref entries))
                    return false;
            }
            else if (entry.Name == "pyproject.toml" || entry.Extension is ".py" or ".yaml" or ".yml")
            {
                found.Add(entry.FullName);
            }
        }

        return true;
    }

    private static IEnumerable<string> Ancestors(string folder)
    {
        for (var above = folder; above is not null; above = Path.GetDirectoryName(above))
            yield return above;
    }
}
