using System.ComponentModel;
using System.Diagnostics;

namespace Experiments.Runtime.Processes;

/// <summary>Short commands whose output we want, such as <c>git</c> and <c>nvidia-smi</c>. Bounded in time and output; never an error.</summary>
internal static class Command
{
    private const int OutputCharsMax = 1024 * 1024;

    /// <summary>Runs a command to its end.</summary>
    /// <returns>Its exit code and output; <see langword="null"/> when it could not be started or took too long.</returns>
    public static (int ExitCode, string Output)? TryRun(IReadOnlyList<string> words, string directory, TimeSpan limit) =>
        TryRunAsync(words, directory, limit).GetAwaiter().GetResult();

    /// <inheritdoc cref="TryRun"/>
    public static async Task<(int ExitCode, string Output)?> TryRunAsync(IReadOnlyList<string> words, string directory, TimeSpan limit)
    {
        var start = new ProcessStartInfo(words[0], words.Skip(1))
        {
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var timeout = new CancellationTokenSource(limit);
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            try
            {
                process.ErrorDataReceived += (_, _) => { };
                process.BeginErrorReadLine();
                var output = await ReadAsync(process.StandardOutput, timeout.Token).ConfigureAwait(false);
                await process.WaitForExitAsync(timeout.Token).ConfigureAwait(false);
                return (process.ExitCode, output);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                return null;
            }
        }
        catch (Exception e) when (e is Win32Exception or IOException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Reads to the end and keeps the beginning.</summary>
    private static async Task<string> ReadAsync(StreamReader from, CancellationToken cancel)
    {
        var kept = new System.Text.StringBuilder();
        var buffer = new char[4096];
        while (await from.ReadAsync(buffer, cancel).ConfigureAwait(false) is > 0 and var count)
            kept.Append(buffer, 0, Math.Min(count, OutputCharsMax - kept.Length));
        return kept.ToString();
    }
}
