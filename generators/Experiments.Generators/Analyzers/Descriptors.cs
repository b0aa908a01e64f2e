using Microsoft.CodeAnalysis;

namespace Experiments.Generators.Analyzers;

/// <summary>Makes the descriptors of rules: an error is a certain failure, a warning is likely waste, information is advice.</summary>
internal static class Descriptors
{
    public static DiagnosticDescriptor Error(string id, string category, string title, string message, params string[] tags) =>
        Of(DiagnosticSeverity.Error, id, category, title, message, tags);

    public static DiagnosticDescriptor Warning(string id, string category, string title, string message, params string[] tags) =>
        Of(DiagnosticSeverity.Warning, id, category, title, message, tags);

    public static DiagnosticDescriptor Info(string id, string category, string title, string message, params string[] tags) =>
        Of(DiagnosticSeverity.Info, id, category, title, message, tags);

    private static DiagnosticDescriptor Of(DiagnosticSeverity severity, string id, string category, string title, string message, string[] tags) =>
        new(id, title, message, category, severity, isEnabledByDefault: true,
            helpLinkUri: $"https://github.com/experiments-net/experiments/blob/main/docs/rules/{id}.md", customTags: tags);
}
