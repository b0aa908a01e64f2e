using System.Collections.Immutable;

namespace Experiments;

/// <summary>
/// All that is common to the runs of one experiment, as data: enough, with a run's configuration, to execute the run
/// without the program that declared it. Serialisable (<see cref="DefinitionJson"/>) and stored in the registry.
/// </summary>
public sealed record ExperimentDefinition
{
    /// <summary>The experiment's name.</summary>
    public required string Name { get; init; }

    /// <summary>One sentence on what the experiment is; empty when the record has no documentation.</summary>
    public string Summary { get; init; } = "";

    /// <summary>The run id template.</summary>
    public required string IdTemplate { get; init; }

    /// <summary>What an attempt executes.</summary>
    public required Launch Launch { get; init; }

    /// <summary>GPUs and memory an attempt needs.</summary>
    public Resources Resources { get; init; } = new();

    /// <summary>How often a failed run is tried again.</summary>
    public RetryPolicy Retry { get; init; } = new();

    /// <summary>The longest an attempt may take; <see langword="null"/>: as long as it likes.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>The longest an attempt may neither print nor report anything; <see langword="null"/>: as long as it likes.</summary>
    public TimeSpan? Stall { get; init; }

    /// <summary>How long a run is expected to take; <see langword="null"/>: not declared.</summary>
    public TimeSpan? Estimate { get; init; }

    /// <summary>The metrics of the results record, in declaration order.</summary>
    public ImmutableArray<MetricDefinition> Metrics { get; init; } = [];

    /// <summary>The artifacts of the results record, in declaration order.</summary>
    public ImmutableArray<ArtifactDefinition> Artifacts { get; init; } = [];

    /// <summary>What changes in the configuration when an attempt runs out of memory.</summary>
    public ImmutableArray<Remedy> Remedies { get; init; } = [];

    /// <summary>Products that those changes keep.</summary>
    public ImmutableArray<Invariant> Invariants { get; init; } = [];

    /// <summary>What failures are, in the order they are asked: the experiment's own rules and its assembly's.</summary>
    public ImmutableArray<FailureRule> FailureRules { get; init; } = [];

    /// <summary>Which checkpoints are kept; <see langword="null"/>: all.</summary>
    public CheckpointPolicy? Checkpoints { get; init; }

    /// <summary>Paths of the configuration's secrets, such as <c>hub.token</c>: JSON holds where they are, attempts find them in their environment.</summary>
    public ImmutableArray<string> Secrets { get; init; } = [];

    /// <summary>The task whose flat result files this experiment's runs add to; <see langword="null"/>: none are kept.</summary>
    public string? ResultTask { get; init; }

    /// <summary>The metric runs are ranked by when none is named; <see langword="null"/> when the experiment declares no metric.</summary>
    public MetricDefinition? PrimaryMetric() => Metrics.FirstOrDefault(m => m.Primary) ?? Metrics.FirstOrDefault();
}

/// <summary>GPUs and memory an attempt needs.</summary>
public sealed record Resources
{
    /// <summary>Number of GPUs; 0: a CPU slot.</summary>
    public int Gpus { get; init; }

    /// <summary>Memory needed on each GPU, in GiB; 0: not declared.</summary>
    public double MemoryGiB { get; init; }
}

/// <summary>A metric of a results record.</summary>
/// <param name="Name">Name outside C#, such as <c>val_acc</c>.</param>
/// <param name="Goal">Which direction is better.</param>
/// <param name="Primary">Whether runs are ranked by it when none is named.</param>
public sealed record MetricDefinition(string Name, Goal Goal, bool Primary = false)
{
    /// <summary>What becomes of the values of several ranks.</summary>
    public RankAggregation Ranks { get; init; }

    /// <summary>The numbered result file it is part of.</summary>
    public ResultComponent Component { get; init; }

    /// <summary>Whether the results record computes it from the others when a run has completed; trainers don't report it.</summary>
    public bool Derived { get; init; }
}

/// <summary>An artifact of a results record.</summary>
/// <param name="Name">Name outside C#, such as <c>model</c>.</param>
/// <param name="File">Path relative to the run's directory.</param>
/// <param name="Component">The numbered result file it is copied to.</param>
public sealed record ArtifactDefinition(string Name, string File, ResultComponent Component = ResultComponent.Default);
