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
    private readonly Signatures _signatures = new();
    private CSharpCompilation? _compilation;
    private CSharpCompilation? _full;
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
        var fresh = ScriptCompilation.Create(sources, resolved);
        var compilation = _compilation is { } last && sources.Assemblies.Length + sources.Packages.Length == 0 ? With(last, fresh.SyntaxTrees) : fresh;
        // What the set of generators depends on; the driver's memory is of no use to another set.
        var shape = string.Join('\n', extensions.Generators.Select(g => g.GetGeneratorType().FullName));
        if (_driver is null || _shape != shape)
            (_driver, _shape) = (CSharpGeneratorDriver.Create(extensions.Generators, extensions.AdditionalTexts, Grammar.Regular, extensions.Options), shape);
        _driver = _driver.RunGenerators(compilation, cancel);
        var generated = _signatures.Of(_driver.GetRunResult().GeneratedTrees, cancel);
        // The trees of the last full compilation that are the same again keep what was found out about their declarations.
        var full = _full is { } before && before.References.SequenceEqual(compilation.References) ? With(before, [.. compilation.SyntaxTrees, .. generated]) : compilation.AddSyntaxTrees(generated);
        (_compilation, _full) = (compilation, full);
        return new Snapshot(version, text, sources, full, extensions, failure);
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

    /// <summary>A compilation with other trees; those with the same text stay.</summary>
    private static CSharpCompilation With(CSharpCompilation last, IEnumerable<SyntaxTree> trees)
    {
        var known = last.SyntaxTrees.ToDictionary(tree => tree.FilePath);
        var wanted = trees.ToList();
        if (!wanted.Select(tree => tree.FilePath).SequenceEqual(last.SyntaxTrees.Select(tree => tree.FilePath)))
            return last.RemoveAllSyntaxTrees().AddSyntaxTrees(wanted.Select(tree => known.TryGetValue(tree.FilePath, out var same) && IsSame(same, tree) ? same : tree));
        foreach (var tree in wanted)
        {
            if (known[tree.FilePath] is var before && !IsSame(before, tree))
                last = last.ReplaceSyntaxTree(before, tree);
        }

        return last;
    }

    private static bool IsSame(SyntaxTree before, SyntaxTree after) => before == after || before.GetText().ContentEquals(after.GetText());
}
