using System.Text.RegularExpressions;
using Experiments.Runtime.Processes;

namespace Experiments.Runtime.Failures;

/// <summary>Says why an attempt failed, from how its process ended and the end of its log.</summary>
internal static class FailureClassifier
{
    private const int AbortSignal = 6;
    private const int KillSignal = 9;
    private const int TerminateSignal = 15;
    private const int CpuTimeSignal = 24;
    private const int FileSizeSignal = 25;
    private const int UsageExitCode = 2;

    /// <summary>The shell's own: what it was to start can't be started, or isn't there.</summary>
    private const int NotExecutable = 126, NotFound = 127;

    private static readonly Regex Usage = Expressions.Bounded("^[Uu]sage: ");

    /// <summary>Says why an attempt failed.</summary>
    /// <param name="exit">How its process ended; neither by exit code 0 nor because it was asked to.</param>
    /// <param name="logTail">The end of its log.</param>
    /// <param name="hostRanOutOfMemory">Whether the kernel killed some process for memory while the attempt ran.</param>
    /// <returns>The category and one line for people.</returns>
    public static (FailureCategory Category, string Message) Classify(ExitStatus exit, string logTail, bool hostRanOutOfMemory)
    {
        var signal = exit.Signal ?? (exit.ExitCode is > 128 and <= 128 + 64 ? exit.ExitCode - 128 : null);
        if (signal == KillSignal && hostRanOutOfMemory)
            return (FailureCategory.HostOutOfMemory, "killed by the kernel because the host ran out of memory");

        var words = LastWords.Find(logTail, out var mention);
        var category = exit.ExitCode is NotExecutable or NotFound ? FailureCategory.Configuration
            : words is null ? OfEnding(exit.ExitCode, signal, logTail)
            // Runtimes abort when nobody handles an exception; other signals aren't about it.
            : words.Category == FailureCategory.Unknown && signal != AbortSignal ? OfEnding(exit.ExitCode, signal, logTail)
            : words.Category;
        if (category == FailureCategory.Unknown && words is null && mention is not null)
            (words, category) = (mention, mention.Category);

        var line = LogTail.LastLine(words?.Line ?? logTail);
        return (category, line is null ? Ending(exit) : $"{Ending(exit)}: {line}");
    }

    /// <summary>How a process ended, in words.</summary>
    public static string Ending(ExitStatus exit) => exit.Signal is { } killer ? $"killed by {SignalName(killer)}" : $"exit code {exit.ExitCode}";

    /// <summary>A signal's name, such as <c>SIGSEGV</c>.</summary>
    public static string SignalName(int signal) => signal switch
    {
        1 => "SIGHUP", 2 => "SIGINT", 3 => "SIGQUIT", 4 => "SIGILL", AbortSignal => "SIGABRT", 7 => "SIGBUS", 8 => "SIGFPE",
        KillSignal => "SIGKILL", 10 => "SIGUSR1", 11 => "SIGSEGV", 12 => "SIGUSR2", 13 => "SIGPIPE", 14 => "SIGALRM",
        TerminateSignal => "SIGTERM", CpuTimeSignal => "SIGXCPU", FileSizeSignal => "SIGXFSZ",
        _ => $"signal {signal}",
    };

    private static FailureCategory OfEnding(int? exitCode, int? signal, string logTail) => signal switch
    {
        null when exitCode == UsageExitCode && LogLines.Of(logTail).Exists(line => Usage.Has(line.Bare)) => FailureCategory.Configuration,
        null or TerminateSignal => FailureCategory.Unknown,
        CpuTimeSignal => FailureCategory.Timeout,
        FileSizeSignal => FailureCategory.DiskFull,
        _ => FailureCategory.Crash,
    };
}
