using System.Collections.Immutable;

namespace Experiments.Scripting.Packages;

/// <summary>The files that a script's packages come down to.</summary>
/// <param name="Compile">Assemblies to compile against.</param>
/// <param name="Runtime">Assemblies to run with.</param>
/// <param name="Native">Native libraries.</param>
/// <param name="Analyzers">Analyzers and generators.</param>
internal sealed record ResolvedPackages(ImmutableArray<string> Compile, ImmutableArray<string> Runtime, ImmutableArray<string> Native, ImmutableArray<string> Analyzers)
{
    public static ResolvedPackages None { get; } = new([], [], [], []);

    /// <summary>Every file.</summary>
    public IEnumerable<string> All => Compile.Concat(Runtime).Concat(Native).Concat(Analyzers);

    public void WriteTo(TextWriter lines)
    {
        foreach (var (kind, paths) in new[] { ("compile", Compile), ("runtime", Runtime), ("native", Native), ("analyzer", Analyzers) })
        {
            foreach (var path in paths)
                lines.Write($"{kind}\t{path}\n");
        }
    }

    public static ResolvedPackages Read(IEnumerable<string> lines)
    {
        var files = lines.Select(line => line.Split('\t', 2)).Where(parts => parts.Length == 2).ToLookup(parts => parts[0], parts => parts[1]);
        return new([.. files["compile"]], [.. files["runtime"]], [.. files["native"]], [.. files["analyzer"]]);
    }
}
