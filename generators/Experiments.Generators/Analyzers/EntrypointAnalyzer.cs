using System.Collections.Immutable;
using Experiments.Generators.Parsing;
using Experiments.Generators.Python.Contract;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Experiments.Generators.Analyzers;

/// <summary>Checks experiments against the Python sources that the build hands over. Without sources it says nothing.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class EntrypointAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => PythonRules.All;

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            var sources = new Lazy<HandedOver>(() => new HandedOver(start.Options));
            start.RegisterSymbolAction(symbol => Check(symbol, sources), SymbolKind.NamedType);
        });
    }

    private static void Check(SymbolAnalysisContext context, Lazy<HandedOver> sources)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (type.IsRecord && type.Find(Attributes.Experiment) is not null && type.Find("Experiments.EntrypointAttribute") is { } attribute
            && ExperimentParser.Parse(type, null, context.CancellationToken) is { Entrypoint: { } entrypoint } experiment)
            new EntrypointProof(type, attribute, experiment.Record, entrypoint, sources.Value, new Problems(context.ReportDiagnostic), context.CancellationToken).Check();
    }
}
