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

    public static readonly DiagnosticDescriptor Written = Error(RuleIds.SecretWritten, Secrets,
        "Revealed secret where others read it", "expected a revealed secret to go only to what needs it, got {0}");

    public static readonly DiagnosticDescriptor AsText = Warning(RuleIds.SecretAsText, Secrets,
        "Secret as plain text", "expected `{0}` to be a `Secret`, got `{1}`: its value would be in configurations, command lines and results");

    public static readonly DiagnosticDescriptor InSource = Error(RuleIds.SecretInSource, Secrets,
        "Secret in the source", "expected `{0}` to be given where a secret is, got what looks like the secret itself");

    public static readonly ImmutableArray<DiagnosticDescriptor> All = ImmutableArray.Create(InId, Written, AsText, InSource);
}
