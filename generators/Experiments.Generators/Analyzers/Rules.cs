using System.Collections.Immutable;
using Experiments.Generators.Parsing;
using Microsoft.CodeAnalysis;
using static Experiments.Generators.Analyzers.Descriptors;

namespace Experiments.Generators.Analyzers;

/// <summary>The rules checked at compile time. An error is a certain failure, a warning is likely waste. Each has a page in <c>docs/rules</c>.</summary>
internal static class Rules
{
    private const string Declarations = "Declarations";
    private const string RunIds = "RunIds";
    private const string Sweeps = "Sweeps";
    private const string Identity = "Identity";

    public static readonly DiagnosticDescriptor NotPartial = Error(RuleIds.NotPartial, Declarations,
        "Experiments and sweeps are partial records", "expected `{0}` to be `partial`, so that generated code can extend it");

    public static readonly DiagnosticDescriptor UnsupportedPropertyType = Error(RuleIds.UnsupportedPropertyType, Declarations,
        "Property of an unsupported type", "expected the type of `{0}` to be a configuration value, got `{1}`");

    public static readonly DiagnosticDescriptor MutableProperty = Warning(RuleIds.MutableProperty, Declarations,
        "Configuration that can change", "expected `{0}` to be set only at creation (`init`), got `set`");

