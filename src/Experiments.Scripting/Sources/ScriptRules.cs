using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Experiments.Scripting.Sources;

/// <summary>What only scripts can do wrong.</summary>
internal static class ScriptRules
{
    /// <summary>A loaded script or referenced assembly isn't there.</summary>
    public static readonly DiagnosticDescriptor FileMissing = Rule("EXP9002", "The file of a directive is missing", "expected `{0}` to exist, got no file at `{1}`; paths are relative to the script");

    /// <summary>A package reference can't be read.</summary>
    public static readonly DiagnosticDescriptor PackageMalformed = Rule("EXP9003", "The package reference can't be read", "{0}");

    /// <summary>Scripts from packages.</summary>
    public static readonly DiagnosticDescriptor ScriptPackage = Rule("EXP9004", "Scripts are loaded from files", "expected `#load` to name a file, got `{0}`; copy the package's script beside this one, or reference its assembly with `#r`");

    /// <summary>A type uses what only statements have.</summary>
    public static readonly DiagnosticDescriptor VariableInType = Rule("EXP9005", "A type uses a variable of the script",
        "expected type `{1}` to use only constants and static members of the script, got its variable `{0}`; make it `const` or `static`, or pass it in");

    /// <summary>Directives that ask for different versions of a package.</summary>
    public static readonly DiagnosticDescriptor TwoVersions = Rule("EXP9008", "Two versions of a package", "expected one version of package `{0}`, got `{1}` and `{2}`; name the same in every script");

    /// <summary>Every rule.</summary>
    public static readonly ImmutableArray<DiagnosticDescriptor> All = [FileMissing, PackageMalformed, ScriptPackage, VariableInType, TwoVersions];

    private static DiagnosticDescriptor Rule(string id, string title, string message) =>
        new(id, title, message, "Experiments.Scripts", DiagnosticSeverity.Error, isEnabledByDefault: true, helpLinkUri: $"https://github.com/experiments-net/experiments/blob/main/docs/rules/{id}.md");
}
