using Microsoft.CodeAnalysis.Text;

namespace Experiments.Generators.Python.Reading;

/// <summary>The files below the folder that an entrypoint runs in, by path with <c>/</c>.</summary>
internal sealed class SourceTree(IReadOnlyDictionary<string, Func<SourceText?>> files)
{
    public IEnumerable<string> Paths => files.Keys;

    /// <summary>Changes when files come or go.</summary>
    public long Fingerprint { get; } = files.Keys.Aggregate(0L, (sum, path) => unchecked(sum + StringComparer.Ordinal.GetHashCode(path) * 31L + 1));

    public bool Has(string path) => files.ContainsKey(path);

    public bool HasFolder(string folder) => folder.Length == 0 ? files.Count > 0 : files.Keys.Any(path => path.StartsWith(folder + "/", StringComparison.Ordinal));

    public SourceText? Text(string path) => files.TryGetValue(path, out var text) ? text() : null;

    /// <summary>The file of a module: <c>a.b</c> is <c>a/b.py</c> or <c>a/b/__init__.py</c>.</summary>
    public string? ModuleFile(string module)
    {
        var path = module.Replace('.', '/');
        return new[] { path + ".py", path + "/__init__.py" }.FirstOrDefault(Has);
    }

    /// <summary>The file that <c>python -m</c> runs.</summary>
    public string? MainFile(string module)
    {
        var path = module.Replace('.', '/');
        return new[] { path + ".py", path + "/__main__.py" }.FirstOrDefault(Has);
    }
}
