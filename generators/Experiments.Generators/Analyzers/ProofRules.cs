using System.Collections.Immutable;
using Experiments.Generators.Parsing;
using Microsoft.CodeAnalysis;
using static Experiments.Generators.Analyzers.Descriptors;

namespace Experiments.Generators.Analyzers;

/// <summary>The rules that need more than parsing one declaration: bounds, whole sweeps, cost, remedies, results and inputs.</summary>
internal static class ProofRules
{
    private const string Declarations = "Declarations";
    private const string RunIds = "RunIds";
    private const string Sweeps = "Sweeps";
    private const string Resources = "Resources";
    private const string Pipelines = "Pipelines";

    public static readonly DiagnosticDescriptor BadDuration = Error(RuleIds.BadDuration, Declarations, "Text that is no duration", "expected `[{0}]` to be a duration such as `90s`, `30m`, `12h` or `2d`, got `{1}`");

    public static readonly DiagnosticDescriptor ImpossibleValue = Error(RuleIds.ImpossibleValue, Declarations, "Attribute value that can't work", "expected {0} to be {1}, got `{2}`");

    public static readonly DiagnosticDescriptor EmptyRange = Error(RuleIds.EmptyRange, Declarations, "Bounds that nothing satisfies", "expected the bounds of `{0}` to leave a value, got {1} to {2}");

    public static readonly DiagnosticDescriptor DefaultOutOfBounds = Warning(RuleIds.DefaultOutOfBounds, Declarations, "Default out of bounds", "expected the default of `{0}` to be {2}, got `{1}`");

    public static readonly DiagnosticDescriptor ForeignJson = Warning(RuleIds.ForeignJson, Declarations, "Serializer context that doesn't see generated code", "expected `{1}` to name its JSON converter itself, got `{0}`, which can't see the generated one and would write other names");

    public static readonly DiagnosticDescriptor IdIsPrefix = Error(RuleIds.IdIsPrefix, RunIds, "A run inside another run's directory", "expected no run to lie inside another's directory, got `{0}` and `{1}`");

    public static readonly DiagnosticDescriptor IdTooLong = Error(RuleIds.IdTooLong, RunIds, "Run id that is too long for file systems", "expected run ids of `{0}` to have at most {1} bytes, got {2}: `{3}`");

    public static readonly DiagnosticDescriptor DeadAxis = Info(RuleIds.DeadAxis, Sweeps, "Axis that changes nothing", "`{0}` has only the value `{1}`, which is the default");

    public static readonly DiagnosticDescriptor UnusedValue = Warning(RuleIds.UnusedValue, Sweeps, "Value that no run has", "expected a run with each value of `{0}`, got none with `{1}`: `Include` leaves it out");

    public static readonly DiagnosticDescriptor NoRuns = Error(RuleIds.NoRuns, Sweeps, "Sweep without runs", "expected `{0}` to have runs, got none: `Include` leaves out all {1} points");

