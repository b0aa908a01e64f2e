using System.Collections.Immutable;
using Experiments.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Experiments.Generators.Analyzers;

/// <summary>Finds attributes where nothing reads them. They are found by their names in syntax, so that no others are bound.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class PlacementAnalyzer : DiagnosticAnalyzer
{
    private static readonly ImmutableHashSet<string> _ofAxes =
        ImmutableHashSet.Create("Axis", "Values", "ValuesFrom", "Linspace", "LogSpace", "Steps", "All", "Seeds", "Repeats", "Uniform", "LogUniform");

    private static readonly ImmutableHashSet<string> _ofResults = ImmutableHashSet.Create("Metric", "Artifact");

    private static readonly ImmutableHashSet<string> _ofExperiments =
        ImmutableHashSet.Create("Entrypoint", "Gpu", "Retry", "Timeout", "Launch", "Estimate", "Stall", "Checkpoints", "ResultFiles");

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = ImmutableArray.Create(IgnoredRules.AttributeIgnored);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterSyntaxNodeAction(Check, SyntaxKind.Attribute);
    }

    private static void Check(SyntaxNodeAnalysisContext context)
    {
        var attribute = (AttributeSyntax)context.Node;
        var name = Attributes.ShortName(attribute.Name.GetLastToken().ValueText);
        var place = _ofAxes.Contains(name) ? "an axis of a record with `[Sweep]`"
            : _ofResults.Contains(name) ? "a property of an experiment's nested record `Results`"
            : _ofExperiments.Contains(name) ? "a record with `[Experiment]`"
            : null;
        if (place is null || attribute.Parent?.Parent is not MemberDeclarationSyntax declaration
            || context.SemanticModel.GetDeclaredSymbol(declaration, context.CancellationToken) is not { } symbol
            || IsRead(name, symbol)
            || context.SemanticModel.GetTypeInfo(attribute, context.CancellationToken).Type?.ContainingNamespace is not { Name: "Experiments", ContainingNamespace.IsGlobalNamespace: true })
            return;
        new Problems(context.ReportDiagnostic).Report(RuleIds.AttributeIgnored, attribute.GetLocation(), name, place, symbol.Name);
    }

    private static bool IsRead(string name, ISymbol symbol)
    {
        if (symbol is INamedTypeSymbol type)
            return type.Find(Attributes.Experiment) is not null;
        var container = symbol.ContainingType;
        // Properties are inherited: a record that is none of ours may be the base of one.
        if (container is { IsRecord: true, IsSealed: false } && !IsOurs(container))
            return true;
        return _ofResults.Contains(name)
            ? container is { Name: "Results", ContainingType: { } experiment } && experiment.Find(Attributes.Experiment) is not null
            // Of a sweep that only lacks its attribute something else is said.
            : container.Find(Attributes.Sweep) is not null || SweepParser.ExperimentOf(container) is not null;
    }

    private static bool IsOurs(INamedTypeSymbol type) =>
        type.Find(Attributes.Experiment) is not null || type.Find(Attributes.Sweep) is not null || type.ContainingType?.Find(Attributes.Experiment) is not null;
}
