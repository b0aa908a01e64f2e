using Experiments.Core;
using Experiments.Generators.Models;
using Microsoft.CodeAnalysis;

namespace Experiments.Generators.Parsing;

/// <summary>The DataAnnotations of a property.</summary>
internal static class CheckParser
{
    public static IEnumerable<CheckModel> Parse(IPropertySymbol property, ValueModel value) =>
        property.GetAttributes().Where(IsCheck).Select(attribute => Parse(attribute, value)).OfType<CheckModel>();

    /// <summary>What a check is for, in words, when it checks nothing of a value; <see langword="null"/> when it does.</summary>
    public static string? Ignored(AttributeData attribute, ValueModel value) =>
        !IsCheck(attribute) || Parse(attribute, value) is { } check && (check.Kind is not (CheckKind.Allowed or CheckKind.Denied) || check.Values.Count >= Count(attribute)) ? null
        : attribute.AttributeClass!.Name switch
        {
            "RangeAttribute" => "a number or a `TimeSpan`",
            "AllowedValuesAttribute" or "DeniedValuesAttribute" => "a value of the types it lists",
            "LengthAttribute" or "MinLengthAttribute" or "MaxLengthAttribute" or "StringLengthAttribute" => "a text or a list",
            "RegularExpressionAttribute" => "a text",
            _ => null,
        };

    private static bool IsCheck(AttributeData attribute) => attribute.AttributeClass?.ContainingNamespace.ToDisplayString() == "System.ComponentModel.DataAnnotations";

    private static int Count(AttributeData attribute) =>
        attribute.ConstructorArguments.Length == 1 && attribute.ConstructorArguments[0] is { Kind: TypedConstantKind.Array, IsNull: false } list ? list.Values.Count(v => !v.IsNull) : 0;

    private static CheckModel? Parse(AttributeData attribute, ValueModel value) => attribute.AttributeClass!.Name switch
    {
        "RangeAttribute" => Range(attribute, value),
        "AllowedValuesAttribute" => Listed(CheckKind.Allowed, attribute, value),
        "DeniedValuesAttribute" => Listed(CheckKind.Denied, attribute, value),
        "LengthAttribute" => Length(attribute.Argument(0, 0), attribute.Argument(1, int.MaxValue), value),
        "MinLengthAttribute" => Length(attribute.Argument(0, 0), int.MaxValue, value),
        "MaxLengthAttribute" => Length(0, attribute.Argument(0, int.MaxValue), value),
        "StringLengthAttribute" => Length(attribute.Named("MinimumLength", 0), attribute.Argument(0, int.MaxValue), value),
        "RegularExpressionAttribute" when value.Kind == ValueKind.String && attribute.Argument<string?>(0, null) is { } pattern =>
            new CheckModel(CheckKind.Pattern) { Min = pattern },
        _ => null,
    };

    private static CheckModel? Range(AttributeData attribute, ValueModel value)
    {
        // (min, max) as int or double, or (type, min, max) as strings.
        var offset = attribute.ConstructorArguments.Length == 3 ? 1 : 0;
        if (!(value.IsNumber || value.Kind == ValueKind.TimeSpan) || attribute.ConstructorArguments.Length < 2)
            return null;
        var min = Bound(attribute.ConstructorArguments[offset], value, isUpper: false);
        var max = Bound(attribute.ConstructorArguments[offset + 1], value, isUpper: true);
        return new CheckModel(CheckKind.Range)
        {
            Min = min?.Code ?? "",
            Max = max?.Code ?? "",
            MinNumber = min?.Number ?? double.NegativeInfinity,
            MaxNumber = max?.Number ?? double.PositiveInfinity,
            IsMinExclusive = attribute.Named("MinimumIsExclusive", false),
            IsMaxExclusive = attribute.Named("MaximumIsExclusive", false),
        };
    }

    // A bound beyond the type's own range bounds nothing; a fractional bound of an integer is its nearest integer inside.
    private static ConstantModel? Bound(TypedConstant constant, ValueModel value, bool isUpper)
    {
        if (constant.Value is string text && value.IsNumber && value.Kind != ValueKind.Decimal)
            return double.TryParse(text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var parsed)
                ? Constants.Number(parsed, value)
                : null;
        if (constant.Value is double real && value.Kind == ValueKind.Integer)
            return Constants.Number(isUpper ? Math.Floor(real) : Math.Ceiling(real), value);
        return constant.Value is null ? null : Constants.Convert(constant.Value, value);
    }

    private static CheckModel? Listed(CheckKind kind, AttributeData attribute, ValueModel value)
    {
        if (!value.IsScalar || attribute.ConstructorArguments.Length != 1 || attribute.ConstructorArguments[0] is not { Kind: TypedConstantKind.Array, IsNull: false } list)
            return null;
        var values = list.Values.Select(v => Constants.Convert(v, value)).OfType<ConstantModel>().ToEquatableArray();
        return new CheckModel(kind) { Values = values };
    }

    private static CheckModel? Length(int min, int max, ValueModel value) =>
        value.Kind is not (ValueKind.String or ValueKind.List)
            ? null
            : new CheckModel(CheckKind.Length)
            {
                Min = Math.Max(0, min).ToString(System.Globalization.CultureInfo.InvariantCulture),
                Max = max < 0 ? int.MaxValue.ToString(System.Globalization.CultureInfo.InvariantCulture) : max.ToString(System.Globalization.CultureInfo.InvariantCulture),
                MinNumber = Math.Max(0, min),
                MaxNumber = max < 0 ? int.MaxValue : max,
            };
}
