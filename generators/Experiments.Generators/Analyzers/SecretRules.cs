using System.Collections.Immutable;
using Experiments.Generators.Parsing;
using Microsoft.CodeAnalysis;
using static Experiments.Generators.Analyzers.Descriptors;

namespace Experiments.Generators.Analyzers;

/// <summary>The rules about secrets.</summary>
internal static class SecretRules
{
    private const string Secrets = "Secrets";

    public static readonly DiagnosticDescriptor InId = Error(RuleIds.SecretInId, Secrets,
        "Secret in a run id", "expected the run id to leave out `{0}`, which is a secret");

    public static readonly ImmutableArray<DiagnosticDescriptor> All = ImmutableArray.Create(InId);
}
