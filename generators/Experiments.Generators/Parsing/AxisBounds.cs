using System.Globalization;
using Experiments.Generators.Models;

namespace Experiments.Generators.Parsing;

/// <summary>Values of axes against what the DataAnnotations of the property they set demand.</summary>
internal static class AxisBounds
{
    /// <summary>What a value must be and is not; <see langword="null"/> when nothing is wrong.</summary>
    public static string? Violation(CheckModel check, ConstantModel value) => check.Kind switch
    {
        CheckKind.Range when value.Number is { } number && (IsLow(check, number) || IsHigh(check, number)) => Bounds(check),
        CheckKind.Allowed when value.Code != "null" && check.Values.All(v => v.Code != value.Code) =>
            "one of " + string.Join(", ", check.Values.Select(v => $"`{v.Text}`")),
        CheckKind.Denied when check.Values.Any(v => v.Code == value.Code) =>
            "none of " + string.Join(", ", check.Values.Select(v => $"`{v.Text}`")),
        _ => null,
    };

    private static bool IsLow(CheckModel range, double value) => range.IsMinExclusive ? value <= range.MinNumber : value < range.MinNumber;

    private static bool IsHigh(CheckModel range, double value) => range.IsMaxExclusive ? value >= range.MaxNumber : value > range.MaxNumber;

    private static string Bounds(CheckModel range)
    {
        var min = range.IsMinExclusive ? $"above {Text(range.MinNumber)}" : $"{Text(range.MinNumber)} or more";
        var max = range.IsMaxExclusive ? $"below {Text(range.MaxNumber)}" : $"{Text(range.MaxNumber)} or less";
        return double.IsInfinity(range.MinNumber) ? max
            : double.IsInfinity(range.MaxNumber) ? min
            : range is { IsMinExclusive: false, IsMaxExclusive: false } ? $"from {Text(range.MinNumber)} to {Text(range.MaxNumber)}"
            : $"{min} and {max}";
    }

    /// <summary>A number as messages write it.</summary>
    public static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture).ToLowerInvariant();
}