    public static readonly DiagnosticDescriptor DuplicateExperimentName = Error(RuleIds.DuplicateExperimentName, Declarations,
        "Two experiments with one name", "expected every experiment to have its own name, got `{0}` for `{1}` too", WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor DuplicateEnumName = Error(RuleIds.DuplicateEnumName, Declarations,
        "Two enum members with one name", "expected the members of `{0}` to have different names outside C#, got `{1}` for `{2}` and `{3}`");

    public static readonly DiagnosticDescriptor RequiredPropertyUnset = Error(RuleIds.RequiredPropertyUnset, Declarations,
        "Required property that no axis sets", "expected `{0}` to set everything that `{2}` requires, got no value for {1}");

    public static readonly DiagnosticDescriptor ReservedMemberName = Error(RuleIds.ReservedMemberName, Declarations,
        "Member with the name of a generated one", "expected `{1}` to leave the name `{0}` to generated code");

    public static readonly DiagnosticDescriptor InvalidExperimentName = Error(RuleIds.InvalidExperimentName, Declarations,
        "Invalid experiment name", "expected the experiment's name to be lower case letters, digits, `_`, `-` and `.`, got `{0}`{1}");

    public static readonly DiagnosticDescriptor DuplicateKey = Error(RuleIds.DuplicateKey, Declarations,
        "Two properties with one name outside C#", "expected properties to have different names outside C#, got `{0}` for `{1}` and `{2}`");

    public static readonly DiagnosticDescriptor UnsuitableType = Error(RuleIds.UnsuitableType, Declarations,
        "Type that can't be an experiment or a sweep", "expected `{0}` to be {1}");

    public static readonly DiagnosticDescriptor UnknownTemplateName = Error(RuleIds.UnknownTemplateName, RunIds,
        "Unknown name in a run id", "expected a property of `{1}`, got `{0}`{2}");

    public static readonly DiagnosticDescriptor RunsCollide = Error(RuleIds.RunsCollide, RunIds,
        "Runs collide", "`{0}` varies but the run id does not: {1} runs would share {2}");

    public static readonly DiagnosticDescriptor AmbiguousTemplate = Warning(RuleIds.AmbiguousTemplate, RunIds,
        "Run id that can't be read back", "expected text between `{0}` and `{1}` that can't be part of either, so that ids can be told apart");

    public static readonly DiagnosticDescriptor IdsDifferInCase = Error(RuleIds.IdsDifferInCase, RunIds,
        "Run ids that differ only in case", "expected run ids to differ in more than case, got `{0}` and `{1}`");

    public static readonly DiagnosticDescriptor UnportablePath = Error(RuleIds.UnportablePath, RunIds,
        "Run id that is no portable path", "expected run ids to be portable paths, got `{0}`: {1}");

    public static readonly DiagnosticDescriptor MalformedTemplate = Error(RuleIds.MalformedTemplate, RunIds,
        "Malformed run id template", "expected a run id template, got `{0}`: {1}");

    public static readonly DiagnosticDescriptor FormerNameTaken = Error(RuleIds.FormerNameTaken, Identity,
        "Former name that another property has", "expected the former name `{0}` of `{1}` to be its own, got one that {2} has already");

    public static readonly DiagnosticDescriptor AxisNotOnExperiment = Error(RuleIds.AxisNotOnExperiment, Sweeps,
        "Axis that the experiment lacks", "expected a property of `{1}`, got `{0}`{2}");

    public static readonly DiagnosticDescriptor AxisValueType = Error(RuleIds.AxisValueType, Sweeps,
        "Axis of the wrong type", "expected the values of `{0}` to be `{1}`, got `{2}`");

    public static readonly DiagnosticDescriptor AxisValueOutOfBounds = Error(RuleIds.AxisValueOutOfBounds, Sweeps,
        "Axis value out of bounds", "expected the values of `{0}` to be {2}, got `{1}`");

    public static readonly DiagnosticDescriptor DuplicateAxisValue = Warning(RuleIds.DuplicateAxisValue, Sweeps,
        "Value listed twice", "expected the values of `{0}` to differ, got `{1}` twice");

    public static readonly DiagnosticDescriptor EmptyAxis = Error(RuleIds.EmptyAxis, Sweeps,
        "Nothing to vary", "expected `{0}` to have at least one value");

    public static readonly DiagnosticDescriptor ZipLengths = Error(RuleIds.ZipLengths, Sweeps,
        "Zipped axes of different lengths", "expected the axes of `{0}` to have the same number of values, got {2} for `{1}` and {4} for `{3}`");

    public static readonly DiagnosticDescriptor TooManyRuns = Error(RuleIds.TooManyRuns, Sweeps,
        "More runs than the limit", "expected `{0}` to have at most {2} runs, got {1}");

    public static readonly DiagnosticDescriptor SamplesMismatch = Error(RuleIds.SamplesMismatch, Sweeps,
        "Random search without samples, or samples without random search", "expected `{0}` to have {1}");

    public static readonly DiagnosticDescriptor UnsuitableAxis = Error(RuleIds.UnsuitableAxis, Sweeps,
        "Axis that does not suit its property", "expected `[{0}]` on {2}, got `{1}`");

    public static readonly DiagnosticDescriptor NotASweep = Error(RuleIds.NotASweep, Sweeps,
        "Sweep of nothing", "expected `{0}` to implement `ISweep<T>` of an experiment: {1}");

    public static readonly DiagnosticDescriptor SweepWithParameters = Info(RuleIds.SweepWithParameters, Sweeps,
        "Sweep that no command can name", "`{0}` needs {1}, which no axis sets: no command can name it as a target; code can make one and plan or run it");

    public static readonly ImmutableArray<DiagnosticDescriptor> All = ImmutableArray.Create(
        NotPartial, UnsupportedPropertyType, MutableProperty, DuplicateExperimentName, DuplicateEnumName, RequiredPropertyUnset, ReservedMemberName,
        InvalidExperimentName, DuplicateKey, UnsuitableType,
        UnknownTemplateName, RunsCollide, AmbiguousTemplate, IdsDifferInCase, UnportablePath, MalformedTemplate, FormerNameTaken,
        AxisNotOnExperiment, AxisValueType, AxisValueOutOfBounds, DuplicateAxisValue, EmptyAxis, ZipLengths, TooManyRuns, SamplesMismatch,
        UnsuitableAxis, NotASweep, SweepWithParameters)
        .AddRange(IgnoredRules.All).AddRange(PythonRules.All).AddRange(ProofRules.All).AddRange(SecretRules.All).AddRange(LockRules.All);
}
