using Experiments.Generators.Models;
using Microsoft.CodeAnalysis;

namespace Experiments.Generators.Parsing;

/// <summary>What an experiment says about its failures.</summary>
internal static class FailureParser
{
    /// <summary>The general number of retries and those of single categories.</summary>
    public static (AttributeData? General, IReadOnlyList<(RetryBudgetModel Budget, AttributeData Attribute)> Budgets) Retries(INamedTypeSymbol type)
    {
        var all = type.FindAll("Experiments.RetryAttribute").ToLookup(a => a.ConstructorArguments.Length > 1);
        return (all[false].FirstOrDefault(), [.. all[true]
            .Select(a => (Category: Attributes.EnumMember(a.ConstructorArguments[0]), Attribute: a))
            .Where(b => b.Category is not null)
            .Select(b => (new RetryBudgetModel(b.Category!, b.Attribute.Argument(1, 0)), b.Attribute))]);
    }

    /// <summary>The failure rules of an experiment or an assembly, in order.</summary>
    public static IEnumerable<(FailureRuleModel Rule, AttributeData Attribute)> Rules(ISymbol symbol)
    {
        foreach (var attribute in symbol.FindAll("Experiments.FailureRuleAttribute"))
        {
            if (attribute.ConstructorArguments.Length > 1 && Attributes.EnumMember(attribute.ConstructorArguments[1]) is { } category)
                yield return (new FailureRuleModel(attribute.Argument(0, ""), category, attribute.ConstructorArguments.Length > 2 ? Attributes.EnumMember(attribute.ConstructorArguments[2]) : null), attribute);
        }
    }

    /// <summary>The invariants of an experiment: each property's words, its path in the configuration and its model, where there is such a property.</summary>
    public static IEnumerable<(IReadOnlyList<(string Words, string? Path, PropertyModel? Property)> Paths, AttributeData Attribute)> Invariants(INamedTypeSymbol type, RecordModel record)
    {
        foreach (var attribute in type.FindAll("Experiments.InvariantAttribute"))
        {
            if (attribute.ConstructorArguments.Length != 1 || attribute.ConstructorArguments[0] is not { Kind: TypedConstantKind.Array, IsNull: false } words)
                continue;
            yield return ([.. words.Values.Select(v => v.Value as string ?? "").Select(w => Resolve(w, record))], attribute);
        }
    }

    /// <summary>Which checkpoints an experiment keeps.</summary>
    public static CheckpointsModel? Checkpoints(INamedTypeSymbol type) =>
        type.Find("Experiments.CheckpointsAttribute") is { } attribute ? new CheckpointsModel(attribute.Named("KeepLast", 3), attribute.Named("KeepBest", 0)) : null;

    private static (string Words, string? Path, PropertyModel? Property) Resolve(string words, RecordModel record)
    {
        var path = "";
        var names = words.Split('.');
        for (var i = 0; i < names.Length; i++)
        {
            if (record.Find(names[i]) is not { } property)
                break;
            path += property.Key;
            if (i == names.Length - 1)
                return (words, path, property);
            if (property.Value.Record is not { } nested)
                break;
            path += ".";
            record = nested;
        }

        return (words, null, null);
    }
}
