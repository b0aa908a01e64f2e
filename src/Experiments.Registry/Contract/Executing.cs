using System.Collections.Immutable;

namespace Experiments.Registry;

/// <summary>A worker's right to a run: every write of an attempt carries it.</summary>
/// <param name="Run">Key of the run in this registry.</param>
/// <param name="Epoch">The fencing token: grows with every claim of the run.</param>
public readonly record struct LeaseKey(long Run, long Epoch);

/// <summary>What a worker looks for.</summary>
public sealed record ClaimRequest
{
    /// <summary>The claiming worker.</summary>
    public required string WorkerId { get; init; }

    /// <summary>How many runs at most.</summary>
    public int Count { get; init; } = 1;

    /// <summary>Runs that need more GPUs than this are passed over; 0: CPU runs only.</summary>
    public int GpusMax { get; init; }

    /// <summary>Runs that need fewer GPUs than this are passed over; 1: GPU runs only.</summary>
    public int GpusMin { get; init; }

    /// <summary>The most GPUs the worker could give a run once they are free; <see langword="null"/>: <see cref="GpusMax"/>. Runs that need no more are overtaken, not passed over.</summary>
    public int? GpusTotal { get; init; }

    /// <summary>A run that must not be overtaken again (<see cref="ClaimedRun.Overtook"/>): while it is the most urgent and does not fit, nothing is claimed. Default: none.</summary>
    public long? Reserved { get; init; }

    /// <summary>Experiments whose GPU runs the worker's GPUs have memory for, by name. GPU runs of others wait and hold nobody up. <see langword="null"/>: all fit.</summary>
    public IReadOnlyDictionary<string, GpuFit>? Fit { get; init; }

    /// <summary>Completed runs whose results the worker has not been able to publish, by their key: nobody waits for them. Default: none.</summary>
    public IReadOnlyList<long> Unpublished { get; init; } = [];

    /// <summary>Only runs of this collection (its added inputs included); <see langword="null"/>: all.</summary>
    public long? Collection { get; init; }

    /// <summary>How long the lease lasts without a heartbeat. Only decides across hosts.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(2);
}

/// <summary>What is left for a worker. Blocked runs (an input failed or was cancelled) count nowhere.</summary>
/// <param name="Ready">Pending runs a claim would get now.</param>
/// <param name="Waiting">Pending runs that need their backoff to pass or an input to complete.</param>
/// <param name="Running">Runs under way, this worker's own included.</param>
/// <param name="NextDue">How long until the first backoff has passed; <see langword="null"/> when none is waited for.</param>
/// <param name="TooLarge">Pending runs that need more GPUs than the request allows, or more memory than they have; in none of the other counts.</param>
public readonly record struct Outlook(int Ready, int Waiting, int Running, TimeSpan? NextDue, int TooLarge);

/// <summary>A run that was claimed, with all that its attempt needs.</summary>
public sealed record ClaimedRun
{
    /// <summary>The right to it.</summary>
    public required LeaseKey Lease { get; init; }

    /// <summary>The run id.</summary>
    public required string RunId { get; init; }

    /// <summary>Number of this attempt, from 1.</summary>
    public required int Attempt { get; init; }

    /// <summary>Attempts that count against a number of retries, before this one, since the run was last submitted or retried.</summary>
    public required int Failures { get; init; }

    /// <summary>The experiment, with its launch resolved.</summary>
    public required ExperimentDefinition Experiment { get; init; }

    /// <summary>Canonical JSON of the configuration, UTF-8: as remedies have changed it, if they have.</summary>
    public required ReadOnlyMemory<byte> Config { get; init; }

    /// <summary>The configuration that identifies the run. Default: <see cref="Config"/>.</summary>
    public ReadOnlyMemory<byte> Declared { get => field.IsEmpty ? Config : field; init; }

    /// <summary>Names of the inputs and the ids of their runs.</summary>
    public ImmutableArray<(string Name, string RunId)> Inputs { get; init; } = [];

    /// <summary>Key of the most urgent run, when that needs more GPUs than were free and so this one came first; <see langword="null"/>: this was the most urgent.</summary>
    public long? Overtook { get; init; }
}

/// <summary>What identifies a process on its host, across process id reuse and reboots.</summary>
/// <param name="Pid">Process id, which is also its group and session.</param>
/// <param name="StartTicks">Start time in clock ticks since boot: field 22 of <c>/proc/PID/stat</c>.</param>
/// <param name="BootId">The boot it belongs to: <c>/proc/sys/kernel/random/boot_id</c>.</param>
public sealed record ProcessIdentity(int Pid, long StartTicks, string BootId);

/// <summary>How an attempt ended and what becomes of its run.</summary>
public sealed record AttemptEnd
{
    /// <summary>How the attempt ended.</summary>
    public required AttemptOutcome Outcome { get; init; }

