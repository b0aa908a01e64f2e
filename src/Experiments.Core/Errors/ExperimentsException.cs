namespace Experiments;

/// <summary>An error people can act on: what is wrong, where, and what to do. Commands print it as one paragraph and a hint, without a stack trace.</summary>
public class ExperimentsException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="code">Code of the catalogue in <c>docs/rules</c>: <c>EXP7xxx</c> registry, <c>EXP8xxx</c> runtime, <c>EXP9xxx</c> scripts and clusters.</param>
    /// <param name="message">What is wrong and where, as <c>expected X to be …, got …</c> where that fits; no final period.</param>
    /// <param name="hint">What to do; <see langword="null"/> when there is nothing useful to say.</param>
    /// <param name="exitCode">The exit code of a command that ends with this error.</param>
    /// <param name="cause">The error behind this one.</param>
    public ExperimentsException(string code, string message, string? hint = null, ExitCode exitCode = ExitCode.Usage, Exception? cause = null)
        : base(message, cause)
    {
        Code = code;
        Hint = hint;
        ExitCode = exitCode;
    }

    /// <summary>Code of the catalogue, such as <c>EXP7002</c>.</summary>
    public string Code { get; }

    /// <summary>What to do about it.</summary>
    public string? Hint { get; }

    /// <summary>The exit code of a command that ends with this error.</summary>
    public ExitCode ExitCode { get; }
}

/// <summary>Exit codes of every command.</summary>
public enum ExitCode
{
    /// <summary>All good.</summary>
    Success = 0,

    /// <summary>Some run failed.</summary>
    RunFailed = 1,

    /// <summary>Usage or configuration error.</summary>
    Usage = 2,

    /// <summary>A run, sweep, experiment or file was not found.</summary>
    NotFound = 3,

    /// <summary>The registry cannot be used.</summary>
    RegistryUnavailable = 4,

    /// <summary>Interrupted by Ctrl-C or SIGTERM.</summary>
    Interrupted = 130,
}
