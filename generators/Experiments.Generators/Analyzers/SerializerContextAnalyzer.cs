using System.Collections.Immutable;
using Experiments.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Experiments.Generators.Analyzers;

/// <summary>Generators don't see each other's output: a <c>JsonSerializerContext</c> over an experiment knows nothing of its generated converter.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SerializerContextAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(ProofRules.ForeignJson);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSymbolAction(Check, SymbolKind.NamedType);
    }

    private static void Check(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type.BaseType?.Name != "JsonSerializerContext")
            return;
        foreach (var attribute in type.FindAll("System.Text.Json.Serialization.JsonSerializableAttribute"))
        {
            if (attribute.ConstructorArguments.Length > 0 && attribute.ConstructorArguments[0].Value is INamedTypeSymbol written
                && written.Find(Attributes.Experiment) is not null && !NamesConverter(written))
                new Problems(context.ReportDiagnostic).Report(RuleIds.ForeignJson, attribute.PositionalSyntax(0)?.GetLocation() ?? attribute.Place(), type.Name, written.Name);
        }
    }

    private static bool NamesConverter(INamedTypeSymbol type) =>
        type.Find("System.Text.Json.Serialization.JsonConverterAttribute")?.ApplicationSyntaxReference?.SyntaxTree.FilePath.EndsWith(".g.cs", StringComparison.Ordinal) == false;
}
