using Experiments.Generators.Python.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Experiments.Generators.Python.Contract;

/// <summary>What the build hands over of a project's Python code: its files, and which tools there are.</summary>
internal sealed class HandedOver
{
    private readonly string? _project;
    private readonly List<(string Path, AdditionalText File)> _files = [];
    private readonly HashSet<string> _clones = [];
    private readonly Dictionary<string, AdditionalText> _git = new(StringComparer.Ordinal);
    private readonly AdditionalText? _submodules;

    public HandedOver(AnalyzerOptions options)
    {
        var properties = options.AnalyzerConfigOptionsProvider.GlobalOptions;
        _project = properties.TryGetValue("build_property.ProjectDir", out var folder) && folder.Length > 0 ? folder.Replace('\\', '/').TrimEnd('/') : null;
        Tools = properties.TryGetValue("build_property.ExperimentsTools", out var tools) && tools.Trim('|').Length > 0
            ? tools.Replace('\\', '/').Split('|').Select(tool => tool.Trim().TrimEnd('/')).Where(tool => tool.Length > 0).Select(tool => tool.Substring(tool.LastIndexOf('/') + 1)).Distinct().ToList()
            : null;
        foreach (var file in options.AdditionalFiles)
        {
            var path = file.Path.Replace('\\', '/');
            if (path.EndsWith("/.gitmodules", StringComparison.Ordinal))
                _submodules = file;
            else if (path.EndsWith("/.git/HEAD", StringComparison.Ordinal) && path.Contains("/tools/"))
                _clones.Add(path.Substring(path.IndexOf("/tools/", StringComparison.Ordinal) + 1, path.Length - "/.git/HEAD".Length - path.IndexOf("/tools/", StringComparison.Ordinal) - 1));
            if (path.LastIndexOf("/tools/", StringComparison.Ordinal) is >= 0 and var at && path.IndexOf("/.git/", at, StringComparison.Ordinal) > 0)
                _git[path.Substring(at + 1)] = file;
            if (path.EndsWith(".py", StringComparison.Ordinal) || path.EndsWith(".yaml", StringComparison.Ordinal) || path.EndsWith("/pyproject.toml", StringComparison.Ordinal))
                _files.Add((path, file));
        }
    }

    /// <summary>The folders under <c>tools/</c>; <see langword="null"/> when the build does not say.</summary>
    public IReadOnlyList<string>? Tools { get; }

    /// <summary>Whether a tool is a clone of its own that the repository does not record as a submodule.</summary>
    public bool IsUnpinned(string tool) => _clones.Contains("tools/" + tool)
        && _submodules?.GetText()?.Lines.Any(line => IsPathOf(line.ToString(), "tools/" + tool)) != true;

    /// <summary>The commit that a clone is at; <see langword="null"/>: not known.</summary>
    public string? CommitOf(string tool)
    {
        var folder = $"tools/{tool}/.git/";
        var head = Text(folder + "HEAD");
        if (head?.StartsWith("ref: ", StringComparison.Ordinal) == true)
        {
            var name = head.Substring("ref: ".Length);
            head = Text(folder + name) ?? Text(folder + "packed-refs")?.Split('\n').FirstOrDefault(line => line.TrimEnd().EndsWith(" " + name, StringComparison.Ordinal))?.Split(' ')[0];
        }

        return head is { Length: 40 or 64 } && head.All(Uri.IsHexDigit) ? head : null;

        string? Text(string path) => _git.TryGetValue(path, out var file) ? file.GetText()?.ToString().Trim() : null;
    }

    private static bool IsPathOf(string line, string path)
    {
        var at = line.IndexOf('=');
        return at > 0 && line.Substring(0, at).Trim() == "path" && (line.Substring(at + 1).Trim() is var recorded) && (recorded == path || recorded.EndsWith("/" + path, StringComparison.Ordinal));
    }

    /// <summary>The sources of the project, or of a tool in it or in a folder above; <see langword="null"/> when none were handed over.</summary>
    public SourceTree? Tree(string? tool)
    {
        if (_project is null)
            return null;
        if (tool is null)
            return Below(_project + "/");
        for (var folder = _project; folder.Length > 0; folder = folder.Substring(0, Math.Max(0, folder.LastIndexOf('/'))))
        {
            if (Below($"{folder}/tools/{tool}/") is { } tree)
                return tree;
        }

        return null;
    }

    private SourceTree? Below(string prefix)
    {
        var files = new Dictionary<string, Func<SourceText?>>(StringComparer.Ordinal);
        foreach (var (path, file) in _files)
        {
            if (path.StartsWith(prefix, StringComparison.Ordinal))
                files[path.Substring(prefix.Length)] = () => file.GetText();
        }

        return files.Count == 0 ? null : new SourceTree(files);
    }
}
