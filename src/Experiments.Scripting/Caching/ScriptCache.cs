using System.Text;
using Experiments.Scripting.Compiling;
using Experiments.Scripting.Packages;
using Experiments.Scripting.Sources;

namespace Experiments.Scripting.Caching;

/// <summary>Finds compiled scripts again. Looking loads no compiler.</summary>
internal sealed class ScriptCache(CacheFolder folder)
{
    /// <summary>What compiles, besides the script: another version of it compiles anew.</summary>
    private static readonly string Host = Identify();

    /// <summary>The compiled script, if nothing that went into it has changed.</summary>
    /// <param name="path">Full path of the script.</param>
    /// <param name="bytes">Its bytes.</param>
    public CompiledScript? Find(string path, byte[] bytes)
    {
        var index = IndexOf(path, bytes);
        if (!File.Exists(index))
            return null;
        ContentHash key = default;
        foreach (var line in File.ReadLines(index))
        {
            var cells = line.Split('\t');
            if (cells.Length == 2 && cells[0] == "compiled" && ContentHash.TryParse(cells[1], out key))
                continue;
            if (cells.Length != 2 || !File.Exists(cells[1]) || ContentHash.Compute(File.ReadAllBytes(cells[1])).ToString() != cells[0])
                return null;
        }

        return ByKey(key);
    }

    /// <summary>The compiled script with a key.</summary>
    public CompiledScript? ByKey(ContentHash key)
    {
        var compiled = CompiledScript.Read(key, Path.Combine(folder.Scripts, key.ToString()));
        if (compiled is not null)
            CacheSize.Touch(compiled.Folder);
        return compiled;
    }

    /// <summary>The key of what went into a compiled script.</summary>
    private static ContentHash KeyOf(ScriptSources sources, ResolvedPackages packages, CompilerOutput output)
    {
        var text = new StringBuilder(Host);
        foreach (var (path, hash) in Inputs(sources, output))
            text.Append(hash).Append('\t').Append(path).Append('\n');
        packages.WriteTo(new StringWriter(text));
        return ContentHash.Compute(Encoding.UTF8.GetBytes(text.ToString()));
    }

    /// <summary>Keeps a compiled script. Of several that compile the same at a time, the first to end wins; all get the same.</summary>
    public CompiledScript Keep(ScriptSources sources, ResolvedPackages packages, CompilerOutput output)
    {
        var key = KeyOf(sources, packages, output);
        var aside = folder.NewFolder();
        File.WriteAllBytes(CompiledScript.AssemblyIn(aside), output.Assembly);
        File.WriteAllBytes(CompiledScript.SymbolsIn(aside), output.Symbols);
        CompiledScript.WriteManifest(aside, sources, packages, output.Problems);
        Directory.CreateDirectory(folder.Scripts);
        var place = Path.Combine(folder.Scripts, key.ToString());
        try
        {
            Directory.Move(aside, place);
        }
        catch (IOException) when (CompiledScript.Read(key, place) is not null)
        {
            Directory.Delete(aside, recursive: true);
        }
        catch (IOException) when (Directory.Exists(place))
        {
            // Damaged: somebody deleted files of it.
            Directory.Delete(place, recursive: true);
            Directory.Move(aside, place);
        }

        CacheSize.Limit(folder, keep: place);
        return CompiledScript.Read(key, place) ?? throw new ExperimentsException("EXP9007", $"expected the compiled script to stay at `{place}`, got nothing there", "something else deletes the cache; set `EXP_CACHE` to a folder of its own");
    }

    /// <summary>Remembers which compiled script these sources are.</summary>
    public void Remember(ContentHash key, ScriptSources sources, CompilerOutput output, byte[] bytes)
    {
        var lines = new StringBuilder();
        // The script itself is in the index's name.
        foreach (var (path, hash) in Inputs(sources, output).Where(i => i.Path != sources.Main.Path))
            lines.Append(hash).Append('\t').Append(path).Append('\n');
        lines.Append("compiled\t").Append(key).Append('\n');
        folder.Write(IndexOf(sources.Main.Path, bytes), Encoding.UTF8.GetBytes(lines.ToString()));
    }

    private static IEnumerable<(string Path, ContentHash Hash)> Inputs(ScriptSources sources, CompilerOutput output) =>
        sources.Files.Select(f => (f.Path, f.Hash))
            .Concat(sources.Assemblies.Select(a => (a, ContentHash.Compute(File.ReadAllBytes(a)))))
            .Concat(output.Consulted.Select(f => (f.Path, f.Hash!.Value)));

    private string IndexOf(string path, byte[] bytes) =>
        Path.Combine(folder.Index, ContentHash.Compute(Encoding.UTF8.GetBytes($"{Host}{path}\n{ContentHash.Compute(bytes)}")).ToString());

    private static string Identify()
    {
        var text = new StringBuilder().Append(Environment.Version).Append('\n');
        foreach (var name in new[] { "Experiments.Scripting.dll", "Experiments.Generators.dll", "Experiments.Core.dll", "Experiments.dll", "Microsoft.CodeAnalysis.CSharp.dll" })
        {
            var file = new FileInfo(Path.Combine(AppContext.BaseDirectory, name));
            text.Append(name).Append('\t').Append(file.Exists ? file.Length : 0).Append('\t').Append(file.Exists ? file.LastWriteTimeUtc.Ticks : 0).Append('\n');
        }

        return text.ToString();
    }
}
