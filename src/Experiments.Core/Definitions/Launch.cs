using System.Collections.Immutable;

namespace Experiments;

/// <summary>
/// What an attempt executes. As declared, paths are relative and <see cref="WorkingDirectory"/> is <see langword="null"/>;
/// planning resolves them (<see cref="IsResolved"/>), so that what the registry holds can be started from anywhere on the host.
/// The configuration's arguments are derived from its JSON at start (<see cref="ArgumentStyle"/>), never stored.
/// </summary>
public sealed record Launch
{
    /// <summary>What kind of entrypoint this is.</summary>
    public required LaunchKind Kind { get; init; }

    /// <summary>Module (<c>src.main</c>), script file (<c>src/main.py</c>), function (<c>pkg.module:train</c>) or executable; empty for a method.</summary>
    public string Target { get; init; } = "";

    /// <summary>Fixed words after the target, before the configuration.</summary>
    public ImmutableArray<string> Arguments { get; init; } = [];

    /// <summary>How the configuration is passed.</summary>
    public ArgumentStyle Style { get; init; } = ArgumentStyle.Options;

    /// <summary>How option names are written.</summary>
    public OptionCase OptionCase { get; init; } = OptionCase.Kebab;

    /// <summary>How booleans are written.</summary>
    public BooleanStyle Booleans { get; init; } = BooleanStyle.Presence;

    /// <summary>The tool that holds the entrypoint; <see langword="null"/>: the program's own folder.</summary>
    public string? Tool { get; init; }

    /// <summary>The beginning of the hash of the commit that the tool must be at; <see langword="null"/>: any.</summary>
    public string? Commit { get; init; }

    /// <summary>How it is started as several processes; <see langword="null"/>: as one, directly.</summary>
    public RankLaunch? Ranks { get; init; }

    /// <summary>Resolved: the words that start the entrypoint up to and including the target (interpreter, <c>-m</c>, module; or this program).</summary>
    public ImmutableArray<string> Program { get; init; } = [];

    /// <summary>Resolved: the absolute directory attempts run in.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Whether planning has resolved the program and the working directory.</summary>
    public bool IsResolved => WorkingDirectory is not null && !Program.IsDefaultOrEmpty;
}

/// <summary>How an entrypoint is started as several processes.</summary>
/// <param name="Launcher">The launcher.</param>
/// <param name="Processes">Number of processes, 1 or more.</param>
public sealed record RankLaunch(Launcher Launcher, int Processes)
{
    /// <summary>Mixed precision of <c>accelerate</c>; <see langword="null"/>: <c>no</c>.</summary>
    public string? MixedPrecision { get; init; }

    /// <summary>The user's own config file of <c>accelerate</c>, relative to the working directory; <see langword="null"/>: a generated one.</summary>
    public string? ConfigFile { get; init; }

    /// <summary>Further options of the launcher.</summary>
    public ImmutableArray<string> Options { get; init; } = [];

    /// <inheritdoc/>
    public bool Equals(RankLaunch? other) => other is not null && Launcher == other.Launcher && Processes == other.Processes
        && MixedPrecision == other.MixedPrecision && ConfigFile == other.ConfigFile && Options.SequenceEqual(other.Options);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Launcher, Processes, MixedPrecision, ConfigFile, Options.Length);
}

/// <summary>Kinds of entrypoint.</summary>
public enum LaunchKind
{
    /// <summary>A C# method on the record, run in a child process of the same program.</summary>
    Method,

    /// <summary>A Python module, <c>-m pkg.module</c>.</summary>
    Module,

    /// <summary>A Python file.</summary>
    File,

    /// <summary>A Python function, <c>pkg.module:function</c>, called as <c>function(job_id, worker_id, storage_path, **config)</c>.</summary>
    Function,

    /// <summary>Any other executable.</summary>
    Executable,
}
