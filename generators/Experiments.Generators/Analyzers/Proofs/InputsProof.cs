using Experiments.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Experiments.Generators.Analyzers.Proofs;

/// <summary>
/// Inputs that lead back to their own experiment and are never null: such a chain of runs has no end. Only an expression that plainly makes a run
/// (<c>this</c>, <c>this with { … }</c>, <c>new …</c>) counts as never null, so what only the program decides is left to planning.
/// </summary>
internal static class InputsProof
{
    public static void Check(INamedTypeSymbol experiment, IProblemSink problems, CancellationToken cancellation)
    {
        foreach (var input in Inputs(experiment))
        {
            if (Circle(experiment, input, cancellation) is { } circle)
                problems.Report(RuleIds.EndlessInputs, input.Place(), experiment.Name, string.Join(" → ", circle.Prepend(experiment.Name).Select(name => $"`{name}`")));
            else if (input.Type is INamedTypeSymbol producer && !HasArtifacts(producer))
                problems.Report(RuleIds.InputWithoutArtifacts, input.Place(), input.Name, producer.Name);
        }
    }

    /// <summary>The experiments from an input back to the one that has it.</summary>
    private static List<string>? Circle(INamedTypeSymbol start, IPropertySymbol input, CancellationToken cancellation)
    {
        var path = new List<string>();
        var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        return Leads(input) ? path : null;

        bool Leads(IPropertySymbol step)
        {
            if (step.Type is not INamedTypeSymbol next || !IsAlwaysThere(step, cancellation))
                return false;
            path.Add(next.Name);
            if (SymbolEqualityComparer.Default.Equals(next, start) || (seen.Add(next) && Inputs(next).Any(Leads)))
                return true;
            path.RemoveAt(path.Count - 1);
            return false;
        }
    }

    private static IEnumerable<IPropertySymbol> Inputs(INamedTypeSymbol experiment) => experiment.Properties()
        .Where(p => !p.IsStatic && p.Find("Experiments.InputAttribute") is not null && p.Type.Find(Attributes.Experiment) is not null);

    private static bool IsAlwaysThere(IPropertySymbol input, CancellationToken cancellation)
    {
        if (input.SetMethod is not null || input.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) is not PropertyDeclarationSyntax declaration)
            return false;
        return (declaration.ExpressionBody?.Expression ?? declaration.AccessorList?.Accessors.FirstOrDefault()?.ExpressionBody?.Expression)
            is ThisExpressionSyntax or BaseObjectCreationExpressionSyntax or WithExpressionSyntax { Expression: ThisExpressionSyntax };
    }

    private static bool HasArtifacts(INamedTypeSymbol experiment) =>
        experiment.GetTypeMembers("Results").Any(results => results.Properties().Any(p => p.Find("Experiments.ArtifactAttribute") is not null));
}
