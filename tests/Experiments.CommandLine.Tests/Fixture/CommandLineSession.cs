using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Experiments.CommandLine.Tests;

/// <summary>A results root of its own, and commands run on it as a user types them, with captured pipes.</summary>
public sealed partial class CommandLineSession : IDisposable
{
    public string Root { get; } = Path.Combine(Path.GetTempPath(), $"exp-cli-{Guid.NewGuid():n}");

    /// <summary>Runs a command of a program that declares the digits.</summary>
    public Task<Output> RunAsync(params string[] args) => RunAsync(Digits.Catalogue, args);

    /// <summary>Runs a command of <c>exp</c>, which declares nothing.</summary>
    public Task<Output> RunToolAsync(params string[] args) => RunAsync(Catalogue.Empty, args, _ => []);

    /// <summary>Runs a command of any other program.</summary>
    internal Task<Output> RunWithAsync(Catalogue catalogue, string[] args) => RunAsync(catalogue, args);

    /// <summary>Starts a command as a process of its own, with pipes.</summary>
    public Process Start(params string[] args)
    {
        // Tests may themselves be run with signals ignored, as behind nohup or `&`, which programs inherit and respect.
        var start = new ProcessStartInfo("env",
            ["--default-signal=INT,TERM,HUP", Path.Combine(AppContext.BaseDirectory, "Experiments.CommandLine.Tests"), .. args, "--results", Root])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = AppContext.BaseDirectory,
        };
        return Process.Start(start)!;
    }

    /// <summary>Runs a command as a process of its own: only real programs can be workers.</summary>
    public async Task<Output> RunProcessAsync(params string[] args)
    {
        using var process = Start(args);
        return await EndAsync(process);
    }

    /// <summary>Waits for a process and takes what it wrote.</summary>
    public async Task<Output> EndAsync(Process process)
    {
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        return new Output((ExitCode)process.ExitCode, Scrub(await output), Scrub(await error));
    }

    /// <summary>Waits until something is so.</summary>
    public static async Task UntilAsync(string what, Func<bool> so)
    {
        for (var clock = Stopwatch.StartNew(); !so();)
        {
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30), $"expected {what} within 30 seconds");
            await Task.Delay(10);
        }
    }

    public void Dispose()
    {
        if (Directory.Exists(Root))
            Directory.Delete(Root, recursive: true);
    }

    private async Task<Output> RunAsync(Catalogue catalogue, string[] args, Func<CommandContext, IEnumerable<System.CommandLine.Command>>? more = null)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await Shell.RunAsync([.. args, "--results", Root], catalogue, new Terminal { Out = output, Error = error }, more);
        return new Output((ExitCode)code, Scrub(output.ToString()), Scrub(error.ToString()));
    }

    /// <summary>Makes output the same on every machine: where it is and how long things took.</summary>
    private string Scrub(string text)
    {
        text = text.Replace(Root, "RESULTS").Replace(AppContext.BaseDirectory, "PROGRAM/");
        text = Moments().Replace(text, "0000-00-00T00:00:00.000Z");
        text = Seconds().Replace(text, "\"seconds\": 0");
        return Durations().Replace(text, "0.0s");
    }

    [GeneratedRegex(@"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")]
    private static partial Regex Moments();

    [GeneratedRegex(@"""seconds"": [\d.]+")]
    private static partial Regex Seconds();

    [GeneratedRegex(@"\b\d\.\ds\b")]
    private static partial Regex Durations();
}

/// <summary>What a command left.</summary>
public sealed record Output(ExitCode Code, string Out, string Error);
