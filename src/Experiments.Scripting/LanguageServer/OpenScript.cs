using Experiments.Scripting.Compiling;
using Experiments.Scripting.Packages;
using Experiments.Scripting.Sources;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Experiments.Scripting.LanguageServer;

/// <summary>A script that an editor has open. Keeps trees, references and the generators' state between edits, so that an edit costs what it changed.</summary>
internal sealed class OpenScript(string path, PackageCache packages, Func<string, ScriptFile> read)
{
    private readonly Lock _lock = new();
    private Snapshot? _snapshot;
    private CSharpCompilation? _compilation;
    private GeneratorDriver? _driver;
    private string? _shape;
    private (SourceText Text, int Version) _latest = (SourceText.From(""), 0);

    public string Path => path;

    /// <summary>The text as of the last edit.</summary>
    public SourceText Text
    {
        get
        {
            lock (_lock)
                return _latest.Text;
        }
    }

    /// <summary>Takes in an edit.</summary>
    public void Change(SourceText text, int version)
    {
        lock (_lock)
            _latest = (text, version);
    }

    /// <summary>Whether a snapshot is of the latest text.</summary>
    public bool IsCurrent(Snapshot snapshot)
    {
        lock (_lock)
            return snapshot.Version == _latest.Version;
    }

    /// <summary>The script as of the last edit.</summary>
    public Snapshot Take(CancellationToken cancel)
    {
        lock (_lock)
        {
            if (_snapshot is { } known && known.Version == _latest.Version && known.Text == _latest.Text)
                return known;
            return _snapshot = Build(_latest.Text, _latest.Version, cancel);
        }
    }

    /// <summary>A loaded file has changed: what was built is of the past.</summary>
    public void Forget()
    {
        lock (_lock)
            _snapshot = null;
    }

    private Snapshot Build(SourceText text, int version, CancellationToken cancel)
    {
        var sources = ScriptSources.Of(ScriptFile.Of(path, text), read);
        var (resolved, failure) = Resolve(sources);
        var extensions = new Extensions(sources, resolved);
        var compilation = Update(ScriptCompilation.Create(sources, resolved), sources, extensions);
        // What the set of generators depends on; the driver's memory is of no use to another set.
        var shape = string.Join('\n', extensions.Generators.Select(g => g.GetGeneratorType().FullName));
        if (_driver is null || _shape != shape)
            (_driver, _shape) = (CSharpGeneratorDriver.Create(extensions.Generators, extensions.AdditionalTexts, Grammar.Regular, extensions.Options), shape);
        _driver = _driver.RunGeneratorsAndUpdateCompilation(compilation, out var generated, out _, cancel);
        _compilation = compilation;
        return new Snapshot(version, text, sources, generated, extensions, failure);
    }

    private (ResolvedPackages, ExperimentsException?) Resolve(ScriptSources sources)
    {
        try
        {
            return (packages.Resolve(sources.Packages, System.IO.Path.GetDirectoryName(path)!), null);
        }
        catch (ExperimentsException e)
        {
            return (ResolvedPackages.None, e);
        }
    }

    /// <summary>The new compilation, made of the last one and the trees that changed.</summary>
    private CSharpCompilation Update(CSharpCompilation fresh, ScriptSources sources, Extensions extensions)
    {
        if (_compilation is not { } last || sources.Assemblies.Length + sources.Packages.Length > 0 || fresh.SyntaxTrees.Length != last.SyntaxTrees.Length)
            return fresh;
        var updated = last;
        foreach (var (before, after) in last.SyntaxTrees.Zip(fresh.SyntaxTrees))
        {
            if (before.FilePath != after.FilePath)
                return fresh;
            if (!before.GetText().ContentEquals(after.GetText()))
                updated = updated.ReplaceSyntaxTree(before, after);
        }

        return updated;
    }
}
