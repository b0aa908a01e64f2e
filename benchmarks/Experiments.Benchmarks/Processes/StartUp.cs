using System.Diagnostics;
using System.Globalization;

namespace Experiments.Benchmarks.Processes;

/// <summary>How long a command takes before it does anything: the published quick start beside a bare .NET program and Python.</summary>
internal static class StartUp
{
    private const int Rounds = 15;

    public static async Task<int> RunAsync()
    {
        var root = FindRoot();
        var scratch = Directory.CreateTempSubdirectory("experiments-startup-").FullName;
        try
        {
            var hello = await PublishHelloAsync(scratch);
            var quickStart = Path.Combine(scratch, "quickstart", "QuickStart");
            await DotnetAsync("publish", Path.Combine(root, "experiments", "QuickStart"), "-c", "Release", "--no-self-contained",
                "-r", "linux-x64", "-p:PublishReadyToRun=true", "-o", Path.GetDirectoryName(quickStart)!);
            var results = Path.Combine(scratch, "results");
            await RunAsync(quickStart, "submit", "LearningRates", "--results", results);

            (string Name, string[] Command)[] entries =
            [
                ("/bin/true", ["/bin/true"]),
                ("python3 -c pass", ["/usr/bin/python3", "-c", "pass"]),
                ("dotnet hello.dll", ["dotnet", hello]),
                ("QuickStart --help", [quickStart, "--help"]),
                ("QuickStart plan", [quickStart, "plan", "LearningRates", "--results", results]),
                ("QuickStart status", [quickStart, "status", "--results", results]),
            ];
            var medians = ProcessTimer.MedianMilliseconds(Rounds, [.. entries.Select(entry => entry.Command)]);
            var bare = medians[2];
            Console.WriteLine($"start-up, median of {Rounds}, milliseconds");
            Console.WriteLine();
            Console.WriteLine("| command | ms | ratio to dotnet hello.dll |");
            Console.WriteLine("|---|---:|---:|");
            for (var i = 0; i < entries.Length; i++)
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| `{entries[i].Name}` | {medians[i]:0.0} | {medians[i] / bare:0.00} |"));
            return 0;
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    private static async Task<string> PublishHelloAsync(string scratch)
    {
        var folder = Directory.CreateDirectory(Path.Combine(scratch, "hello")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "hello.csproj"),
            "<Project Sdk=\"Microsoft.NET.Sdk\"><PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework></PropertyGroup></Project>");
        await File.WriteAllTextAsync(Path.Combine(folder, "Program.cs"), "System.Console.WriteLine(\"hello\");");
        await DotnetAsync("build", folder, "-c", "Release", "-o", Path.Combine(folder, "out"));
        return Path.Combine(folder, "out", "hello.dll");
    }

    private static Task DotnetAsync(params string[] arguments) => RunAsync("dotnet", arguments);

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"expected `{program} {string.Join(' ', arguments)}` to succeed, got exit code {process.ExitCode}: {output}");
    }

    private static string FindRoot()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Experiments.sln")))
            directory = directory.Parent;
        return directory?.FullName ?? throw new InvalidOperationException("expected a parent directory with Experiments.sln");
    }
}
