using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Experiments.Scripting.Compiling;

/// <summary>The framework and the parts of ours that scripts are compiled against.</summary>
internal static class Platform
{
    private static readonly Lazy<ImmutableArray<string>> LazyPaths = new(Find);
    private static readonly Lazy<ImmutableArray<MetadataReference>> LazyReferences = new(() => [.. LazyPaths.Value.Select(p => (MetadataReference)MetadataReference.CreateFromFile(p, documentation: Documentation.Of(p)))]);

    /// <summary>The assemblies, as metadata; read once.</summary>
    public static ImmutableArray<MetadataReference> References => LazyReferences.Value;

    /// <summary>Folder of the framework's generators; <see langword="null"/> where there is no SDK.</summary>
    public static string? GeneratorFolder => Pack is { } pack && Directory.Exists(Path.Combine(pack, "analyzers/dotnet/cs")) ? Path.Combine(pack, "analyzers/dotnet/cs") : null;

    /// <summary>The reference pack of the running framework: smaller than its implementation, and documented. Comes with an SDK.</summary>
    private static string? Pack { get; } = FindPack();

    /// <summary>Whether the framework has an assembly.</summary>
    public static bool Has(string name) => LazyPaths.Value.Any(p => Path.GetFileNameWithoutExtension(p).Equals(Path.GetFileNameWithoutExtension(name), StringComparison.OrdinalIgnoreCase)
        || Path.GetFileNameWithoutExtension(p).Equals(name, StringComparison.OrdinalIgnoreCase));

    private static ImmutableArray<string> Find()
    {
        var trusted = ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var ours = trusted.Where(IsOurs);
        if (Pack is { } pack)
            return [.. Directory.EnumerateFiles(Path.Combine(pack, "ref", $"net{Environment.Version.Major}.0"), "*.dll").Order(StringComparer.Ordinal), .. ours];
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        return [.. trusted.Where(p => Path.GetDirectoryName(p) == runtime && IsFramework(Path.GetFileName(p))), .. ours];
    }

    private static bool IsOurs(string path) => Path.GetFileName(path) is "Experiments.dll" or "Experiments.Core.dll" or "Experiments.Registry.dll"
        or "Experiments.Runtime.dll" or "Experiments.CommandLine.dll" or "Experiments.Scripting.dll";

    /// <summary>In a self-contained program the framework lies among the program's own assemblies.</summary>
    private static bool IsFramework(string name) =>
        (name.StartsWith("System.", StringComparison.Ordinal) && name != "System.CommandLine.dll")
        || name is "mscorlib.dll" or "netstandard.dll" or "WindowsBase.dll" or "Microsoft.CSharp.dll" or "Microsoft.VisualBasic.Core.dll"
        || name.StartsWith("Microsoft.Win32.", StringComparison.Ordinal);

    private static string? FindPack()
    {
        // …/shared/Microsoft.NETCore.App/10.0.1/System.Private.CoreLib.dll and …/packs/Microsoft.NETCore.App.Ref/10.0.1
        var runtime = Path.GetDirectoryName(typeof(object).Assembly.Location);
        var packs = runtime is null ? null : Path.GetFullPath(Path.Combine(runtime, "../../../packs/Microsoft.NETCore.App.Ref"));
        if (packs is null || !Directory.Exists(packs))
            return null;
        return Directory.EnumerateDirectories(packs, $"{Environment.Version.Major}.*")
            .Where(d => Version.TryParse(Path.GetFileName(d), out var version) && version <= Environment.Version)
            .OrderByDescending(d => Version.Parse(Path.GetFileName(d)))
            .FirstOrDefault(d => Directory.Exists(Path.Combine(d, "ref", $"net{Environment.Version.Major}.0")));
    }
}
