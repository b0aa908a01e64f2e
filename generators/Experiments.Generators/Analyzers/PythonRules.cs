using System.Collections.Immutable;
using Experiments.Generators.Parsing;
using Microsoft.CodeAnalysis;
using static Experiments.Generators.Analyzers.Descriptors;

namespace Experiments.Generators.Analyzers;

/// <summary>The rules about entrypoints: what the script accepts against what the experiment passes.</summary>
internal static class PythonRules
{
    private const string Entrypoints = "Entrypoints";

    public static readonly DiagnosticDescriptor EntrypointMissing = Error(RuleIds.EntrypointMissing, Entrypoints,
        "Entrypoint that does not exist", "expected {0} to exist in {1}, got nothing{2}");

    public static readonly DiagnosticDescriptor FileInPackage = Error(RuleIds.FileInPackage, Entrypoints,
        "Script of a package started as a file", "expected `{0}` to be started as `{2}`, got a file: {1}");

    public static readonly DiagnosticDescriptor FunctionSignature = Error(RuleIds.FunctionSignature, Entrypoints,
        "Function that can't be called with the configuration", "expected `{0}` to {1}");

    public static readonly DiagnosticDescriptor UnknownOption = Error(RuleIds.UnknownOption, Entrypoints,
        "Option that the script does not accept", "expected `{0}` to accept `{1}`, got a script without it{2}");

    public static readonly DiagnosticDescriptor MissingOption = Error(RuleIds.MissingOption, Entrypoints,
        "Required option that is never passed", "expected `{0}` to get {1}, which it requires, got nothing that passes it");

    public static readonly DiagnosticDescriptor DefaultNotAccepted = Error(RuleIds.DefaultNotAccepted, Entrypoints,
        "Default that the script refuses", "expected the default of `{0}` to be one of {2}, got `{1}`");

    public static readonly DiagnosticDescriptor ValueNotAccepted = Warning(RuleIds.ValueNotAccepted, Entrypoints,
        "Value that the script refuses", "expected every value of `{0}` to be one of {2}, got `{1}`");

    public static readonly DiagnosticDescriptor OptionType = Error(RuleIds.OptionType, Entrypoints,
        "Value of another type than the script's option", "expected `{0}` to be {2}, as `{1}` takes, got {3}");

    public static readonly DiagnosticDescriptor BooleanStyle = Error(RuleIds.BooleanStyle, Entrypoints,
        "Boolean passed in another way than the script reads it", "expected `{0}` to be passed as the script reads it: {1}");

    public static readonly DiagnosticDescriptor OptionCase = Error(RuleIds.OptionCase, Entrypoints,
        "Options in another case than the script's", "expected options as `{0}` writes them, `{1}`, got `{2}`");

    public static readonly DiagnosticDescriptor ArgumentStyle = Error(RuleIds.ArgumentStyle, Entrypoints,
        "Arguments in another style than the script's", "expected the style that `{0}` reads, {1}, got {2}");

    public static readonly DiagnosticDescriptor AxisValueNotAccepted = Error(RuleIds.AxisValueNotAccepted, Entrypoints,
        "Axis value that the script refuses", "expected every value of axis `{0}` to be one of {2}, got `{1}`");

    public static readonly DiagnosticDescriptor UnknownTool = Error(RuleIds.UnknownTool, Entrypoints,
        "Tool that does not exist", "expected tool `{0}` to be a folder under `tools/`, got none{1}");

    public static readonly DiagnosticDescriptor ToolNotPinned = Warning(RuleIds.ToolNotPinned, Entrypoints,
        "Tool that nothing pins", "expected tool `{0}` to be a submodule, whose commit is pinned, got a clone that the repository does not record");

    public static readonly ImmutableArray<DiagnosticDescriptor> All = ImmutableArray.Create(
        EntrypointMissing, FileInPackage, FunctionSignature, UnknownOption, MissingOption, DefaultNotAccepted, ValueNotAccepted, OptionType,
        BooleanStyle, OptionCase, ArgumentStyle, AxisValueNotAccepted, UnknownTool, ToolNotPinned);
}
