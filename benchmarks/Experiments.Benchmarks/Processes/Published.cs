using System.Diagnostics;

namespace Experiments.Benchmarks.Processes;

/// <summary>Programs as people install them, made for a measurement.</summary>
internal static class Published
{
    /// <summary>A program that writes a word.</summary>
    /// <returns>Path of its assembly, for <c>dotnet</c>.</returns>
    public static async Task<string> HelloAsync(string scratch)
    {
        var folder = Directory.CreateDirectory(Path.Combine(scratch, "hello")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "hello.csproj"),
            "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>");
        await File.WriteAllTextAsync(Path.Combine(folder, "Program.cs"), "System.Console.WriteLine(\"hello\");");
        await RunAsync("dotnet", "build", folder, "-c", "Release", "-o", Path.Combine(folder, "out"));
        return Path.Combine(folder, "out", "hello.dll");
    }

    /// <summary>A project of the repository, compiled ahead of time as far as that keeps it portable.</summary>
    /// <returns>Path of the program.</returns>
    public static async Task<string> ReadyToRunAsync(string project, string scratch, string program)
    {
        var folder = Path.Combine(scratch, program);
        await RunAsync("dotnet", "publish", Path.Combine(FindRoot(), project), "-c", "Release", "--no-self-contained", "-r", "linux-x64", "-p:PublishReadyToRun=true", "-o", folder);
        return Path.Combine(folder, program);
    }

    /// <summary>Runs a program, which must succeed.</summary>
    public static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"expected `{program} {string.Join(' ', arguments)}` to succeed, got exit code {process.ExitCode}: {output}");
    }

    /// <summary>The repository.</summary>
    public static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Experiments.sln")))
            directory = directory.Parent;
        return directory?.FullName ?? throw new InvalidOperationException("expected a parent directory with Experiments.sln");
    }
}
