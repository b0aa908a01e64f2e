using System.Globalization;
using Experiments.Core;
using Experiments.Generators.Models;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Experiments.Generators.Parsing;

/// <summary>Constants of attributes, converted to the type of the property they are for.</summary>
internal static class Constants
{
    /// <summary>Converts an attribute's argument; <see langword="null"/> when it is no value of the type.</summary>
    public static ConstantModel? Convert(TypedConstant constant, ValueModel target)
    {
        if (constant.Kind == TypedConstantKind.Array || constant.Kind == TypedConstantKind.Error)
            return null;
        if (constant.IsNull)
            return target.IsNullable ? new ConstantModel("null", "null", null) : null;
        if (constant.Kind == TypedConstantKind.Enum)
            return target.Kind == ValueKind.Enum && constant.Type!.FullName() == target.Type ? Enum(constant.Value!, target) : null;
        return Convert(constant.Value!, target);
    }

    /// <summary>Converts a plain value.</summary>
    public static ConstantModel? Convert(object value, ValueModel target) => (target.Kind, value) switch
    {
        (ValueKind.Boolean, bool flag) => new ConstantModel(flag ? "true" : "false", flag ? "true" : "false", null),
        (ValueKind.String, string text) => new ConstantModel(SymbolDisplay.FormatLiteral(text, quote: true), text, null),
        (ValueKind.TimeSpan, string text) when Duration.TryParse(text, out var duration) => TimeSpanValue(duration),
        (ValueKind.Decimal, string text) when decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => Decimal(number),
        (ValueKind.Integer or ValueKind.Single or ValueKind.Double or ValueKind.Decimal, IConvertible and not string and not bool and not char) => Number(value, target),
        _ => null,
    };

    /// <summary>A number of a numeric type; <see langword="null"/> when the type cannot hold it.</summary>
    public static ConstantModel? Number(double value, ValueModel target) => Number((object)value, target);

    private static ConstantModel? Number(object value, ValueModel target)
    {
        switch (target.Kind)
        {
            case ValueKind.Integer:
                if (value is double or float)
                {
                    var real = System.Convert.ToDouble(value, CultureInfo.InvariantCulture);
                    if (real != Math.Floor(real) || Math.Abs(real) > 1e18)
                        return null;
                    value = (decimal)real;
                }

                var whole = System.Convert.ToDecimal(value, CultureInfo.InvariantCulture);
                return whole < target.Min || whole > target.Max
                    ? null
                    : new ConstantModel(Suffixed(whole, target.Type), whole.ToString(CultureInfo.InvariantCulture), (double)whole);
            case ValueKind.Decimal:
                var wide = System.Convert.ToDouble(value, CultureInfo.InvariantCulture);
                return Math.Abs(wide) > 7.9e27 || double.IsNaN(wide) ? null : Decimal(System.Convert.ToDecimal(value, CultureInfo.InvariantCulture));
            case ValueKind.Single:
                var single = (float)System.Convert.ToDouble(value, CultureInfo.InvariantCulture);
                return IsFinite(single) ? new ConstantModel(FloatingCode(Shortest(single)) + "F", Lower(Shortest(single)), single) : null;
            default:
                var number = System.Convert.ToDouble(value, CultureInfo.InvariantCulture);
                return IsFinite(number) ? new ConstantModel(FloatingCode(Shortest(number)), Lower(Shortest(number)), number) : null;
        }
    }

    /// <summary>A double as C#.</summary>
    public static string DoubleCode(double value) => FloatingCode(Shortest(value));

    private static ConstantModel Decimal(decimal value)
    {
        var text = value.ToString("G29", CultureInfo.InvariantCulture);
        return new ConstantModel(text + "M", Lower(text), (double)value);
    }

    private static ConstantModel TimeSpanValue(TimeSpan value) => new(
        $"new global::System.TimeSpan({value.Ticks.ToString(CultureInfo.InvariantCulture)}L)",
        value.ToString("c", CultureInfo.InvariantCulture).Replace(':', '-'),
        value.Ticks);

    /// <summary>The number of an enum value.</summary>
    public static ConstantModel Enum(object value, ValueModel target)
    {
        var number = System.Convert.ToDecimal(value, CultureInfo.InvariantCulture);
        var member = target.Enum!.Members.FirstOrDefault(m => m.Value == number);
        var digits = number.ToString(CultureInfo.InvariantCulture);
        return member is null
            ? new ConstantModel($"({target.Type})({digits})", digits, null)
            : new ConstantModel(member.Code, member.IdentityName, null);
    }

    // The framework's shortest form; on the old .NET Framework, where "R" is not always exact, all digits.
    private static string Shortest(double value)
    {
        value = value == 0 ? 0 : value;
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        return double.Parse(text, CultureInfo.InvariantCulture) == value ? text : value.ToString("G17", CultureInfo.InvariantCulture);
    }

    private static string Shortest(float value) => (value == 0 ? 0 : value).ToString("R", CultureInfo.InvariantCulture);

    private static string FloatingCode(string text) => text.IndexOfAny(['.', 'E']) < 0 ? text + ".0" : text.Replace("E", "e");

    private static string Lower(string text) => text.ToLowerInvariant();

    private static bool IsFinite(double value) => !double.IsNaN(value) && !double.IsInfinity(value);

    private static string Suffixed(decimal value, string type) => value.ToString(CultureInfo.InvariantCulture) + type switch
    {
        "long" => "L",
        "ulong" => "UL",
        "uint" => "U",
        _ => "",
    };
}
