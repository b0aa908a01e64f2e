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
}
