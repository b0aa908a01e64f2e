using System.Text;
using Experiments.Scripting.Caching;
using Experiments.Scripting.Sources;

namespace Experiments.Scripting.Packages;

/// <summary>Remembers what package references resolved to: a restore takes most of a second even when there is nothing to do, and needs a network the first time.</summary>
internal sealed class PackageCache(CacheFolder cache)
{
    /// <summary>The files of packages, restored now or remembered.</summary>
    /// <param name="packages">The references.</param>
    /// <param name="directory">The script's directory, from which a <c>nuget.config</c> is looked for upwards.</param>
    /// <exception cref="ExperimentsException">EXP9006: a package can't be restored.</exception>
    public ResolvedPackages Resolve(IReadOnlyList<PackageReference> packages, string directory)
    {
        if (packages.Count == 0)
            return ResolvedPackages.None;
        var sources = NuGetConfig.Nearest(directory);
        var key = Key(packages, sources);
        var file = Path.Combine(cache.Packages, key.ToString());
        if (Remembered(file) is { } known)
            return known;
        var resolved = PackageRestore.Run(packages, sources, cache);
        var lines = new StringWriter();
        resolved.WriteTo(lines);
        cache.Write(file, Encoding.UTF8.GetBytes(lines.ToString()));
        return resolved;
    }

    private static ContentHash Key(IReadOnlyList<PackageReference> packages, string? sources)
    {
        var text = new StringBuilder();
        foreach (var package in packages.OrderBy(p => p.Name, StringComparer.OrdinalIgnoreCase).ThenBy(p => p.Version, StringComparer.Ordinal))
            text.Append(package.Name.ToLowerInvariant()).Append('\t').Append(package.Version).Append('\n');
        text.Append(Environment.Version).Append('\t').Append(System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier).Append('\n');
        text.Append(Sdk.Version).Append('\n');
        if (sources is not null)
            text.Append(sources).Append('\n').Append(File.ReadAllText(sources));
        return ContentHash.Compute(Encoding.UTF8.GetBytes(text.ToString()));
    }

    /// <summary>What was resolved earlier, if all of it is still there.</summary>
    private static ResolvedPackages? Remembered(string file)
    {
        if (!File.Exists(file))
            return null;
        var known = ResolvedPackages.Read(File.ReadLines(file));
        return known.All.All(File.Exists) ? known : null;
    }
}
