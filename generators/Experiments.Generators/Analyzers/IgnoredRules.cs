using System.Collections.Immutable;
using Experiments.Generators.Parsing;
using Microsoft.CodeAnalysis;
using static Experiments.Generators.Analyzers.Descriptors;

namespace Experiments.Generators.Analyzers;

/// <summary>The rules about declarations that compile and that nothing would read: what somebody wrote would be passed over in silence.</summary>
internal static class IgnoredRules
{
    private const string Declarations = "Declarations";
    private const string Sweeps = "Sweeps";
    private const string Entrypoints = "Entrypoints";
    private const string Resources = "Resources";

    public static readonly DiagnosticDescriptor FieldIgnored = Warning(RuleIds.FieldIgnored, Declarations,
        "Field or property that no run is named by", "expected `{0}` to be a public property (`init`): a field, or what is not public, is no part of the configuration, so runs that differ in it are taken for one");

    public static readonly DiagnosticDescriptor AttributeIgnored = Warning(RuleIds.AttributeIgnored, Declarations,
        "Attribute that nothing reads", "expected `[{0}]` on {1}, got `{2}`");

    public static readonly DiagnosticDescriptor CheckIgnored = Warning(RuleIds.CheckIgnored, Declarations,
        "Check that checks nothing", "expected `[{0}]` on {1}, got `{2}`");

    public static readonly DiagnosticDescriptor AxisForgotten = Warning(RuleIds.AxisForgotten, Sweeps,
        "Property of a sweep that sets nothing", "expected `{0}` of `{1}` to be an axis, such as `[Values(…)]`, or to be used by its `Base`: without either, every run has the default of `{2}`");

    public static readonly DiagnosticDescriptor SweepMemberShape = Error(RuleIds.SweepMemberShape, Sweeps,
        "Member of a sweep that nothing asks", "expected `{0}` to be {1}");

    public static readonly DiagnosticDescriptor SweepUndeclared = Warning(RuleIds.SweepUndeclared, Sweeps,
        "Sweep that is not declared", "expected `{0}` to have `[Sweep]`: without it the record expands into no runs");

    public static readonly DiagnosticDescriptor TrainerIgnored = Warning(RuleIds.TrainerIgnored, Entrypoints,
        "Trainer method that nothing calls", "expected `{0}` to be {1}");

    public static readonly DiagnosticDescriptor TrainerMissing = Warning(RuleIds.TrainerMissing, Entrypoints,
        "Experiment that nothing trains", "expected `{0}` to have an `[Entrypoint]`, or a method `Task RunAsync(RunContext run)`, got neither: its runs can't be executed");

    public static readonly DiagnosticDescriptor ResultIgnored = Warning(RuleIds.ResultIgnored, Resources,
        "Result that nothing keeps", "expected `{0}` of `{1}` to have `[Metric]` or `[Artifact]`: without either it is not kept, and read as its default");

    public static readonly ImmutableArray<DiagnosticDescriptor> All = ImmutableArray.Create(
        FieldIgnored, AttributeIgnored, CheckIgnored, AxisForgotten, SweepMemberShape, SweepUndeclared, TrainerIgnored, TrainerMissing, ResultIgnored);
}
