using System.Collections.Immutable;

namespace Experiments.Registry;

/// <summary>States of a run.</summary>
public enum RunStatus
{
    /// <summary>Waiting for a worker, for its inputs or for its backoff to pass.</summary>
    Pending = 0,

    /// <summary>An attempt is under way.</summary>
    Running = 1,

    /// <summary>An attempt succeeded.</summary>
    Completed = 2,

    /// <summary>The last attempt failed and none is left.</summary>
    Failed = 3,

    /// <summary>Somebody cancelled it.</summary>
    Cancelled = 4,
}

/// <summary>What a plan is compared with: the state of a known run, and what makes it the run it is.</summary>
/// <param name="Status">Its state.</param>
/// <param name="Experiment">Name of its experiment.</param>
/// <param name="Hash">Hash of its configuration.</param>
public readonly record struct RunState(RunStatus Status, string Experiment, ContentHash Hash)
{
    /// <summary>Whether it is the run that was planned: a run of another experiment or configuration has no claim to the id.</summary>
    public bool Is(PlannedRun run) => Hash == run.Hash && Experiment == run.Experiment.Name;
}

/// <summary>How an attempt ended.</summary>
public enum AttemptOutcome
{
    /// <summary>It is under way.</summary>
    None = 0,

    /// <summary>It ended well.</summary>
    Succeeded = 1,

    /// <summary>It failed; the category says why.</summary>
    Failed = 2,

    /// <summary>It took too long and was stopped.</summary>
    TimedOut = 3,

    /// <summary>Somebody cancelled it.</summary>
    Cancelled = 4,

    /// <summary>Its worker was asked to stop.</summary>
    Preempted = 5,

    /// <summary>Nobody knows how it ended.</summary>
    Lost = 6,
}

/// <summary>Which runs. All conditions given must hold.</summary>
public sealed record RunFilter
{
    /// <summary>All runs.</summary>
    public static RunFilter All { get; } = new();

    /// <summary>In one of these states; empty: any.</summary>
    public ImmutableArray<RunStatus> Status { get; init; } = [];

    /// <summary>Only pending runs that a failed or cancelled input blocks, directly or through others.</summary>
    public bool Blocked { get; init; }

    /// <summary>Of this experiment.</summary>
    public string? Experiment { get; init; }

    /// <summary>Of the collection with this name: a sweep or another submitted target, without added inputs.</summary>
    public string? Collection { get; init; }

    /// <summary>With this tag.</summary>
    public string? Tag { get; init; }

    /// <summary>With one of these ids; empty: any.</summary>
    public ImmutableArray<string> Ids { get; init; } = [];

    /// <summary>At most this many; <see langword="null"/>: all.</summary>
    public int? Limit { get; init; }
}

/// <summary>A run as lists show it.</summary>
public sealed record RunRecord
{
    /// <summary>The run id.</summary>
    public required string Id { get; init; }

    /// <summary>The experiment's name.</summary>
    public required string Experiment { get; init; }

    /// <summary>State.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>Attempts begun.</summary>
    public required int Attempts { get; init; }

    /// <summary>0 to 1000; larger first.</summary>
    public required int Priority { get; init; }

    /// <summary>Tags.</summary>
    public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>Metrics by name: the last values, of the winning attempt once completed.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init; } = ImmutableDictionary<string, double>.Empty;

    /// <summary>First submitted, UTC.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>Latest attempt begun, UTC.</summary>
    public DateTimeOffset? Started { get; init; }

    /// <summary>Latest attempt ended, UTC.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>Why the latest attempt failed.</summary>
    public string? Category { get; init; }

    /// <summary>Last words of the latest attempt that did not succeed.</summary>
    public string? Message { get; init; }

    /// <summary>Why a pending run can't be claimed: an input failed or was cancelled; <see langword="null"/> when nothing blocks it.</summary>
    public string? BlockedBy { get; init; }

    /// <summary>Canonical JSON of the configuration.</summary>
    public string Config { get; init; } = "{}";

    /// <summary>Hash of what identifies the configuration.</summary>
    public ContentHash Hash { get; init; }
}

/// <summary>A run with all that is known of it but its events, of which there may be many.</summary>
/// <param name="Run">As lists show it.</param>
/// <param name="Definition">Its experiment.</param>
/// <param name="Hash">Hash of its configuration.</param>
/// <param name="Attempts">All attempts, oldest first.</param>
/// <param name="Inputs">Names and run ids of its inputs.</param>
/// <param name="UsedBy">Ids of runs that have it as an input.</param>
public sealed record RunDetails(
    RunRecord Run,
    ExperimentDefinition Definition,
    ContentHash Hash,
    IReadOnlyList<AttemptRecord> Attempts,
    IReadOnlyList<(string Name, string RunId)> Inputs,
    IReadOnlyList<string> UsedBy);

