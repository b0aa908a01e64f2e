using Experiments.Generators.Models;
using Microsoft.CodeAnalysis;

namespace Experiments.Generators.Parsing;

/// <summary>Former names of properties: a stored configuration must say of every key which property it is.</summary>
internal static class FormerNames
{
    /// <summary>Reports former names that another property has, or had.</summary>
    public static void Check(INamedTypeSymbol type, IReadOnlyList<PropertyModel> properties, ParseScope scope)
    {
        if (scope.Sink is null || properties.All(p => p.FormerKeys.Count == 0))
            return;
        var owners = properties.ToDictionary(p => p.Key, p => p.Name, StringComparer.Ordinal);
        foreach (var property in properties)
        {
            foreach (var former in property.FormerKeys)
            {
                if (!owners.TryGetValue(former, out var owner))
                    owners.Add(former, property.Name);
                else
                    scope.Report(RuleIds.FormerNameTaken, Place(type, property.Name, former), former, property.Name, owner == property.Name ? "it" : $"`{owner}`");
            }
        }
    }

    private static Location Place(INamedTypeSymbol type, string property, string former) =>
        type.Property(property)!.FindAll(Attributes.FormerName).Last(a => a.Argument(0, "") == former).Place();
}
