using System.Collections.Immutable;
using Experiments.Generators.Models;
using Experiments.Generators.Parsing;
using Experiments.Generators.Python.CommandLines;
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
        if (!type.IsRecord)
            return;
        if (type.Find(Attributes.Experiment) is not null)
            Prove(type, sources, new Problems(context.ReportDiagnostic), context.CancellationToken);
        else if (type.Find(Attributes.Sweep) is not null && SweepParser.ExperimentOf(type) is { } experiment && experiment.Find("Experiments.EntrypointAttribute") is not null
            && SweepParser.Parse(type, null, context.CancellationToken) is { } sweep
            // What is wrong with the experiment is said at the experiment.
            && Prove(experiment, sources, new Problems(_ => { }), context.CancellationToken) is var (entrypoint, command))
            AxesProof.Check(type, sweep, entrypoint, command, new Problems(context.ReportDiagnostic));
    }

    private static (EntrypointModel, CommandLine)? Prove(INamedTypeSymbol type, Lazy<HandedOver> sources, Problems problems, CancellationToken cancellation) =>
        type.Find("Experiments.EntrypointAttribute") is { } attribute
        && ExperimentParser.Model(type, cancellation) is { Entrypoint: { } entrypoint } experiment
        && new EntrypointProof(type, attribute, experiment.Record, entrypoint, sources.Value, problems, cancellation).Check() is { } command
            ? (entrypoint, command)
            : null;
}
