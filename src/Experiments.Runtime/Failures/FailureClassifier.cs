using System.Text.RegularExpressions;
using Experiments.Runtime.Processes;

namespace Experiments.Runtime.Failures;

/// <summary>Says why an attempt failed, from how its process ended and the end of its log.</summary>
internal static class FailureClassifier
{
    private const int KillSignal = 9;
    private const int TerminateSignal = 15;

    /// <summary>The first rule whose expression is found decides; more telling ones come first.</summary>
    private static readonly (FailureCategory Category, Regex Expression)[] Rules =
    [
        (FailureCategory.OutOfMemory, Words(@"(CUDA|HIP|GPU) out of memory|OutOfMemoryError: (CUDA|HIP)|CUDA_ERROR_OUT_OF_MEMORY|hipErrorOutOfMemory|CUBLAS_STATUS_ALLOC_FAILED|RESOURCE_EXHAUSTED: .*(out of memory|OOM)")),
        (FailureCategory.HostOutOfMemory, Words(@"^(numpy\.core\._exceptions\._ArrayMemoryError|MemoryError)\b|std::bad_alloc|Cannot allocate memory|DefaultCPUAllocator: can't allocate memory|System\.OutOfMemoryException|oom-kill|Out of memory: Killed process")),
        (FailureCategory.DiskFull, Words(@"No space left on device|ENOSPC|Disk quota exceeded")),
        (FailureCategory.NodeFailure, Words(@"uncorrectable ECC error|GPU has fallen off the bus|Input/output error")),
        (FailureCategory.Communication, Words(@"NCCL (error|WARN|timeout)|nccl(Internal|System|UnhandledCuda|Remote)Error|collective operation timeout|gloo::|EADDRINUSE|Address already in use|\[c10d\].*(timed out|timeout)|Connection (reset by peer|refused|timed out)|ConnectionError|Temporary failure in name resolution|MaxRetryError|urlopen error")),
        (FailureCategory.Configuration, Words(@"^(ModuleNotFoundError|ImportError|SyntaxError|IndentationError)\b|: No module named |can't open file '.*': \[Errno 2\]|error: (unrecognized arguments|the following arguments are required|argument |invalid choice|no such option|unknown option)|(hydra|omegaconf)\.errors\.|command not found")),
        (FailureCategory.ModelLoad, Words(@"Error\(s\) in loading state_dict|PytorchStreamReader failed|SafetensorError|invalid load key|EntryNotFoundError|RepositoryNotFoundError|is not a local folder and is not a valid model identifier")),
        (FailureCategory.Data, Words(@"^(FileNotFoundError|EOFError|UnicodeDecodeError|zipfile\.BadZipFile|gzip\.BadGzipFile)\b|System\.IO\.(FileNotFound|DirectoryNotFound|InvalidData)Exception|ParserError")),
    ];

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

        var ending = Ending(exit);
        foreach (var (category, expression) in Rules)
        {
            // The last match: earlier ones may be warnings the trainer survived.
            if (Find(expression, logTail) is { } index)
                return (category, $"{ending}: {LogTail.LineAt(logTail, index)}");
        }

        var lastLine = LogTail.LastLine(logTail);
        var message = lastLine is null ? ending : $"{ending}: {lastLine}";
        const int usageExitCode = 2;
        if (exit.ExitCode == usageExitCode && Regex.IsMatch(logTail, "^usage:", RegexOptions.Multiline | RegexOptions.IgnoreCase))
            return (FailureCategory.Configuration, message);
        return (signal is null or TerminateSignal ? FailureCategory.Unknown : FailureCategory.Crash, message);
    }

    /// <summary>How a process ended, in words.</summary>
    public static string Ending(ExitStatus exit) => exit.Signal is { } killer ? $"killed by {SignalName(killer)}" : $"exit code {exit.ExitCode}";

    /// <summary>A signal's name, such as <c>SIGSEGV</c>.</summary>
    public static string SignalName(int signal) => signal switch
    {
        1 => "SIGHUP", 2 => "SIGINT", 3 => "SIGQUIT", 4 => "SIGILL", 6 => "SIGABRT", 7 => "SIGBUS", 8 => "SIGFPE",
        KillSignal => "SIGKILL", 10 => "SIGUSR1", 11 => "SIGSEGV", 12 => "SIGUSR2", 13 => "SIGPIPE", 14 => "SIGALRM",
        TerminateSignal => "SIGTERM", 24 => "SIGXCPU", 25 => "SIGXFSZ",
        _ => $"signal {signal}",
    };

    private static int? Find(Regex expression, string logTail)
    {
        try
        {
            return expression.Match(logTail) is { Success: true } match ? match.Index : null;
        }
        catch (RegexMatchTimeoutException)
        {
            // A log made to be slow to search says nothing.
            return null;
        }
    }

    private static Regex Words(string expression) => new(expression,
        RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.RightToLeft, TimeSpan.FromSeconds(1));
}
