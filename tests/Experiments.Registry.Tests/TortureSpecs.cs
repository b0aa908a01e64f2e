using System.Diagnostics;
using System.Reflection;

namespace Experiments.Registry.Tests;

/// <summary>Short runs of the torture program; how to run it long: tests/Experiments.Torture/README.md.</summary>
public sealed class TortureSpecs
{
    [Fact]
    public Task Many_processes_at_once_see_no_error_and_break_nothing() => TortureAsync("hammer", "--processes", "8", "--seconds", "3");

    [Fact]
    public Task Processes_that_are_killed_lose_nothing_double_nothing_and_leave_nothing_stuck() =>
        TortureAsync("hammer", "--processes", "4", "--kills", Environment.GetEnvironmentVariable("REGISTRY_KILLS") ?? "30");

    [Fact]
    public Task Workers_attempts_and_keepers_that_are_killed_leave_every_run_finished_with_its_winners_files() =>
        TortureAsync("kill", "--workers", "3", "--kills", Environment.GetEnvironmentVariable("REGISTRY_KILLS") ?? "100");

    private static async Task TortureAsync(params string[] words)
    {
        var program = typeof(TortureSpecs).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "Torture").Value!;
        using var process = Process.Start(new ProcessStartInfo("dotnet", [program, .. words]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, await output + await error);
    }
}
