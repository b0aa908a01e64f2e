using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Xml.Linq;
using Experiments.Scripting.Caching;
using Experiments.Scripting.Sources;

namespace Experiments.Scripting.Packages;

/// <summary>Lets the SDK's own restore resolve package references, in a project made for the purpose.</summary>
internal static class PackageRestore
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);
    private static readonly Lazy<string?> LazySdk = new(FindSdk);

    /// <summary>Version of the newest SDK beside the runtime; empty where there is none.</summary>
    public static string SdkVersion => LazySdk.Value is { } sdk ? Path.GetFileName(sdk) : "";

    /// <summary>Restores.</summary>
    /// <param name="packages">The references.</param>
    /// <param name="sources">Path of a <c>nuget.config</c>.</param>
    /// <param name="cache">Where the project is made.</param>
    /// <exception cref="ExperimentsException">EXP9006: there is no SDK, or it can't restore them.</exception>
    public static ResolvedPackages Run(IReadOnlyList<PackageReference> packages, string? sources, CacheFolder cache)
    {
        var names = string.Join(", ", packages.Select(p => $"`{p.Name}{(p.Version.Length > 0 ? " " + p.Version : "")}`"));
        if (LazySdk.Value is null)
            throw new ExperimentsException("EXP9006", $"expected a .NET SDK to restore {names}, got only a runtime at `{DotnetRoot()}`", "install the SDK, or reference assemblies with `#r \"path.dll\"`");
        var folder = cache.NewFolder();
        try
        {
            var project = Path.Combine(folder, "packages.csproj");
            Project(packages, sources).Save(project);
            var (code, output) = Dotnet(["restore", project, "--nologo", "-v", "quiet", "-clp:NoSummary"], folder);
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

    private static (int Code, string Output) Dotnet(IReadOnlyList<string> words, string directory)
    {
        var start = new ProcessStartInfo(Path.Combine(DotnetRoot(), OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"), words)
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            Environment = { ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1", ["DOTNET_NOLOGO"] = "1", ["MSBUILDDISABLENODEREUSE"] = "1" },
        };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(Limit))
            process.Kill(entireProcessTree: true);
        process.WaitForExit();
        return (process.ExitCode, output.GetAwaiter().GetResult() + error.GetAwaiter().GetResult());
    }

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

    private static string? FindSdk()
    {
        var folder = Path.Combine(DotnetRoot(), "sdk");
        return !Directory.Exists(folder) ? null : Directory.EnumerateDirectories(folder).Where(d => File.Exists(Path.Combine(d, "dotnet.dll")))
            .OrderBy(d => Version.TryParse(Path.GetFileName(d).Split('-')[0], out var v) ? v : new Version()).LastOrDefault();
    }

    /// <summary>The installation that runs this program: …/shared/Microsoft.NETCore.App/10.0.1/System.Private.CoreLib.dll.</summary>
    private static string DotnetRoot() => Environment.GetEnvironmentVariable("DOTNET_ROOT") is { Length: > 0 } set && Directory.Exists(Path.Combine(set, "sdk"))
        ? set
        : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "../../.."));
}
