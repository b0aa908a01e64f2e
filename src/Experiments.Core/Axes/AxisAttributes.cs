namespace Experiments;

/// <summary>A property of a sweep that varies.</summary>
public abstract class SweepAxisAttribute : Attribute
{
    /// <summary>Axes with the same group walk together instead of being crossed; they need the same number of values. Default: none.</summary>
    public string? Zip { get; init; }
}

/// <summary>An axis of the values listed.</summary>
/// <param name="values">The values, in order, of the property's type.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ValuesAttribute(params object?[] values) : SweepAxisAttribute
{
    /// <summary>The values, in order.</summary>
    public object?[] Values { get; } = values;
}

/// <summary>An axis whose values come from a property of the sweep, known when the program runs: <c>[ValuesFrom(nameof(Rates))]</c>.</summary>
/// <param name="property">Name of a property of type <see cref="IReadOnlyList{T}"/> of the axis's type.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ValuesFromAttribute(string property) : SweepAxisAttribute
{
    /// <summary>Name of the property that lists the values.</summary>
    public string Property { get; } = property;
}

/// <summary>An axis of evenly spaced numbers, both ends included.</summary>
/// <param name="from">First value.</param>
/// <param name="to">Last value.</param>
/// <param name="count">Number of values, 1 or more.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class LinspaceAttribute(double from, double to, int count) : SweepAxisAttribute
{
    /// <summary>First value.</summary>
    public double From { get; } = from;

    /// <summary>Last value.</summary>
    public double To { get; } = to;

    /// <summary>Number of values.</summary>
    public int Count { get; } = count;
}

/// <summary>An axis of numbers spaced evenly on a logarithmic scale, both ends included.</summary>
/// <param name="from">First value, above 0.</param>
/// <param name="to">Last value, above 0.</param>
/// <param name="count">Number of values, 1 or more.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class LogSpaceAttribute(double from, double to, int count) : SweepAxisAttribute
{
    /// <summary>First value.</summary>
    public double From { get; } = from;

    /// <summary>Last value.</summary>
    public double To { get; } = to;

    /// <summary>Number of values.</summary>
    public int Count { get; } = count;
}

/// <summary>An axis of numbers a fixed step apart, both ends included.</summary>
/// <param name="from">First value.</param>
/// <param name="to">Last value; a whole number of steps from the first.</param>
/// <param name="step">Distance between values, not 0.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class StepsAttribute(double from, double to, double step) : SweepAxisAttribute
{
    /// <summary>First value.</summary>
    public double From { get; } = from;

    /// <summary>Last value.</summary>
    public double To { get; } = to;

    /// <summary>Distance between values.</summary>
    public double Step { get; } = step;
}

/// <summary>An axis of every value of an enum, in declaration order, or of <see langword="false"/> and <see langword="true"/>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AllAttribute : SweepAxisAttribute;

/// <summary>An axis of the seeds 0 … <paramref name="count"/> − 1.</summary>
/// <param name="count">Number of seeds, 1 or more.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SeedsAttribute(int count) : SweepAxisAttribute
{
    /// <summary>Number of seeds.</summary>
    public int Count { get; } = count;
}

/// <summary>An axis of the repetitions 1 … <paramref name="count"/> of the same measurement.</summary>
/// <param name="count">Number of repetitions, 1 or more.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RepeatsAttribute(int count) : SweepAxisAttribute
{
    /// <summary>Number of repetitions.</summary>
    public int Count { get; } = count;
}

/// <summary>A random axis, uniform between two bounds. Needs <see cref="SweepAttribute.Samples"/>.</summary>
/// <param name="from">Lower bound, included.</param>
/// <param name="to">Upper bound; excluded for floating point, included for integers.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class UniformAttribute(double from, double to) : SweepAxisAttribute
{
    /// <summary>Lower bound.</summary>
    public double From { get; } = from;

    /// <summary>Upper bound.</summary>
    public double To { get; } = to;
}

/// <summary>A random axis, uniform on a logarithmic scale between two bounds. Needs <see cref="SweepAttribute.Samples"/>.</summary>
/// <param name="from">Lower bound, above 0, included.</param>
/// <param name="to">Upper bound; excluded for floating point, included for integers.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class LogUniformAttribute(double from, double to) : SweepAxisAttribute
{
    /// <summary>Lower bound.</summary>
    public double From { get; } = from;

    /// <summary>Upper bound.</summary>
    public double To { get; } = to;
}

/// <summary>Names the property of the experiment an axis sets, where it is not called the same: <c>[Axis("Optimizer.WeightDecay")]</c>.</summary>
/// <param name="path">Path of the property, from the experiment's record.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AxisAttribute(string path) : Attribute
{
    /// <summary>Path of the property.</summary>
    public string Path { get; } = path;
}
