using System.Globalization;
using Experiments.Core;
using Experiments.Generators.Models;

namespace Experiments.Generators.Parsing;

/// <summary>Values of axes, and defaults, against what the property they set demands.</summary>
internal static class AxisBounds
{
    // Patterns are tried at every keystroke; one that takes longer is left to the program.
    private static readonly TimeSpan _patternTime = TimeSpan.FromMilliseconds(50);

    /// <summary>What a value must be and is not.</summary>
    public static IEnumerable<string> Violations(PropertyModel property, ConstantModel value)
    {
        if (value.Code == "null")
            return property.Checks.Where(check => check.Kind == CheckKind.Denied).Select(check => Violation(check, value)).OfType<string>();
        if (property.Value.Enum is { } names && names.Members.All(member => member.Code != value.Code))
            return [OneOf(names.Members.Where(member => !member.IsAlias).Select(member => member.Name))];
        return property.Checks.Select(check => Violation(check, value)).OfType<string>();
    }

    private static string? Violation(CheckModel check, ConstantModel value) => check.Kind switch
    {
        CheckKind.Range when value.Number is { } number && (IsLow(check, number) || IsHigh(check, number)) => Bounds(check),
        CheckKind.Allowed when !check.Values.Any(v => AreSame(v, value)) => OneOf(check.Values.Select(Text)),
        CheckKind.Denied when check.Values.Any(v => AreSame(v, value)) => "none of " + string.Join(", ", check.Values.Select(v => $"`{Text(v)}`")),
        CheckKind.Length => LengthViolation(check, value.Text.Length, "characters"),
        CheckKind.Pattern when WholeMatch.Of(value.Text, check.Min, _patternTime) == false => $"a match of `{check.Min}`",
        _ => null,
    };

    /// <summary>How long a text or a list must be; <see langword="null"/> when it is.</summary>
    public static string? LengthViolation(CheckModel length, int count, string unit) => count >= length.MinNumber && count <= length.MaxNumber ? null
        : length.MaxNumber == int.MaxValue ? $"{Text(length.MinNumber)} or more {unit} long"
        : length.MinNumber == 0 ? $"{Text(length.MaxNumber)} or fewer {unit} long"
        : $"from {Text(length.MinNumber)} to {Text(length.MaxNumber)} {unit} long";

    // An `int` axis may set a `double`.
    private static bool AreSame(ConstantModel a, ConstantModel b) => a.Code == b.Code || (a.Number is { } x && b.Number is { } y && x.Equals(y));

    private static string OneOf(IEnumerable<string> values) => "one of " + string.Join(", ", values.Select(v => $"`{v}`"));

    private static bool IsLow(CheckModel range, double value) => range.IsMinExclusive ? value <= range.MinNumber : value < range.MinNumber;

    private static bool IsHigh(CheckModel range, double value) => range.IsMaxExclusive ? value >= range.MaxNumber : value > range.MaxNumber;

    private static string Bounds(CheckModel range)
    {
        var (low, high) = BoundTexts(range);
        var min = range.IsMinExclusive ? $"above {low}" : $"{low} or more";
        var max = range.IsMaxExclusive ? $"below {high}" : $"{high} or less";
        return double.IsInfinity(range.MinNumber) ? max
            : double.IsInfinity(range.MaxNumber) ? min
            : range is { IsMinExclusive: false, IsMaxExclusive: false } ? $"from {low} to {high}"
            : $"{min} and {max}";
    }

    /// <summary>The bounds of a range as messages write them.</summary>
    public static (string Min, string Max) BoundTexts(CheckModel range) =>
        (Text(new ConstantModel(range.Min, Text(range.MinNumber), range.MinNumber)), Text(new ConstantModel(range.Max, Text(range.MaxNumber), range.MaxNumber)));

    /// <summary>A constant as messages write it: durations not as in ids.</summary>
    public static string Text(ConstantModel value) =>
        value.Number is { } ticks && value.Code.StartsWith("new global::System.TimeSpan", StringComparison.Ordinal) ? TimeSpan.FromTicks((long)ticks).ToString("c", CultureInfo.InvariantCulture) : value.Text;

    /// <summary>A number as messages write it.</summary>
    public static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture).ToLowerInvariant();
}
