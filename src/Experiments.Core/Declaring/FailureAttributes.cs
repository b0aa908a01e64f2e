namespace Experiments;

/// <summary>
/// How often a run is tried again after a failure that may pass by itself. Configuration errors are never retried. Several say it for
/// single categories: <c>[Retry(3)] [Retry(FailureCategory.Communication, 10)]</c>; failures of a category with its own number count
/// against that one only.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class RetryAttribute : Attribute
{
    /// <summary>For all categories that have no number of their own.</summary>
    /// <param name="limit">Retries after the first attempt, 0 or more. Without the attribute: 0.</param>
    public RetryAttribute(int limit) => Limit = limit;

    /// <summary>For one category.</summary>
    /// <param name="category">Why attempts failed.</param>
    /// <param name="limit">Retries after failures of this category, 0 or more.</param>
    public RetryAttribute(FailureCategory category, int limit) => (Category, Limit) = (category, limit);

    /// <summary>The category; <see langword="null"/>: all that have no number of their own.</summary>
    public FailureCategory? Category { get; }

    /// <summary>Retries after the first attempt.</summary>
    public int Limit { get; }

    /// <summary>Base of the exponential backoff of all categories: the wait before retry <c>n</c> is <c>BackoffBase ** n</c> seconds. Default 2. Said with the general number only.</summary>
    public double BackoffBase { get; init; } = 2;
}

/// <summary>
/// Says what a failure is whose log has a match: rules of the experiment come first, in the order they are written, then those of its
/// assembly, then the built-in ones. Of one rule the last match in the last 64 KiB of the log counts.
/// </summary>
/// <param name="pattern">A .NET regular expression; <c>^</c> and <c>$</c> match at lines.</param>
/// <param name="category">The category.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Assembly, Inherited = false, AllowMultiple = true)]
public sealed class FailureRuleAttribute(string pattern, FailureCategory category) : Attribute
{
    /// <summary>With another action than the category's own.</summary>
    /// <param name="pattern">A .NET regular expression; <c>^</c> and <c>$</c> match at lines.</param>
    /// <param name="category">The category.</param>
    /// <param name="action">What becomes of the run.</param>
    public FailureRuleAttribute(string pattern, FailureCategory category, FailureAction action)
        : this(pattern, category) => Action = action;

    /// <summary>The regular expression.</summary>
    public string Pattern { get; } = pattern;

    /// <summary>The category.</summary>
    public FailureCategory Category { get; } = category;

    /// <summary>What becomes of the run; <see langword="null"/>: what the category says.</summary>
    public FailureAction? Action { get; }
}

/// <summary>What happens to this numeric property when an attempt runs out of memory; all remedies of an experiment are applied together.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OnOutOfMemoryAttribute : Attribute
{
    /// <summary>The factor the value is multiplied with.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>The smallest value the remedy may reach. Default: no bound.</summary>
    public double Min { get; init; } = double.NegativeInfinity;

    /// <summary>The largest value the remedy may reach. Default: no bound.</summary>
    public double Max { get; init; } = double.PositiveInfinity;
}

/// <summary>
/// Properties whose product remedies must keep, such as <c>[Invariant(nameof(BatchSize), nameof(AccumulationSteps))]</c>, the effective
/// batch: checked where the remedies are declared, and at every step of a run, where rounding or a bound could break it.
/// </summary>
/// <param name="properties">The numeric properties, two or more; nested ones as <c>Optimizer.BatchSize</c>.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false, AllowMultiple = true)]
public sealed class InvariantAttribute(params string[] properties) : Attribute
{
    /// <summary>The properties.</summary>
    public IReadOnlyList<string> Properties { get; } = properties;
}

/// <summary>The longest an attempt may neither print nor report anything; then it hangs, is stopped, and is tried again as often as its <c>[Retry]</c> allows.</summary>
/// <param name="duration">A duration such as <c>90s</c>, <c>30m</c>, <c>12h</c> or <c>2d</c>.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class StallAttribute(string duration) : Attribute
{
    /// <summary>The duration as declared.</summary>
    public string Duration { get; } = duration;
}
