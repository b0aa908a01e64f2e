using System.Text;

namespace Experiments.Core;

/// <summary>The rule for run ids: a relative path that every common filesystem keeps as it is.</summary>
/// <remarks>This file is also compiled into the generator, which cannot reference this assembly.</remarks>
public static class PortablePath
{
    /// <summary>Most UTF-8 bytes of one segment: filesystems allow 255, and files beside it add suffixes.</summary>
    public const int SegmentBytesMax = 200;

    /// <summary>Most UTF-8 bytes of the whole id.</summary>
    public const int BytesMax = 400;

    private static readonly HashSet<string> _reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$",
        "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9",
        "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9",
    };

    /// <summary>What is wrong with an id, to follow <c>expected … to be a portable path, got …:</c>; <see langword="null"/> when nothing is.</summary>
    public static string? Problem(string id)
    {
        if (id.Length == 0)
            return "it is empty";
        if (Encoding.UTF8.GetByteCount(id) > BytesMax)
            return $"it has more than {BytesMax} bytes";
        var start = 0;
        for (var i = 0; i <= id.Length; i++)
        {
            if (i < id.Length && id[i] != '/')
            {
                if (!IsAllowed(id, i))
                    return $"the character {Describe(id[i])} is not portable";
                continue;
            }

            if (SegmentProblem(id.Substring(start, i - start)) is { } problem)
                return problem;
            start = i + 1;
        }

        return null;
    }

    /// <summary>Whether a character may stand in an id, other than the separator <c>/</c>.</summary>
    public static bool IsAllowed(char c) =>
        c is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '.' or '_' or '=' or '+' or ',' or '@' or '-'
        || (c > 127 && char.IsLetterOrDigit(c));

    // Letters outside the basic plane come as two surrogates, which only the string overload recognises.
    private static bool IsAllowed(string id, int index)
    {
        var c = id[index];
        if (char.IsHighSurrogate(c))
            return index + 1 < id.Length && char.IsLowSurrogate(id[index + 1]) && char.IsLetterOrDigit(id, index);
        if (char.IsLowSurrogate(c))
            return index > 0 && char.IsHighSurrogate(id[index - 1]);
        return IsAllowed(c);
    }

    private static string? SegmentProblem(string segment)
    {
        if (segment.Length == 0)
            return "it has an empty segment";
        if (segment[0] == '.' || segment[segment.Length - 1] == '.')
            return $"the segment `{segment}` begins or ends with a dot";
        if (Encoding.UTF8.GetByteCount(segment) > SegmentBytesMax)
            return $"a segment has more than {SegmentBytesMax} bytes";
        var dot = segment.IndexOf('.');
        var stem = dot < 0 ? segment : segment.Substring(0, dot);
        return _reserved.Contains(stem) ? $"`{stem}` is a reserved name on Windows" : null;
    }

    private static string Describe(char c) => c is > ' ' and < (char)127 ? $"`{c}`" : c == ' ' ? "space" : $"U+{(int)c:X4}";
}
