namespace Experiments;

/// <summary>Marks a property whose value is another experiment's run: it runs first, and its directory is passed in as <c>EXP_INPUT_NAME</c>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class InputAttribute : Attribute;

/// <summary>Marks a number on a results record as a metric, named by the property in snake case unless <see cref="Name"/> is set.</summary>
/// <param name="goal">Which direction is better.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MetricAttribute(Goal goal) : Attribute
{
    /// <summary>Which direction is better.</summary>
    public Goal Goal { get; } = goal;

    /// <summary>Whether runs are ranked by this metric when none is named. At most one of a results record.</summary>
    public bool Primary { get; init; }

    /// <summary>The metric's name outside C#. Default: the property's name in snake case.</summary>
    public string? Name { get; init; }

    /// <summary>What becomes of the values that several processes (ranks) of one run report. Default: <see cref="RankAggregation.RankZero"/>.</summary>
    public RankAggregation Ranks { get; init; }

    /// <summary>The numbered file of <see cref="ResultFilesAttribute"/> that shows this metric. Default: <see cref="ResultComponent.InferenceMetrics"/>.</summary>
    public ResultComponent Component { get; init; }
}

/// <summary>How one value is made of those that the ranks of a run report. All but <see cref="RankZero"/> need every rank: of fewer, there is no value.</summary>
public enum RankAggregation
{
    /// <summary>The value of rank 0 counts.</summary>
    RankZero,

    /// <summary>Their sum: energy, tokens, floating point operations.</summary>
    Sum,

    /// <summary>Their arithmetic mean: utilisation.</summary>
    Mean,

    /// <summary>The largest: peak memory, the time of the slowest.</summary>
    Max,

    /// <summary>The smallest.</summary>
    Min,
}

/// <summary>Which direction of a metric is better.</summary>
public enum Goal
{
    /// <summary>Larger is better.</summary>
    Maximize,

    /// <summary>Smaller is better.</summary>
    Minimize,
}

/// <summary>Marks a property of type <see cref="Artifact"/> on a results record as a file the run leaves in its directory.</summary>
/// <param name="file">The file's path, relative to the run's directory.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ArtifactAttribute(string file) : Attribute
{
    /// <summary>The file's path, relative to the run's directory.</summary>
    public string File { get; } = file;

    /// <summary>The numbered file of <see cref="ResultFilesAttribute"/> that this artifact is copied to: <see cref="ResultComponent.TextOutput"/> or <see cref="ResultComponent.TokenOutput"/>. Default: none.</summary>
    public ResultComponent Component { get; init; }
}
