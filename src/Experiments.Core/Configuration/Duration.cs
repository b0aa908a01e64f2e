using System.Globalization;

namespace Experiments.Core;

/// <summary>Durations as people write them: <c>90s</c>, <c>30m</c>, <c>12h</c>, <c>2d</c>, <c>1h30m</c>, or <c>00:30:00</c>.</summary>
/// <remarks>This file is also compiled into the generator, which cannot reference this assembly.</remarks>
public static partial class Duration
{
    /// <summary>Reads a duration; <see langword="false"/> when the text is none.</summary>
    public static bool TryParse(string text, out TimeSpan duration)
    {
        duration = TimeSpan.Zero;
        if (text.IndexOf(':') >= 0)
            return TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out duration);
        if (text.Length == 0)
            return false;
        var seconds = 0.0;
        for (var i = 0; i < text.Length; i++)
        {
            var start = i;
            while (i < text.Length && text[i] is >= '0' and <= '9' or '.')
                i++;
            if (i == text.Length || !double.TryParse(text.Substring(start, i - start), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount))
                return false;
            var unit = text[i] switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86400, _ => 0 };
            if (unit == 0)
                return false;
            seconds += amount * unit;
        }

        if (seconds > 100 * 365 * 86400.0)
            return false;
        duration = TimeSpan.FromTicks((long)Math.Round(seconds * TimeSpan.TicksPerSecond));
        return true;
    }
}
