using System.Text;
using System.Text.Unicode;

namespace Experiments.Runtime.Reports;

/// <summary>
/// JSON whose strings are Unicode. Trainers write Latin-1 into it, and Python's <c>json.dumps</c> half surrogates for the bytes of a file name that is no UTF-8:
/// a reader accepts both as JSON and then has no text to give. What can't be a character becomes U+FFFD, and the rest is kept.
/// </summary>
internal static class WellFormedJson
{
    private const int EscapeLength = 6;

    /// <summary>The same JSON, or a repaired copy.</summary>
    public static ReadOnlyMemory<byte> Of(ReadOnlyMemory<byte> json)
    {
        if (!Utf8.IsValid(json.Span))
            json = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(json.Span));
        return json.Span.IndexOf("\\u"u8) < 0 ? json : Paired(json);
    }

    private static ReadOnlyMemory<byte> Paired(ReadOnlyMemory<byte> json)
    {
        byte[]? repaired = null;
        for (var i = 0; i < json.Length; i++)
        {
            var rest = json.Span[i..];
            if (rest[0] != '\\')
                continue;
            if (Surrogate(rest) is not { } isHigh)
            {
                i++; // Whatever is escaped begins no escape itself.
                continue;
            }

            if (isHigh && Surrogate(rest[EscapeLength..]) is false)
            {
                i += (2 * EscapeLength) - 1;
                continue;
            }

            repaired ??= json.ToArray();
            "\\ufffd"u8.CopyTo(repaired.AsSpan(i));
            i += EscapeLength - 1;
        }

        return repaired ?? json;
    }

    /// <summary>Whether this begins with the escape of a high surrogate (true) or a low one (false).</summary>
    private static bool? Surrogate(ReadOnlySpan<byte> text) =>
        text.Length < EscapeLength || !text.StartsWith("\\u"u8) || (text[2] | 0x20) != 'd' ? null
        : (char)(text[3] | 0x20) switch
        {
            '8' or '9' or 'a' or 'b' => true,
            'c' or 'd' or 'e' or 'f' => false,
            _ => null,
        };
}
