using System.Collections.Immutable;

namespace Experiments.Registry;

/// <summary>How a submission treats runs that are already known.</summary>
public sealed record SubmitOptions
{
    /// <summary>What happens to known runs. Default: <see cref="Known.Resume"/>.</summary>
    public Known Known { get; init; } = Known.Resume;

    /// <summary>Replaces the planned priority; 0 to 1000.</summary>
    public int? Priority { get; init; }

    /// <summary>Tags added to the planned ones.</summary>
    public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>Whether a known run of this state becomes pending again.</summary>
    public bool Requeues(RunStatus status) => status switch
    {
        RunStatus.Completed => Known is Known.Rerun or Known.Force,
        RunStatus.Failed or RunStatus.Cancelled => Known != Known.SkipExisting,
        _ => false,
    };
}

/// <summary>What a submission does with a run that is already known.</summary>
public enum Known
{
    /// <summary>Pending, running and completed runs stay as they are; failed and cancelled ones become pending again.</summary>
    Resume,

    /// <summary>Every known run stays as it is.</summary>
    SkipExisting,

    /// <summary>Completed, failed and cancelled runs become pending again; running ones stay.</summary>
    Rerun,

    /// <summary>As <see cref="Rerun"/>, and a run known with another configuration takes the new one.</summary>
    Force,
}

/// <summary>What a submission did. Every run of the plan is in exactly one list.</summary>
/// <param name="Collection">Key of the collection named like the plan's target.</param>
/// <param name="Added">Ids that are new.</param>
/// <param name="Requeued">Known ids that became pending again.</param>
/// <param name="Waiting">Known ids that were pending or running already.</param>
/// <param name="Done">Known ids that are completed.</param>
/// <param name="Left">Failed or cancelled ids left as they are (<see cref="Known.SkipExisting"/>).</param>
public sealed record SubmitReport(
    long Collection,
    IReadOnlyList<string> Added,
    IReadOnlyList<string> Requeued,
    IReadOnlyList<string> Waiting,
    IReadOnlyList<string> Done,
    IReadOnlyList<string> Left);
