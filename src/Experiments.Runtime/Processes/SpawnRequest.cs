namespace Experiments.Runtime.Processes;

/// <summary>A process to start, in its own session and process group, with every descriptor but the standard three closed.</summary>
internal sealed record SpawnRequest
{
    /// <summary>Absolute path of the executable and its arguments.</summary>
    public required IReadOnlyList<string> Command { get; init; }

    /// <summary>The whole environment, as <c>NAME=value</c>.</summary>
    public required IReadOnlyList<string> Environment { get; init; }

    /// <summary>Absolute directory to run in.</summary>
    public required string WorkingDirectory { get; init; }

    /// <summary>Absolute path of the file that standard error, and standard output unless it is given, are appended to.</summary>
    public required string Log { get; init; }

    /// <summary>Descriptor that becomes standard input; <see langword="null"/>: nothing to read.</summary>
    public int? Input { get; init; }

    /// <summary>Descriptor that becomes standard output; <see langword="null"/>: the log.</summary>
    public int? Output { get; init; }

    /// <summary>Start with SIGINT, SIGTERM and SIGHUP blocked: for the keeper, which must outlive a signal meant for everybody.</summary>
    public bool Unstoppable { get; init; }
}
