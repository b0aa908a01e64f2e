using System.Globalization;

namespace Experiments.CommandLine;

/// <summary>Counts, times and numbers as people read them; always in the invariant culture.</summary>
internal static class Words
{
    /// <summary><c>1 run</c>, <c>1,024 runs</c>.</summary>
    public static string Count(long count, string noun) => $"{Number(count)} {noun}{(count == 1 ? "" : "s")}";

    /// <summary><c>1,024</c>.</summary>
    public static string Number(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A size, in decimal units.</summary>
    public static string Bytes(long bytes) => bytes < 10_000 ? $"{Number(bytes)} bytes" : bytes < 10_000_000 ? $"{Number(bytes / 1000)} kB" : $"{Number(bytes / 1_000_000)} MB";

    /// <summary><c>0.4s</c>, <c>41s</c>, <c>3m 04s</c>, <c>2h 05m</c>, <c>3d 04h</c>.</summary>
    public static string Duration(TimeSpan time)
    {
        var culture = CultureInfo.InvariantCulture;
        if (time < TimeSpan.Zero)
            time = TimeSpan.Zero;
        if (time.TotalSeconds < 9.95)
            return string.Create(culture, $"{time.TotalSeconds:0.0}s");
        if (time.TotalSeconds < 59.5)
            return string.Create(culture, $"{time.TotalSeconds:0}s");
        time = TimeSpan.FromSeconds(Math.Round(time.TotalSeconds));
        if (time.TotalHours < 1)
            return string.Create(culture, $"{time.Minutes}m {time.Seconds:00}s");
        return time.TotalDays < 1
            ? string.Create(culture, $"{time.Hours}h {time.Minutes:00}m")
            : string.Create(culture, $"{time.Days}d {time.Hours:00}h");
    }

    /// <summary><c>just now</c>, <c>12s ago</c>, <c>3d 04h ago</c>.</summary>
    public static string Ago(DateTimeOffset then, DateTimeOffset now) =>
        now - then < TimeSpan.FromSeconds(1) ? "just now" : Duration(now - then) + " ago";

    /// <summary><c>2026-03-01 12:30:05</c>, UTC.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>A number by itself: at most 5 significant digits, <c>NaN</c>, <c>∞</c> as <c>Infinity</c>.</summary>
    public static string Number(double value) => MetricFormat.Of([value]).Write(value);

    /// <summary>Items in backticks: <c>`a`, `b` and 3 more</c>.</summary>
    public static string List(IReadOnlyCollection<string> items, int most = 10)
    {
        var shown = string.Join(", ", items.Take(most).Select(i => $"`{i}`"));
        return items.Count > most ? $"{shown} and {Number(items.Count - most)} more" : shown;
    }
}
