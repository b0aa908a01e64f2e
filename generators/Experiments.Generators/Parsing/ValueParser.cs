using System.Globalization;
using Experiments.Generators.Models;
using Microsoft.CodeAnalysis;

namespace Experiments.Generators.Parsing;

/// <summary>Types of configuration values.</summary>
internal static class ValueParser
{
    /// <summary>The value a type stands for; <see langword="null"/> when configurations cannot hold it.</summary>
    public static ValueModel? Parse(ITypeSymbol type, ParseScope scope)
    {
        var value = ParseAnnotated(type, scope);
        // Where nullable annotations are off, any reference may be null; but a record that can't be made of nothing must be there for others to change it.
        return value is { IsNullable: false, IsValueType: false } && type.NullableAnnotation == NullableAnnotation.None
            ? value with { IsNullable = value.Record?.Properties.Any(p => p.IsMandatory) != true }
            : value;
    }

    private static ValueModel? ParseAnnotated(ITypeSymbol type, ParseScope scope)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } nullable)
            return ParseAnnotated(nullable.TypeArguments[0], scope) is { IsNullable: false } inner ? inner with { IsNullable = true } : null;
        var value = ParseCore(type, scope);
        return value is { IsValueType: false } && type.NullableAnnotation == NullableAnnotation.Annotated ? value with { IsNullable = true } : value;
    }

    private static ValueModel? ParseCore(ITypeSymbol type, ParseScope scope)
    {
        var name = type.FullName();
        switch (type.SpecialType)
        {
            case SpecialType.System_Boolean:
                return new ValueModel(ValueKind.Boolean, name, false) { IsValueType = true };
            case SpecialType.System_SByte:
                return Integer(name, sbyte.MinValue, sbyte.MaxValue);
            case SpecialType.System_Byte:
                return Integer(name, byte.MinValue, byte.MaxValue);
            case SpecialType.System_Int16:
                return Integer(name, short.MinValue, short.MaxValue);
            case SpecialType.System_UInt16:
                return Integer(name, ushort.MinValue, ushort.MaxValue);
            case SpecialType.System_Int32:
                return Integer(name, int.MinValue, int.MaxValue);
            case SpecialType.System_UInt32:
                return Integer(name, uint.MinValue, uint.MaxValue);
            case SpecialType.System_Int64:
                return Integer(name, long.MinValue, long.MaxValue);
            case SpecialType.System_UInt64:
                return Integer(name, ulong.MinValue, ulong.MaxValue);
            case SpecialType.System_Single:
                return new ValueModel(ValueKind.Single, name, false) { IsValueType = true };
            case SpecialType.System_Double:
                return new ValueModel(ValueKind.Double, name, false) { IsValueType = true };
            case SpecialType.System_Decimal:
                return new ValueModel(ValueKind.Decimal, name, false) { IsValueType = true };
            case SpecialType.System_String:
                return new ValueModel(ValueKind.String, name, false);
        }

        if (type is not INamedTypeSymbol named)
            return null;
        if (named.TypeKind == TypeKind.Enum)
            return new ValueModel(ValueKind.Enum, name, false) { IsValueType = true, Enum = Enum(named) };
        if (name == "global::Experiments.Secret")
            return new ValueModel(ValueKind.Secret, name, false) { IsValueType = true };
        if (name == "global::System.TimeSpan")
            return new ValueModel(ValueKind.TimeSpan, name, false) { IsValueType = true };
        if (ListOf(named) is { } list)
        {
            return ParseAnnotated(named.TypeArguments[0], scope) is { IsScalar: true } element
                ? new ValueModel(ValueKind.List, name, false) { List = list, Element = element, IsValueType = named.IsValueType }
                : null;
        }

        if (named is not { IsRecord: true, IsValueType: false, IsAbstract: false } || !scope.Enter(named))
            return null;
        var record = RecordParser.Parse(named, scope, isExperiment: false);
        scope.Leave(named);
        return record is null ? null : new ValueModel(ValueKind.Record, name, false) { Record = record };
    }

    private static ValueModel Integer(string name, decimal min, decimal max) =>
        new(ValueKind.Integer, name, false) { IsValueType = true, Min = min, Max = max };

    private static ListKind? ListOf(INamedTypeSymbol type)
    {
        if (type.TypeArguments.Length != 1)
            return null;
        return (type.ContainingNamespace.ToDisplayString(), type.MetadataName) switch
        {
            ("System.Collections.Immutable", "ImmutableArray`1") => ListKind.ImmutableArray,
            ("System.Collections.Immutable", "ImmutableList`1") => ListKind.ImmutableList,
            ("System.Collections.Generic", "IReadOnlyList`1") => ListKind.ReadOnlyList,
            _ => null,
        };
    }

    private static EnumModel Enum(INamedTypeSymbol type)
    {
        var values = new HashSet<decimal>();
        var members = new List<EnumMemberModel>();
        foreach (var field in type.GetMembers().OfType<IFieldSymbol>().Where(f => f.HasConstantValue))
        {
            var value = Convert.ToDecimal(field.ConstantValue, CultureInfo.InvariantCulture);
            members.Add(new EnumMemberModel($"{type.FullName()}.{Symbols.Escape(field.Name)}", Symbols.Key(field), value, !values.Add(value))
            {
                FormerNames = Symbols.FormerKeys(field).ToEquatableArray(),
            });
        }

        return new EnumModel(type.FullName(), members.ToEquatableArray());
    }
}
