using System.Collections.Immutable;

namespace Experiments;

/// <summary>How often a failed run is tried again.</summary>
public sealed record RetryPolicy
{
    /// <summary>Retries after the first attempt, for all categories without a number of their own.</summary>
    public int Limit { get; init; }

    /// <summary>The wait before retry <c>n</c> is <c>BackoffBase ** n</c> seconds, with jitter.</summary>
    public double BackoffBase { get; init; } = 2;

    /// <summary>Retries after failures of single categories.</summary>
    public ImmutableArray<RetryBudget> Budgets { get; init; } = [];
}

/// <summary>How often a run is tried again after failures of one category.</summary>
/// <param name="Category">The category.</param>
/// <param name="Limit">Retries.</param>
public sealed record RetryBudget(FailureCategory Category, int Limit);

/// <summary>What a failure is whose log has a match.</summary>
/// <param name="Pattern">A .NET regular expression.</param>
/// <param name="Category">The category.</param>
/// <param name="Action">What becomes of the run; <see langword="null"/>: what the category says.</param>
public sealed record FailureRule(string Pattern, FailureCategory Category, FailureAction? Action = null);

/// <summary>What happens to one numeric property after running out of memory.</summary>
/// <param name="Path">The property's path in the configuration, such as <c>optimizer.batch_size</c>.</param>
/// <param name="Scale">The factor.</param>
/// <param name="Min">Lower bound; <see langword="null"/>: none.</param>
/// <param name="Max">Upper bound; <see langword="null"/>: none.</param>
/// <param name="IsInteger">Whether the value is a whole number and stays one.</param>
public sealed record Remedy(string Path, double Scale, double? Min = null, double? Max = null, bool IsInteger = false);

/// <summary>Properties whose product remedies keep.</summary>
/// <param name="Paths">Their paths in the configuration.</param>
public sealed record Invariant(params ImmutableArray<string> Paths);

/// <summary>Which checkpoints are kept.</summary>
/// <param name="KeepLast">How many of the newest.</param>
/// <param name="KeepBest">How many besides at which the primary metric was best.</param>
public sealed record CheckpointPolicy(int KeepLast, int KeepBest);