    public static readonly DiagnosticDescriptor SharedRuns = Info(RuleIds.SharedRuns, Sweeps, "Runs of two sweeps", "`{0}` and `{1}` share {2}, such as `{3}`; what they share is executed once", WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor OverBudget = Error(RuleIds.OverBudget, Sweeps, "More GPU-hours than the budget", "expected `{0}` to take at most {1} GPU-hours, got an estimate of {2}: {3} runs × {4} × {5} GPUs");

    public static readonly DiagnosticDescriptor BudgetUnchecked = Warning(RuleIds.BudgetUnchecked, Sweeps, "Budget that nothing is held to", "expected `{1}` to have {2}, so that the budget of `{0}` can be checked");

    public static readonly DiagnosticDescriptor DuplicateCell = Warning(RuleIds.DuplicateCell, Sweeps, "Zipped values listed twice", "expected the values of `{0}` to differ as a group, got `{1}` twice");

    public static readonly DiagnosticDescriptor AxesOverlap = Error(RuleIds.AxesOverlap, Sweeps, "Two axes for one property", "expected one axis to set `{0}`, got `{1}` and `{2}`");

    public static readonly DiagnosticDescriptor RemedyNotNumeric = Error(RuleIds.RemedyNotNumeric, Resources, "Remedy on something that is no number", "expected `{0}` to be a number that can be scaled, got `{1}`");

    public static readonly DiagnosticDescriptor RemedyWithoutEffect = Warning(RuleIds.RemedyWithoutEffect, Resources, "Remedy that never helps", "expected the remedy of `{0}` to have {1}");

    public static readonly DiagnosticDescriptor RemedyWithoutFloor = Warning(RuleIds.RemedyWithoutFloor, Resources, "Remedy that ends at zero", "expected the remedy of `{0}` to have a `Min`: halving a whole number ends at 0");

    public static readonly DiagnosticDescriptor TooManyProcesses = Error(RuleIds.TooManyProcesses, Resources, "More processes than GPUs", "expected `{0}` to have a GPU for each process, got {1} for {2}");

    public static readonly DiagnosticDescriptor TimeoutTooShort = Warning(RuleIds.TimeoutTooShort, Resources, "Timeout shorter than the estimate", "expected the timeout of `{0}` to be longer than its estimate, got `{1}` and `{2}`");

    public static readonly DiagnosticDescriptor UnknownMetric = Warning(RuleIds.UnknownMetric, Resources, "Metric that the results record lacks", "expected a metric of `{1}`, got `{0}`; did you mean `{2}`?");

    public static readonly DiagnosticDescriptor TwoPrimaryMetrics = Error(RuleIds.TwoPrimaryMetrics, Resources, "Two primary metrics", "expected one metric of `{0}` to be primary, got `{1}` and `{2}`");

    public static readonly DiagnosticDescriptor BadFailureRule = Error(RuleIds.BadFailureRule, Resources, "Failure rule that can't be read", "expected `{0}` to be a regular expression, got: {1}");

    public static readonly DiagnosticDescriptor BrokenInvariant = Error(RuleIds.BrokenInvariant, Resources, "Invariant that remedies break", "expected {0}");

    public static readonly DiagnosticDescriptor TwoRetries = Error(RuleIds.TwoRetries, Resources, "Two numbers of retries", "expected one number of retries of `{0}` for {1}, got two");

    public static readonly DiagnosticDescriptor EndlessInputs = Error(RuleIds.EndlessInputs, Pipelines, "Inputs in a circle", "expected the inputs of `{0}` to end, got {1}, never null");

    public static readonly DiagnosticDescriptor InputWithoutArtifacts = Info(RuleIds.InputWithoutArtifacts, Pipelines, "Input that declares no artifact", "`{0}` waits for a run of `{1}`, which declares no artifact to take from it");

    public static readonly DiagnosticDescriptor UnknownArtifact = Warning(RuleIds.UnknownArtifact, Pipelines, "Artifact that the results record lacks", "expected an artifact of `{1}`, got `{0}`; did you mean `{2}`?");

    public static readonly DiagnosticDescriptor UnknownInput = Error(RuleIds.UnknownInput, Pipelines, "Input that the experiment lacks", "expected an input of `{1}`, got `{0}`{2}");

    public static readonly DiagnosticDescriptor ArtifactPath = Error(RuleIds.ArtifactPath, Pipelines, "Artifact outside the run's directory", "expected the file of `{0}` to be a relative path of the run's own, got `{1}`: {2}");

    public static readonly DiagnosticDescriptor DuplicateArtifact = Error(RuleIds.DuplicateArtifact, Pipelines, "Two artifacts in one file", "expected every artifact to have a file of its own, got `{0}` for `{1}` and `{2}`");

    public static readonly ImmutableArray<DiagnosticDescriptor> All = ImmutableArray.Create(
        BadDuration, ImpossibleValue, EmptyRange, DefaultOutOfBounds, ForeignJson, IdIsPrefix,
        IdTooLong, DeadAxis, UnusedValue, NoRuns, SharedRuns, OverBudget,
        BudgetUnchecked, DuplicateCell, AxesOverlap, RemedyNotNumeric, RemedyWithoutEffect, RemedyWithoutFloor,
        TooManyProcesses, TimeoutTooShort, UnknownMetric, TwoPrimaryMetrics, BadFailureRule, BrokenInvariant, TwoRetries, EndlessInputs, InputWithoutArtifacts,
        UnknownArtifact, UnknownInput, ArtifactPath, DuplicateArtifact);
}