/// <summary>What the attempts of a run reported.</summary>
/// <param name="Count">How many events there are.</param>
/// <param name="Latest">Those that were asked for, oldest first.</param>
public sealed record RunEvents(int Count, IReadOnlyList<RunEvent> Latest);

/// <summary>An attempt as <c>show</c> shows it.</summary>
public sealed record AttemptRecord
{
    /// <summary>Number, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>Fencing token.</summary>
    public required long Epoch { get; init; }

    /// <summary>How it ended.</summary>
    public required AttemptOutcome Outcome { get; init; }

    /// <summary>The worker.</summary>
    public required string WorkerId { get; init; }

    /// <summary>The host.</summary>
    public required string Host { get; init; }

    /// <summary>Process id.</summary>
    public int? Pid { get; init; }

    /// <summary>Begun, UTC.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>Ended, UTC.</summary>
    public DateTimeOffset? Ended { get; init; }

    /// <summary>Exit code.</summary>
    public int? ExitCode { get; init; }

    /// <summary>Signal.</summary>
    public int? Signal { get; init; }

    /// <summary>Why it failed.</summary>
    public string? Category { get; init; }

    /// <summary>Last words.</summary>
    public string? Message { get; init; }

    /// <summary>Whether it counts against a number of retries.</summary>
    public bool Counts { get; init; }

    /// <summary>Whether it counts as queued again for what was not the run's fault, rather than as a retry.</summary>
    public bool Requeued { get; init; }

    /// <summary>Canonical JSON of its configuration when remedies had changed the run's; <see langword="null"/>: they had not.</summary>
    public string? Config { get; init; }
}

/// <summary>A worker.</summary>
public sealed record WorkerRecord
{
    /// <summary>Unique id: host, process and a random part.</summary>
    public required string Id { get; init; }

    /// <summary>Host name.</summary>
    public required string Host { get; init; }

    /// <summary>Its process.</summary>
    public required ProcessIdentity Process { get; init; }

    /// <summary>Number of slots.</summary>
    public required int Slots { get; init; }

    /// <summary>GPUs it uses, by index.</summary>
    public ImmutableArray<int> Gpus { get; init; } = [];

    /// <summary>Those of them that get no attempts at present, and why.</summary>
    public ImmutableArray<UnusableGpu> UnusableGpus { get; init; } = [];

    /// <summary>Why it claims nothing at present, such as a disk that is nearly full; <see langword="null"/>: it does.</summary>
    public string? Held { get; init; }

    /// <summary>Started, UTC.</summary>
    public required DateTimeOffset Started { get; init; }

    /// <summary>Last heartbeat, UTC.</summary>
    public required DateTimeOffset Seen { get; init; }

    /// <summary>Runs it executes now.</summary>
    public ImmutableArray<string> Running { get; init; } = [];
}

/// <summary>The state of the queue.</summary>
/// <param name="Pending">Claimable now or later.</param>
/// <param name="Running">Under way.</param>
/// <param name="Completed">Succeeded.</param>
/// <param name="Failed">Failed for good.</param>
/// <param name="Cancelled">Cancelled.</param>
/// <param name="Blocked">Pending, but an input failed or was cancelled; not counted in <paramref name="Pending"/>.</param>
/// <param name="Workers">Workers that have not ended.</param>
public sealed record RegistryStatus(int Pending, int Running, int Completed, int Failed, int Cancelled, int Blocked, IReadOnlyList<WorkerRecord> Workers);

/// <summary>A name the registry knows.</summary>
/// <param name="Name">The name.</param>
/// <param name="IsExperiment">An experiment; otherwise a collection.</param>
/// <param name="Runs">Number of runs.</param>
/// <param name="Experiments">Definitions of the experiments its runs belong to.</param>
public sealed record TargetRecord(string Name, bool IsExperiment, int Runs, IReadOnlyList<ExperimentDefinition> Experiments)
{
    /// <summary>Whether claims of this experiment's runs are stopped.</summary>
    public bool Paused { get; init; }

    /// <summary>How many of this experiment's runs may be under way at a time; <see langword="null"/>: no limit.</summary>
    public int? RunningMax { get; init; }
}
