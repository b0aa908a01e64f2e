using System.Collections.Immutable;
using Experiments.Generators.Analyzers;
using Microsoft.CodeAnalysis;

namespace Experiments.Generators;

/// <summary>What the generator itself says, because no analyzer can know it: why there is no generated code where the declarations are right.</summary>
internal static class GeneratorRules
{
    private const string Generator = "Generator";

    public static readonly DiagnosticDescriptor Defect = Descriptors.Error("EXP1000", Generator,
        "Defect of the generator", "expected code for `{0}` to be generated, got {1}; this is a defect of Experiments: please report it with the declaration of the record");

    public static readonly DiagnosticDescriptor OldLanguage = Descriptors.Error("EXP1011", Generator,
        "Older C# than that of generated code", "expected the project to be compiled as C# 13 or newer, got C# {0}: remove its `LangVersion`, or raise it");

    public static readonly ImmutableArray<DiagnosticDescriptor> All = ImmutableArray.Create(Defect, OldLanguage);
}
