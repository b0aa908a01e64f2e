using System.Collections.Immutable;
using Experiments.Generators.Parsing;
using Microsoft.CodeAnalysis;
using static Experiments.Generators.Analyzers.Descriptors;

namespace Experiments.Generators.Analyzers;

/// <summary>The rules about the identity of runs against the committed lock.</summary>
internal static class LockRules
{
    private const string Identity = "Identity";

    public static readonly DiagnosticDescriptor IdChanged = Warning(RuleIds.LockedIdChanged, Identity,
        "Run id template differs from the lock", "expected the run id template to be `{0}` as locked, got `{1}`: {2}");

    public static readonly DiagnosticDescriptor Renamed = Warning(RuleIds.LockedPropertyRenamed, Identity,
        "Property renamed since it was locked", "expected `{1}` to keep its former name `{0}` as identity, got a new one: {2}");

    public static readonly DiagnosticDescriptor Added = Warning(RuleIds.LockedPropertyAdded, Identity,
        "Property added since the lock", "expected `{0}` to have the properties of the lock, got `{1}` too: {2}");

    public static readonly DiagnosticDescriptor DefaultChanged = Warning(RuleIds.LockedDefaultChanged, Identity,
        "Default differs from the lock", "expected the default of `{0}` to be `{1}` as locked, got `{2}`: {3}");

    public static readonly DiagnosticDescriptor TypeChanged = Warning(RuleIds.LockedTypeChanged, Identity,
        "Type differs from the lock", "expected the type of `{0}` to be `{1}` as locked, got `{2}`: {3}");

    public static readonly DiagnosticDescriptor Gone = Warning(RuleIds.LockedDeclarationGone, Identity,
        "Locked experiment or sweep is not declared", "expected {0} `{1}` of the lock to be declared, got none: {2}", WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor Unreadable = Warning(RuleIds.LockUnreadable, Identity,
        "Lock that can't be read", "expected `{0}` to be a lock, got: {1}", WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor SweepChanged = Info(RuleIds.LockedSweepChanged, Identity,
        "Sweep differs from the lock", "expected `{0}` to have {1} runs as locked, got {2}");

    public static readonly DiagnosticDescriptor Removed = Warning(RuleIds.LockedPropertyRemoved, Identity,
        "Property removed since the lock", "expected `{0}` to have the property `{1}` of the lock, got none: {2}");

    public static readonly ImmutableArray<DiagnosticDescriptor> All = ImmutableArray.Create(
        IdChanged, Renamed, Added, DefaultChanged, TypeChanged, Gone, Unreadable, SweepChanged, Removed);
}
