using System.Diagnostics;

namespace Experiments.Scripting;

/// <summary>The .NET SDK beside the runtime that runs this program.</summary>
internal static class Sdk
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);
    private static readonly Lazy<string> Newest = new(Find);

    /// <summary>Version of the newest; empty where there is only a runtime.</summary>
    public static string Version => Newest.Value;

    /// <summary>The installation: …/shared/Microsoft.NETCore.App/10.0.1/System.Private.CoreLib.dll is in it.</summary>
    public static string Root { get; } = Environment.GetEnvironmentVariable("DOTNET_ROOT") is { Length: > 0 } set && Directory.Exists(Path.Combine(set, "sdk"))
        ? set
        : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "../../.."));

    /// <summary>Runs a command of <c>dotnet</c> to its end, ten minutes at most.</summary>
    /// <returns>Its exit code, and what it said on both streams.</returns>
    public static (int Code, string Output) Run(IReadOnlyList<string> words, string directory)
    {
        var start = new ProcessStartInfo(Path.Combine(Root, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"), words)
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

    private static string Find()
    {
        var folder = Path.Combine(Root, "sdk");
        return !Directory.Exists(folder) ? "" : Directory.EnumerateDirectories(folder).Where(d => File.Exists(Path.Combine(d, "dotnet.dll"))).Select(Path.GetFileName)
            .OrderBy(d => System.Version.TryParse(d!.Split('-')[0], out var v) ? v : new Version()).LastOrDefault() ?? "";
    }
}
