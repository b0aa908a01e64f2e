namespace Experiments.Registry.Tests.Model;

/// <summary>A run as the model keeps it: what is stored is stored once, everything else is computed when asked for.</summary>
internal sealed class ModelRun
{
    public required long Key { get; init; }
    public required string Id { get; init; }
    public required DateTimeOffset Created { get; init; }
    public required ExperimentDefinition Experiment { get; set; }
    public required ReadOnlyMemory<byte> Config { get; set; }
    public ReadOnlyMemory<byte>? Remedied { get; set; }
    public required ContentHash Hash { get; set; }
    public required int Priority { get; set; }
    public required SortedSet<string> Tags { get; set; }
    public required List<(string Name, ModelRun Run)> Inputs { get; set; }
    public Dictionary<string, bool> Collections { get; } = []; // name → added
    public RunStatus Status { get; set; }
    public long Epoch { get; set; }
    public int Failures { get; set; }
    public bool Published { get; set; }
    public bool Cancelling { get; set; }
    public DateTimeOffset? DelayedFrom { get; set; }
    public DateTimeOffset? DelayedTo { get; set; }
    public DateTimeOffset? Started { get; set; }
    public DateTimeOffset? Ended { get; set; }
    public string? Category { get; set; }
    public string? Message { get; set; }
    public SortedDictionary<string, double> Scores { get; } = new(StringComparer.Ordinal);
    public List<ModelAttempt> Attempts { get; } = [];

    public ModelAttempt Attempt => Attempts[^1];
    public bool IsMet => Status == RunStatus.Completed && Published;
    public bool IsBlocked => Status == RunStatus.Pending && Inputs.Any(i => i.Run.IsBroken);
    public bool IsBroken => Status is RunStatus.Failed or RunStatus.Cancelled || IsBlocked;
    public bool IsWaiting => Inputs.Any(i => !i.Run.IsMet) || DelayedTo is not null;
    public bool IsPublishing => Status == RunStatus.Completed && !Published;

    public string? BlockedBy()
    {
        if (!IsBlocked)
            return null;
        var run = this;
        while (run.Status == RunStatus.Pending)
            run = run.Inputs.Select(i => i.Run).Where(r => r.IsBroken).OrderBy(r => r.Status == RunStatus.Pending).ThenBy(r => r.Key).First();
        return $"input `{run.Id}` {(run.Status == RunStatus.Failed ? "failed" : "was cancelled")}";
    }

    public void Requeue()
    {
        if (Status == RunStatus.Completed)
            Remedied = null;
        (Status, Published, Cancelling, Failures) = (RunStatus.Pending, false, false, 0);
        (Started, Ended, Category, Message, DelayedFrom, DelayedTo) = (null, null, null, null, null, null);
    }
}

/// <summary>An attempt as the model keeps it.</summary>
internal sealed class ModelAttempt
{
    public required int Number { get; init; }
    public required DateTimeOffset Started { get; init; }
    public required long Epoch { get; set; }
    public required WorkerRecord Worker { get; set; }
    public required TimeSpan Lease { get; set; }
    public required DateTimeOffset Renewed { get; set; }
    public ReadOnlyMemory<byte>? Config { get; init; }
    public long Offset { get; set; }
    public ProcessIdentity? Process { get; set; }
    public DateTimeOffset? Ended { get; set; }
    public AttemptEnd? End { get; set; }
    public List<MetricPoint> Points { get; } = [];
    public List<RunEvent> Events { get; } = [];
}
