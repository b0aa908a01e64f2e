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
    public static string? Ignored(AttributeData attribute, ValueModel value)
    {
        var known = Suited(attribute);
        if (known is null)
            return IsValidation(attribute) ? "what is no configuration, where only `[Range]`, `[AllowedValues]`, `[DeniedValues]`, `[Length]` and its like, and `[RegularExpression]` are enforced" : null;
        return Parse(attribute, value) is not { } check ? known
            : check.Kind == CheckKind.Range && Bounds(attribute, value).Any(bound => bound is { Value: null, IsHarmless: false }) ? "a type that its bounds are values of"
            : check.Kind is CheckKind.Allowed or CheckKind.Denied && check.Values.Count < Count(attribute) ? known
            : null;
    }

    private static bool IsCheck(AttributeData attribute) => Suited(attribute) is not null;

    /// <summary>The types that a check that is enforced is for; <see langword="null"/> when it is none.</summary>
    private static string? Suited(AttributeData attribute) => attribute.AttributeClass is { } type && IsAnnotation(type) ? type.Name switch
    {
        "RangeAttribute" => "a number or a `TimeSpan`",
        "AllowedValuesAttribute" or "DeniedValuesAttribute" => "a value of the types it lists",
        "LengthAttribute" or "MinLengthAttribute" or "MaxLengthAttribute" or "StringLengthAttribute" => "a text or a list",
        "RegularExpressionAttribute" => "a text",
        _ => null,
    }
    : null;

    private static bool IsValidation(AttributeData attribute) => attribute.AttributeClass?.AndBases().Any(type => type.Name == "ValidationAttribute" && IsAnnotation(type)) == true;

    private static bool IsAnnotation(ITypeSymbol type) => type.ContainingNamespace.ToDisplayString() == "System.ComponentModel.DataAnnotations";

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
        if (!(value.IsNumber || value.Kind == ValueKind.TimeSpan) || attribute.ConstructorArguments.Length < 2)
            return null;
        var bounds = Bounds(attribute, value);
        var (min, max) = (bounds[0].Value, bounds[1].Value);
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

    /// <summary>Both bounds: (min, max) as int or double, or (type, min, max) as strings.</summary>
    private static IReadOnlyList<(ConstantModel? Value, bool IsHarmless)> Bounds(AttributeData attribute, ValueModel value)
    {
        var offset = attribute.ConstructorArguments.Length == 3 ? 1 : 0;
        return [Bound(attribute.ConstructorArguments[offset], value, isUpper: false), Bound(attribute.ConstructorArguments[offset + 1], value, isUpper: true)];
    }

    // A bound that the type itself has bounds nothing, and does no harm on its own side; a fractional bound of an integer is its nearest integer inside.
    private static (ConstantModel? Value, bool IsHarmless) Bound(TypedConstant constant, ValueModel value, bool isUpper)
    {
        double? number = constant.Value switch
        {
            string text when value.IsNumber => double.TryParse(text, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var parsed) ? parsed : null,
            double real => real,
            int whole => whole,
            _ => null,
        };
        var isHarmless = isUpper ? number > 0 : number < 0;
        if (number is { } rounded && value.Kind == ValueKind.Integer && constant.Value is not int)
            return (Constants.Number(isUpper ? Math.Floor(rounded) : Math.Ceiling(rounded), value), isHarmless);
        if (number is { } exact && constant.Value is string && value.Kind != ValueKind.Decimal)
            return (Constants.Number(exact, value), isHarmless);
        return (constant.Value is null ? null : Constants.Convert(constant.Value, value), isHarmless);
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
