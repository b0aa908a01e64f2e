using System.Globalization;

namespace Experiments.CommandLine;

/// <summary>Durations as people type them: <c>90s</c>, <c>15m</c>, <c>1.5h</c>, <c>2d</c>, <c>500ms</c>, or <c>hh:mm:ss</c>.</summary>
internal static class Durations
{
    /// <summary>Reads a duration of zero or more.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = default;
        if (text.Contains(':'))
            return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out duration) && duration >= TimeSpan.Zero;
        var unit = text.AsSpan().TrimStart("0123456789.");
        var seconds = unit switch { "ms" => 0.001, "s" or "" => 1, "m" => 60, "h" => 3600, "d" => 86_400, _ => double.NaN };
        if (!double.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            || !(number * seconds <= TimeSpan.MaxValue.TotalSeconds / 2))
            return false;
        duration = TimeSpan.FromSeconds(number * seconds);
        return true;
    }
}
