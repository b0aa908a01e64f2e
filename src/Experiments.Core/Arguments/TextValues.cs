using System.Collections.Immutable;
using System.ComponentModel;
using System.Globalization;
using System.Numerics;

namespace Experiments.Core;

/// <summary>Reads the values of a configuration from words of a command line or parts of a run id.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TextValues
{
    /// <summary>Reads <c>true</c> or <c>false</c>.</summary>
    public static bool Boolean(string text, out bool value)
    {
        value = text is "true" or "True";
        return value || text is "false" or "False";
    }

    /// <summary>Reads an integer.</summary>
    public static bool Integer<T>(string text, out T value)
        where T : struct, IBinaryInteger<T> => T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    /// <summary>Reads a finite number.</summary>
    public static bool Number<T>(string text, out T value)
        where T : struct, INumber<T> => T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && T.IsFinite(value);

    /// <summary>Takes text as it is.</summary>
    public static bool Text(string text, out string value)
    {
        value = text;
        return true;
    }

    /// <summary>Reads a duration: <c>30m</c>, <c>00:30:00</c>.</summary>
    public static bool TimeSpan(string text, out TimeSpan value) => Duration.TryParse(text, out value);

    /// <summary>Reads a duration as run ids write it: <c>00-30-00</c>.</summary>
    public static bool IdTimeSpan(string text, out TimeSpan value)
    {
        var isNegative = text.StartsWith('-');
        var digits = (isNegative ? text[1..] : text).Replace('-', ':');
        return System.TimeSpan.TryParseExact(isNegative ? "-" + digits : digits, "c", CultureInfo.InvariantCulture, out value);
    }

    /// <summary>Reads a list as run ids write it: <c>64,32</c>.</summary>
    public static bool IdList<T>(string text, TextReader<T> read, out ImmutableArray<T> values)
    {
        values = [];
        var items = ImmutableArray.CreateBuilder<T>();
        foreach (var word in text.Length == 0 ? [] : text.Split(','))
        {
            if (!read(word, out var item))
                return false;
            items.Add(item);
        }

        values = items.ToImmutable();
        return true;
    }

    /// <summary>Reads a value type, or <c>null</c>.</summary>
    public static TextReader<T?> OrNull<T>(TextReader<T> read)
        where T : struct => (string text, out T? value) =>
        {
            if (text == "null")
            {
                value = null;
                return true;
            }

            var isGood = read(text, out var inner);
            value = inner;
            return isGood;
        };

    /// <summary>Reads text, or <c>null</c>.</summary>
    public static TextReader<T?> OrNothing<T>(TextReader<T> read)
        where T : class => (string text, out T? value) =>
        {
            if (text == "null")
            {
                value = null;
                return true;
            }

            return read(text, out value!);
        };
}
