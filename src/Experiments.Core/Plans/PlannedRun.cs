using System.Collections.Immutable;

namespace Experiments;

/// <summary>One run of a plan: what is needed to submit it.</summary>
public sealed record PlannedRun
{
    /// <summary>Priority of a run that declares none.</summary>
    public const int DefaultPriority = 100;

    /// <summary>Largest priority; the smallest is 0. Larger runs first.</summary>
    public const int PriorityMax = 1000;

    /// <summary>The run id: a portable relative path.</summary>
    public required string Id { get; init; }

    /// <summary>What is common to all runs of the experiment.</summary>
    public required ExperimentDefinition Experiment { get; init; }

    /// <summary>Canonical JSON of the configuration, UTF-8.</summary>
    public required ReadOnlyMemory<byte> Config { get; init; }

    /// <summary>Hash of what identifies <see cref="Config"/>: of the text itself, unless properties have former names or are secrets.</summary>
    public required ContentHash Hash { get; init; }

    /// <summary>0 to 1000; larger runs first.</summary>
    public int Priority { get; init; } = DefaultPriority;

    /// <summary>Tags, without duplicates.</summary>
    public ImmutableArray<string> Tags { get; init; } = [];

    /// <summary>Runs that must be completed first.</summary>
    public ImmutableArray<PlannedInput> Inputs { get; init; } = [];
}

/// <summary>A typed dependency on another run.</summary>
/// <param name="Name">Name outside C#, such as <c>teacher</c>; the run sees <c>EXP_INPUT_TEACHER</c>.</param>
/// <param name="Run">The run depended on.</param>
public sealed record PlannedInput(string Name, PlannedRun Run);
