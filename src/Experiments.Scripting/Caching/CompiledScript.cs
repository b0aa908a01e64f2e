using System.Globalization;
using System.Text;
using Experiments.Scripting.Compiling;
using Experiments.Scripting.Packages;
using Experiments.Scripting.Sources;

namespace Experiments.Scripting.Caching;

/// <summary>A script that was compiled, as it lies in the cache.</summary>
/// <param name="Key">Hash of all that went into it; names its folder.</param>
/// <param name="Folder">Its folder.</param>
/// <param name="Path">Full path of the script.</param>
/// <param name="HasStatements">Whether anything is to be run from top to bottom.</param>
/// <param name="Runtime">Assemblies it may need besides ours and the framework's.</param>
/// <param name="Native">Native libraries it may need.</param>
/// <param name="Disposables">Variables to dispose of when it ends, in the order declared.</param>
/// <param name="Warnings">What the compiler warned of.</param>
internal sealed record CompiledScript(ContentHash Key, string Folder, string Path, bool HasStatements, IReadOnlyList<string> Runtime, IReadOnlyList<string> Native, IReadOnlyList<string> Disposables, IReadOnlyList<ScriptProblem> Warnings)
{
    private const string ManifestName = "manifest";

    /// <summary>The assembly.</summary>
    public string Assembly => AssemblyIn(Folder);

    public static string AssemblyIn(string folder) => System.IO.Path.Combine(folder, "script.dll");

    public static string SymbolsIn(string folder) => System.IO.Path.Combine(folder, "script.pdb");

    /// <summary>Writes what a later start must know.</summary>
    public static void WriteManifest(string folder, ScriptSources sources, ResolvedPackages packages, IEnumerable<ScriptProblem> warnings)
    {
        var lines = new StringBuilder();
        lines.Append("script\t").Append(sources.Main.Path).Append('\n');
        if (sources.HasStatements)
            lines.Append("statements\n");
        foreach (var assembly in packages.Runtime.Concat(sources.Assemblies))
            lines.Append("runtime\t").Append(assembly).Append('\n');
        foreach (var library in packages.Native)
            lines.Append("native\t").Append(library).Append('\n');
        foreach (var variable in sources.Files.SelectMany(f => f.UsingVariables))
            lines.Append("dispose\t").Append(variable).Append('\n');
        foreach (var w in warnings)
            lines.Append(CultureInfo.InvariantCulture, $"warning\t{w.Id}\t{w.Line}\t{w.Column}\t{w.EndLine}\t{w.EndColumn}\t{w.Path}\t{w.Message.ReplaceLineEndings(" ")}\n");
        File.WriteAllText(System.IO.Path.Combine(folder, ManifestName), lines.ToString());
    }

    /// <summary>Reads a folder of the cache; <see langword="null"/>: there is none, or a file of it is gone.</summary>
    public static CompiledScript? Read(ContentHash key, string folder)
    {
        var manifest = System.IO.Path.Combine(folder, ManifestName);
        if (!File.Exists(manifest))
            return null;
        var (path, statements) = ("", false);
        var (runtime, native, disposables, warnings) = (new List<string>(), new List<string>(), new List<string>(), new List<ScriptProblem>());
        foreach (var line in File.ReadLines(manifest))
        {
            var cells = line.Split('\t');
            switch (cells[0])
            {
                case "script": path = cells[1]; break;
                case "statements": statements = true; break;
                case "runtime": runtime.Add(cells[1]); break;
                case "native": native.Add(cells[1]); break;
                case "dispose": disposables.Add(cells[1]); break;
                case "warning": warnings.Add(new(cells[1], false, string.Join('\t', cells[7..]), cells[6], Number(2), Number(3), Number(4), Number(5))); break;
            }

            int Number(int cell) => int.Parse(cells[cell], CultureInfo.InvariantCulture);
        }

        return runtime.Concat(native).Append(AssemblyIn(folder)).All(File.Exists) ? new(key, folder, path, statements, runtime, native, disposables, warnings) : null;
    }
}
