using Experiments.Core;
using Experiments.Generators.Models;
using Microsoft.CodeAnalysis;

namespace Experiments.Generators.Parsing;

/// <summary>The property that an axis sets, and whether values of a type can be assigned to it.</summary>
internal static class AxisTarget
{
    /// <summary>The properties from the experiment's record to the one the axis sets.</summary>
    public static EquatableArray<PropertyModel>? Resolve(IPropertySymbol property, RecordModel experiment, ParseScope scope)
    {
        var named = property.Find("Experiments.AxisAttribute");
        var path = named?.Argument<string?>(0, null) ?? property.Name;
        var place = named is null ? property.Place() : named.PositionalSyntax(0)?.GetLocation() ?? named.Place();
        var result = new List<PropertyModel>();
        var record = experiment;
        foreach (var name in path.Split('.'))
        {
            if (record?.Find(name) is not { } found)
            {
                var prefix = string.Concat(result.Select(p => p.Name + "."));
                var suggestion = record is null ? null : Suggestion.Closest(name, record.Properties.Select(p => p.Name));
                scope.Report(RuleIds.AxisNotOnExperiment, place, path, experiment.Name, suggestion is null ? "" : prefix + suggestion);
                return null;
            }

            result.Add(found);
            record = found.Value.Record;
        }

        if (result.FirstOrDefault(p => p.Value is { IsNullable: true, Record: { } nested } && nested.Properties.Any(n => n.IsMandatory)) is { } missing && missing != result[result.Count - 1])
        {
            scope.Report(RuleIds.UnsuitableAxis, place, "Axis", path, $"records that are always there, and `{missing.Name}` may be null");
            return null;
        }

        return result.ToEquatableArray();
    }

    /// <summary>The value of a type; <see langword="null"/> when it can't be assigned to another as it is.</summary>
    public static ValueModel? ValueOf(ITypeSymbol type, ValueModel to, ParseScope scope)
    {
        var value = ValueParser.Parse(type, scope.Silent());
        // Where nullable annotations are off, nobody said that it may be null.
        if (value is not null && type is { IsReferenceType: true, NullableAnnotation: NullableAnnotation.None })
            value = value with { IsNullable = to.IsNullable };
        return value is not null && IsAssignable(value, to) ? value : null;
    }

    private static bool IsAssignable(ValueModel from, ValueModel to)
    {
        if (from.Type == to.Type)
            return to.IsNullable || !from.IsNullable;
        if (from.IsNullable && !to.IsNullable)
            return false;
        return (from.Kind, to.Kind) switch
        {
            (ValueKind.Integer, ValueKind.Integer) => from.Min >= to.Min && from.Max <= to.Max,
            (ValueKind.Integer, ValueKind.Single or ValueKind.Double or ValueKind.Decimal) => true,
            // Not (Single, Double): 0.1f is 0.10000000149011612 then.
            _ => false,
        };
    }

    /// <summary>What a <c>foreach</c> over a type gives.</summary>
    public static ITypeSymbol? ItemType(ITypeSymbol type) => type is IArrayTypeSymbol { Rank: 1 } array
        ? array.ElementType
        : type.AllInterfaces.Prepend(type as INamedTypeSymbol).FirstOrDefault(i => i?.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T)?.TypeArguments[0];
}
