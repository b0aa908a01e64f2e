using System.Collections.Immutable;
using System.ComponentModel;
using System.Globalization;

namespace Experiments.Core;

/// <summary>What the attributes of <see cref="System.ComponentModel.DataAnnotations"/> demand of a value, checked without reflection. <c>null</c> passes everything.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Check
{
    // Long enough for any sane pattern on a configuration value, short enough to notice one that backtracks for ever.
    private static readonly TimeSpan _patternTime = TimeSpan.FromSeconds(2);

    /// <summary>A number must be finite.</summary>
    public static void Finite(Mistakes mistakes, string path, double value)
    {
        if (!double.IsFinite(value))
            mistakes.Add(path, $"expected `{path}` to be finite, got `{Text(value)}`", "use a nullable property for a value that may be missing");
    }

    /// <summary>Text and lists must be there unless they are nullable.</summary>
    public static void NotNull(Mistakes mistakes, string path, object? value)
    {
        if (value is null)
            mistakes.Add(path, $"expected `{path}` to have a value, got null", "make the property nullable if it may be missing");
    }

    /// <summary>A secret must refer to something.</summary>
    public static void Secret(Mistakes mistakes, string path, Secret value)
    {
        if (value.IsEmpty)
            mistakes.Add(path, $"expected `{path}` to say where the secret is, got nothing", "set it with `Secret.FromEnvironment` or `Secret.FromFile`, or make the property nullable");
    }

    /// <summary>An enum value must have a name.</summary>
    public static void Named<T>(Mistakes mistakes, string path, T value, EnumNames<T> names)
        where T : struct, Enum
    {
        if (!names.IsDefined(value))
            mistakes.Add(path, $"expected `{path}` to be {names.Expected}, got `{value}`");
    }

    /// <summary>A value must lie between bounds.</summary>
    public static void Range<T>(Mistakes mistakes, string path, T value, T? min, T? max, bool isMinExclusive = false, bool isMaxExclusive = false)
        where T : struct, IComparable<T>
    {
        var isLow = min is { } low && (isMinExclusive ? value.CompareTo(low) <= 0 : value.CompareTo(low) < 0);
        var isHigh = max is { } high && (isMaxExclusive ? value.CompareTo(high) >= 0 : value.CompareTo(high) > 0);
        if (isLow || isHigh)
            mistakes.Add(path, $"expected `{path}` to be {Bounds(min, max, isMinExclusive, isMaxExclusive)}, got `{Text(value)}`");
    }

    /// <summary>A value must be one of some.</summary>
    public static void Allowed<T>(Mistakes mistakes, string path, T value, params ReadOnlySpan<T> values)
    {
        foreach (var allowed in values)
        {
            if (EqualityComparer<T>.Default.Equals(allowed, value))
                return;
        }

        mistakes.Add(path, $"expected `{path}` to be one of {List(values)}, got `{Text(value)}`");
    }

    /// <summary>A value must be none of some.</summary>
    public static void Denied<T>(Mistakes mistakes, string path, T value, params ReadOnlySpan<T> values)
    {
        foreach (var denied in values)
        {
            if (EqualityComparer<T>.Default.Equals(denied, value))
                mistakes.Add(path, $"expected `{path}` to be none of {List(values)}, got `{Text(value)}`");
        }
    }

    /// <summary>A list must have so many items, or text so many characters.</summary>
    public static void Length(Mistakes mistakes, string path, int length, int min, int max, string unit)
    {
        if (length < min || length > max)
            mistakes.Add(path, $"expected `{path}` to have {(max == int.MaxValue ? $"at least {min}" : min == 0 ? $"at most {max}" : $"from {min} to {max}")} {unit}, got {length}");
    }

    /// <summary>Text must match a pattern, from beginning to end.</summary>
    public static void Pattern(Mistakes mistakes, string path, string value, string pattern)
    {
        if (WholeMatch.Of(value, pattern, _patternTime) != true)
            mistakes.Add(path, $"expected `{path}` to match `{pattern}`, got `{value}`");
    }

    /// <summary>Bounds in words: <c>from 0 to 1</c>.</summary>
    public static string Bounds<T>(T? min, T? max, bool isMinExclusive = false, bool isMaxExclusive = false)
        where T : struct => (min, max) switch
        {
            ({ } low, { } high) when !isMinExclusive && !isMaxExclusive => $"from {Text(low)} to {Text(high)}",
            ({ } low, { } high) => $"{Low(low, isMinExclusive)} and {High(high, isMaxExclusive)}",
            ({ } low, null) => Low(low, isMinExclusive),
            (null, { } high) => High(high, isMaxExclusive),
            _ => "any value",
        };

    private static string Low<T>(T value, bool isExclusive) => isExclusive ? $"above {Text(value)}" : $"{Text(value)} or more";

    private static string High<T>(T value, bool isExclusive) => isExclusive ? $"below {Text(value)}" : $"{Text(value)} or less";

    private static string List<T>(ReadOnlySpan<T> values)
    {
        var texts = ImmutableArray.CreateBuilder<string>(values.Length);
        foreach (var value in values)
            texts.Add($"`{Text(value)}`");
        return string.Join(", ", texts);
    }

    internal static string Text<T>(T value) => value switch
    {
        null => "null",
        bool flag => flag ? "true" : "false",
        double or float => Convert.ToString(value, CultureInfo.InvariantCulture)!.Replace("E", "e", StringComparison.Ordinal),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
