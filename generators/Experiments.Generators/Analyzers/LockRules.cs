using System.Collections.Immutable;
using Experiments.Generators.Parsing;
using Microsoft.CodeAnalysis;
using static Experiments.Generators.Analyzers.Descriptors;

namespace Experiments.Generators.Analyzers;

/// <summary>The rules about the identity of runs.</summary>
internal static class LockRules
{
    private const string Identity = "Identity";

    public static readonly DiagnosticDescriptor FormerNameTaken = Error(RuleIds.FormerNameTaken, Identity,
        "Former name that another property has", "expected the former name `{0}` of `{1}` to be its own, got one that {2} has already");

    public static readonly ImmutableArray<DiagnosticDescriptor> All = ImmutableArray.Create(FormerNameTaken);
}
