using System.Globalization;
using Experiments.Core;
using Experiments.Generators.Models;
using Experiments.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace Experiments.Generators.Analyzers.Proofs;

/// <summary>The estimated GPU-hours of a sweep (runs × <c>[Estimate]</c> × GPUs) against its <c>[Budget]</c>.</summary>
internal static class CostProof
{
    public static void Check(INamedTypeSymbol type, SweepModel sweep, ExperimentModel experiment, IProblemSink problems)
    {
        if (type.Find("Experiments.BudgetAttribute") is not { } attribute || sweep.BudgetHours is not { } budget)
            return;
        var place = attribute.PositionalSyntax(0)?.GetLocation() ?? attribute.Place();
        if (!(budget > 0))
            problems.Report(RuleIds.ImpossibleValue, place, "the budget", "above 0", budget);
        else if (experiment.Estimate is not { } estimate)
            problems.Report(RuleIds.BudgetUnchecked, attribute.Place(), type.Name, experiment.Type.Name, "an `[Estimate]`");
        else if (experiment.Gpus == 0)
            problems.Report(RuleIds.BudgetUnchecked, attribute.Place(), type.Name, experiment.Type.Name, "a `[Gpu]`");
        else if (sweep.EstimatedHours is { } hours && hours > budget)
            problems.Report(RuleIds.OverBudget, place, type.Name, Text(budget), Text(hours), sweep.RunCount!, estimate, experiment.Gpus);
    }

    private static string Text(double hours) => Math.Round(hours, 2).ToString(CultureInfo.InvariantCulture);
}
