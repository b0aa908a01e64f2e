using System.Runtime.InteropServices;
using System.Xml.Linq;
using Experiments.Scripting.Caching;
using Experiments.Scripting.Sources;

namespace Experiments.Scripting.Packages;

/// <summary>Lets the SDK's own restore resolve package references, in a project made for the purpose.</summary>
internal static class PackageRestore
{
    /// <summary>Restores.</summary>
    /// <param name="packages">The references.</param>
    /// <param name="sources">Path of a <c>nuget.config</c>.</param>
    /// <param name="cache">Where the project is made.</param>
    /// <exception cref="ExperimentsException">EXP9006: there is no SDK, or it can't restore them.</exception>
    public static ResolvedPackages Run(IReadOnlyList<PackageReference> packages, string? sources, CacheFolder cache)
    {
        var names = string.Join(", ", packages.Select(p => $"`{p.Name}{(p.Version.Length > 0 ? " " + p.Version : "")}`"));
        if (Sdk.Version.Length == 0)
            throw new ExperimentsException("EXP9006", $"expected a .NET SDK to restore {names}, got only a runtime at `{Sdk.Root}`", "install the SDK, or reference assemblies with `#r \"path.dll\"`");
        var folder = cache.NewFolder();
        try
        {
            var project = Path.Combine(folder, "packages.csproj");
            Project(packages, sources).Save(project);
            var (code, output) = Sdk.Run(["restore", project, "--nologo", "-v", "quiet", "-clp:NoSummary"], folder);
            if (code != 0)
                throw new ExperimentsException("EXP9006", $"expected to restore {names}, got: {Said(output, project)}",
                    "check name, version and package sources (`dotnet nuget list source`); the first use of a package needs its source to be reachable");
            return AssetsFile.Read(Path.Combine(folder, "obj", "project.assets.json"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static XDocument Project(IReadOnlyList<PackageReference> packages, string? sources) => new(
        new XElement("Project",
            new XAttribute("Sdk", "Microsoft.NET.Sdk"),
            new XElement("PropertyGroup",
                new XElement("TargetFramework", $"net{Environment.Version.Major}.0"),
                new XElement("RuntimeIdentifier", RuntimeInformation.RuntimeIdentifier),
                // The framework is here already; only packages are asked for.
                new XElement("DisableTransitiveFrameworkReferenceDownloads", "true"),
                new XElement("SelfContained", "false"),
                new XElement("EnableWindowsTargeting", "true"),
                new XElement("NoWarn", "$(NoWarn);NETSDK1206"),
                sources is null ? null : new XElement("RestoreConfigFile", sources)),
            new XElement("ItemGroup",
                packages.Select(p => new XElement("PackageReference", new XAttribute("Include", p.Name), new XAttribute("Version", p.Version.Length == 0 ? "*" : p.Version))))));

    /// <summary>The errors of a restore, without the name of the project that nobody wrote.</summary>
    private static string Said(string output, string project)
    {
        var errors = output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(line => line.Contains("error", StringComparison.OrdinalIgnoreCase))
            .Select(line => line.Replace($"[{project}]", "", StringComparison.Ordinal).Replace($"{project} : ", "", StringComparison.Ordinal).Trim())
            .Distinct()
            .ToList();
        return errors.Count > 0 ? string.Join("; ", errors) : output.Trim();
    }
}
