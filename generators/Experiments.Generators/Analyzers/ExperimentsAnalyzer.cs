using System.Collections.Concurrent;
using System.Collections.Immutable;
using Experiments.Generators.Analyzers.Proofs;
using Experiments.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Experiments.Generators.Analyzers;

/// <summary>Checks records with <c>[Experiment]</c> and <c>[Sweep]</c>: what the generator's parser finds wrong, and what only a look at whole sweeps shows.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ExperimentsAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => Rules.All;

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            var names = new ConcurrentBag<(string Name, INamedTypeSymbol Type)>();
            var sweeps = new ConcurrentBag<SharedRunsProof.Declared>();
            start.RegisterSymbolAction(symbol => Check(symbol, names, sweeps), SymbolKind.NamedType);
            start.RegisterCompilationEndAction(end =>
            {
                CheckNames(end, names);
                FailuresProof.CheckRules(end.Compilation.Assembly, new Problems(end.ReportDiagnostic));
                SharedRunsProof.Check(sweeps, new Problems(end.ReportDiagnostic), end.CancellationToken);
            });
        });
    }

    private static void Check(SymbolAnalysisContext context, ConcurrentBag<(string, INamedTypeSymbol)> names, ConcurrentBag<SharedRunsProof.Declared> sweeps)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        // Classes too: what they lack is to be records.
        if (type is { IsRecord: false, TypeKind: not TypeKind.Class })
            return;
        var problems = new Problems(context.ReportDiagnostic);
        if (type.Find(Attributes.Experiment) is not null && ExperimentParser.Parse(type, problems, context.CancellationToken) is { } experiment)
        {
            names.Add((experiment.Name, type));
            ResourcesProof.Check(type, experiment, problems);
            FailuresProof.Check(type, experiment, problems);
            PropertiesProof.Check(type, experiment.Record, context.Compilation, problems, context.CancellationToken);
            ResultsProof.Check(type, problems);
            IgnoredProof.CheckTrainer(type, experiment, problems);
            InputsProof.Check(type, problems, context.CancellationToken);
        }

        IgnoredProof.CheckDeclared(type, problems);
        if (type.Find(Attributes.Sweep) is not null && SweepParser.Parse(type, problems, context.CancellationToken) is { } sweep
            && SweepParser.ExperimentOf(type) is { } swept && ExperimentParser.Model(swept, context.CancellationToken) is { } parsed)
        {
            new CollisionProof(type, sweep, parsed, problems, context.CancellationToken).Check();
            new PointsProof(type, swept, sweep, parsed, problems, context.CancellationToken).Check();
            CostProof.Check(type, sweep, parsed, problems);
            IgnoredProof.CheckSweep(type, sweep, parsed, problems, context.CancellationToken);
            sweeps.Add(new SharedRunsProof.Declared(type, sweep, parsed));
        }
    }

    private static void CheckNames(CompilationAnalysisContext context, IEnumerable<(string Name, INamedTypeSymbol Type)> names)
    {
        var problems = new Problems(context.ReportDiagnostic);
        foreach (var group in names.GroupBy(entry => entry.Name).Where(group => group.Count() > 1))
        {
            var types = group.Select(entry => entry.Type).OrderBy(type => type.ToDisplayString(), StringComparer.Ordinal).ToList();
            foreach (var type in types)
            {
                var other = types.First(candidate => !SymbolEqualityComparer.Default.Equals(candidate, type));
                var place = type.Find(Attributes.Experiment)!.PositionalSyntax(0)?.GetLocation() ?? type.Place();
                problems.Report(RuleIds.DuplicateExperimentName, place, group.Key, other.ToDisplayString());
            }
        }
    }
}