    /// <summary>What becomes of the run.</summary>
    public required RunStatus Next { get; init; }

    /// <summary>Why it failed; <see langword="null"/> unless it did.</summary>
    public string? Category { get; init; }

    /// <summary>One line for people: the last words of the log, the signal, the limit that was passed.</summary>
    public string? Message { get; init; }

    /// <summary>Exit code; <see langword="null"/> when killed by a signal or unknown.</summary>
    public int? ExitCode { get; init; }

    /// <summary>Signal that killed it; <see langword="null"/> when it exited.</summary>
    public int? Signal { get; init; }

    /// <summary>With <see cref="RunStatus.Pending"/>: the earliest next claim is this much later.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Whether the attempt counts against a number of retries. Preempted, cancelled, lost and remedied ones don't.</summary>
    public bool Counts { get; init; } = true;

    /// <summary>With <see cref="Counts"/>: whether it counts as queued again for what is not the run's fault, rather than as a retry.</summary>
    public bool Requeued { get; init; }

    /// <summary>The configuration of the run's next attempts, canonical JSON in UTF-8; the declared one ends remedies. <see langword="null"/>: as this attempt had it.</summary>
    public ReadOnlyMemory<byte>? NextConfig { get; init; }

    /// <summary>The GPUs it computed on, by identifier, when it failed: what fails on one again and again is the GPU's fault.</summary>
    public ImmutableArray<string> Gpus { get; init; } = [];

    /// <summary>Last value of each metric, when the attempt succeeded; they become the run's metrics.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init; } = ImmutableDictionary<string, double>.Empty;
}

/// <summary>A value of a metric.</summary>
/// <param name="Metric">Name of the metric.</param>
/// <param name="Step">Epoch or step; <see langword="null"/> when it is not one of a series.</param>
/// <param name="Value">The value; NaN and infinities are kept.</param>
/// <param name="Time">When it was reported, UTC.</param>
public readonly record struct MetricPoint(string Metric, long? Step, double Value, DateTimeOffset Time);

/// <summary>Something an attempt reported.</summary>
/// <param name="Name">What, such as <c>epoch_complete</c>, <c>artifact</c> or <c>malformed</c>.</param>
/// <param name="Data">Details as JSON.</param>
/// <param name="Time">When, UTC.</param>
public sealed record RunEvent(string Name, string Data, DateTimeOffset Time);

/// <summary>What an attempt reported since the last time.</summary>
/// <param name="Points">Metric values, in the order reported.</param>
/// <param name="Events">Events, in the order reported.</param>
/// <param name="Offset">Bytes of the events file read so far, these reports included.</param>
public sealed record AttemptReports(IReadOnlyList<MetricPoint> Points, IReadOnlyList<RunEvent> Events, long Offset);

/// <summary>An attempt its worker must stop.</summary>
/// <param name="Lease">The attempt's lease.</param>
/// <param name="Reason">Why.</param>
public readonly record struct StopOrder(LeaseKey Lease, StopReason Reason);

/// <summary>Why an attempt must stop.</summary>
public enum StopReason
{
    /// <summary>Somebody cancelled the run.</summary>
    Cancelled,

    /// <summary>Another worker holds the run now: kill at once, write nothing.</summary>
    Stale,
}

/// <summary>An attempt whose worker is dead.</summary>
public sealed record OrphanedAttempt
{
    /// <summary>The lease the dead worker held.</summary>
    public required LeaseKey Lease { get; init; }

    /// <summary>The claim as the dead worker had it.</summary>
    public required ClaimedRun Run { get; init; }

    /// <summary>The dead worker.</summary>
    public required string WorkerId { get; init; }

    /// <summary>The attempt's process; <see langword="null"/>: it died before it was recorded.</summary>
    public ProcessIdentity? Process { get; init; }

    /// <summary>Whether the run is completed and only its files are still to be published.</summary>
    public bool Unpublished { get; init; }

    /// <summary>Bytes of the events file that are recorded already (<see cref="AttemptReports.Offset"/>).</summary>
    public long ReportsOffset { get; init; }

    /// <summary>How many attempts of the run directly before this one were lost, one after the other.</summary>
    public int LossesBefore { get; init; }

    /// <summary>When the attempt began, UTC.</summary>
    public required DateTimeOffset Started { get; init; }
}

/// <summary>An attempt that the machine let down.</summary>
/// <param name="RunId">Its run.</param>
/// <param name="Gpus">The GPUs it computed on, by identifier; empty for CPU runs.</param>
/// <param name="Ended">When, UTC.</param>
/// <param name="Message">Its last words.</param>
public sealed record NodeFailure(string RunId, ImmutableArray<string> Gpus, DateTimeOffset Ended, string? Message);
