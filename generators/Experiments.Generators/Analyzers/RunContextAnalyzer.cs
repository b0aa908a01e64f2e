using System.Collections.Immutable;
using Experiments.Core;
using Experiments.Generators.Models;
using Experiments.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Experiments.Generators.Analyzers;

/// <summary>Checks the names that a C# trainer hands to its <c>RunContext</c> against what its experiment declares.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class RunContextAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(ProofRules.UnknownMetric, ProofRules.UnknownArtifact, ProofRules.UnknownInput);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterInvocationAction("global::Experiments.RunContext", ["Report", "Artifact", "InputDirectory"], Check);
    }

    private static void Check(SyntaxNodeAnalysisContext context, IInvocationOperation invocation)
    {
        if (context.ContainingSymbol is not { } caller || ExperimentAround(caller) is not { } type || ExperimentParser.Model(type, context.CancellationToken) is not { } experiment)
            return;
        var problems = new Problems(context.ReportDiagnostic);
        foreach (var (name, place) in Names(invocation))
            Check(invocation.TargetMethod.Name, name, place, type, experiment, problems);
    }

    private static void Check(string method, string name, Location place, INamedTypeSymbol type, ExperimentModel experiment, Problems problems)
    {
        if (method == "InputDirectory")
        {
            var inputs = experiment.Inputs.Select(i => i.Key).ToList();
            if (!inputs.Contains(name))
                problems.Report(RuleIds.UnknownInput, place, name, type.Name, Suggestion.Closest(name, inputs) ?? "");
            return;
        }

        var known = (method == "Report" ? experiment.Results?.Metrics.Select(m => m.Key) : experiment.Results?.Artifacts.Select(a => a.Key))?.ToList() ?? [];
        // Anything may be reported; only what is nearly a declared name, and not its neighbour in a series, is a slip.
        if (!known.Contains(name) && Suggestion.Closest(name, known) is { } meant && WithoutDigits(meant) != WithoutDigits(name))
            problems.Report(method == "Report" ? RuleIds.UnknownMetric : RuleIds.UnknownArtifact, place, name, type.Name, meant);
    }

    private static IEnumerable<(string Name, Location Place)> Names(IInvocationOperation invocation)
    {
        if (invocation.Arguments.FirstOrDefault(a => a.Parameter?.Ordinal == 0) is { Value: { ConstantValue: { HasValue: true, Value: string name } } value })
            yield return (name, value.Syntax.GetLocation());
        foreach (var tuple in invocation.Arguments.SelectMany(a => a.Value.DescendantsAndSelf()).OfType<ITupleOperation>())
        {
            if (tuple.Elements.Length > 0 && tuple.Elements[0].ConstantValue is { HasValue: true, Value: string element })
                yield return (element, tuple.Elements[0].Syntax.GetLocation());
        }
    }

    private static INamedTypeSymbol? ExperimentAround(ISymbol symbol)
    {
        for (var type = symbol.ContainingType; type is not null; type = type.ContainingType)
        {
            if (type.Find(Attributes.Experiment) is not null)
                return type;
        }

        return null;
    }

    private static string WithoutDigits(string text) => new(text.Where(c => !char.IsDigit(c)).ToArray());
}
