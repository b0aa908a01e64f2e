namespace Experiments;

/// <summary>The layout of a results root. Paths only: nothing is created or read.</summary>
/// <param name="Directory">Absolute path of the root.</param>
public sealed record ResultsRoot(string Directory)
{
    /// <summary>The root at a path, made absolute.</summary>
    public static ResultsRoot At(string path) => new(Path.GetFullPath(path));

    /// <summary>The registry.</summary>
    public string RegistryFile => Path.Combine(Directory, "registry.db");

    /// <summary>The stable homes of all runs.</summary>
    public string Runs => Path.Combine(Directory, "runs");

    /// <summary>Views by state: relative symbolic links, rebuildable from the registry.</summary>
    public string Views => Path.Combine(Directory, "experiments");

    /// <summary>Sockets, locks and exit records of workers.</summary>
    public string Workers => Path.Combine(Directory, "logs", "system", "workers");

    /// <summary>The stable home of a run.</summary>
    public RunHome Run(string runId) => new(Path.Combine(Runs, runId));
}

/// <summary>The layout of a run's home.</summary>
/// <param name="Directory">Absolute path of the home.</param>
public sealed record RunHome(string Directory)
{
    /// <summary>Frozen configuration.</summary>
    public string Config => Path.Combine(Directory, "config.json");

    /// <summary>Provenance: git commit and diff, tool commits, host, GPUs, environment.</summary>
    public string Provenance => Path.Combine(Directory, "run.json");

    /// <summary>Metrics and events of the attempt that won, published with its artifacts.</summary>
    public string Metrics => Path.Combine(Directory, "metrics.jsonl");

    /// <summary>Checkpoints, kept between attempts.</summary>
    public string Checkpoints => Path.Combine(Directory, "checkpoints");

    /// <summary>Log of an attempt: standard output and error.</summary>
    public string Log(int attempt) => Path.Combine(Directory, "logs", $"attempt-{attempt}.log");

    /// <summary>Logs of the single processes (ranks) of an attempt that a launcher started.</summary>
    public string RankLogs(int attempt) => Path.Combine(Directory, "logs", $"attempt-{attempt}.ranks");

    /// <summary>Generated config file of <c>accelerate</c>.</summary>
    public string AccelerateConfig => Path.Combine(Directory, "accelerate.yaml");

    /// <summary>Where an attempt writes until it wins (<c>EXP_RUN_DIR</c>).</summary>
    public string Staging(int attempt) => Path.Combine(Directory, "attempts", attempt.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>What the parent process of an attempt notes about it: its process, and how it ended.</summary>
    public string ProcessRecord(int attempt) => Staging(attempt) + ".process.jsonl";

    /// <summary>Events of an attempt (<c>EXP_EVENTS</c>).</summary>
    public string StagingEvents(int attempt) => Path.Combine(Staging(attempt), "metrics.jsonl");
}
