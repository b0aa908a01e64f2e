using System.Runtime.CompilerServices;
using Experiments.Scripting.Caching;
using Experiments.Scripting.Compiling;
using Experiments.Scripting.Packages;
using Experiments.Scripting.Sources;

namespace Experiments.Scripting;

/// <summary>From a script's path to a compiled script: the cached one where nothing has changed.</summary>
internal sealed class ScriptHost(CacheFolder cache)
{
    private readonly ScriptCache _cache = new(cache);

    /// <summary>Compiles a script, or finds it compiled.</summary>
    /// <param name="path">The script.</param>
    /// <returns>The script, or, when it has errors, <see langword="null"/>; and what the compiler said.</returns>
    /// <exception cref="ExperimentsException">EXP9001: it can't be read. EXP9006: a package can't be restored.</exception>
    public (CompiledScript? Script, IReadOnlyList<ScriptProblem> Problems) Prepare(string path)
    {
        path = Path.GetFullPath(path);
        var bytes = ScriptBytes.Read(path);
        return _cache.Find(path, bytes) is { } found ? (found, found.Warnings) : Compile(path, bytes);
    }

    /// <summary>The compiled script with a key.</summary>
    public CompiledScript? ByKey(ContentHash key) => _cache.ByKey(key);

    /// <summary>What is wrong with a script.</summary>
    public IReadOnlyList<ScriptProblem> Check(string path)
    {
        var sources = ScriptSources.Of(ScriptFile.Read(Path.GetFullPath(path)), ScriptFile.Read);
        return ScriptCompiler.Compile(sources, Restore(sources), check: true, CancellationToken.None).Problems;
    }

    // Apart, so that a warm start loads no compiler.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private (CompiledScript?, IReadOnlyList<ScriptProblem>) Compile(string path, byte[] bytes)
    {
        var sources = ScriptSources.Of(ScriptFile.Read(path), ScriptFile.Read);
        var packages = Restore(sources);
        var output = ScriptCompiler.Compile(sources, packages, check: false, CancellationToken.None);
        if (!output.Succeeded)
            return (null, output.Problems);
        var compiled = _cache.Keep(sources, packages, output);
        // The file may have changed since its bytes were read: then it is remembered under what was compiled.
        if (sources.Main.Hash == ContentHash.Compute(bytes))
            _cache.Remember(compiled.Key, sources, output, bytes);
        return (compiled, compiled.Warnings);
    }

    private ResolvedPackages Restore(ScriptSources sources) =>
        new PackageCache(cache).Resolve(sources.Packages, Path.GetDirectoryName(sources.Main.Path)!);
}
