using System.Text;

namespace Experiments.Runtime.Publishing;

/// <summary>
/// Names of directory entries are bytes. Those that are UTF-8 are held as their text; others as <c>\0</c>, which is in no name, and a character
/// for each byte. So every name is a string that can be noted, and none is lost or taken for another.
/// </summary>
internal static class EntryName
{
    private const char Raw = '\0';

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>The string of a name.</summary>
    public static string Of(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Raw + Encoding.Latin1.GetString(bytes);
        }
    }

    /// <summary>The bytes of a name, and a zero behind them, as the operating system takes them.</summary>
    public static byte[] Bytes(string name) => name.StartsWith(Raw) ? [.. Encoding.Latin1.GetBytes(name, 1, name.Length - 1), 0] : [.. Encoding.UTF8.GetBytes(name), 0];

    /// <summary>The name as people can read it.</summary>
    public static string Shown(string name) => name.StartsWith(Raw) ? string.Concat(name.Skip(1).Select(c => c < 0x80 ? c.ToString() : $"\\x{(int)c:x2}")) : name;

    /// <summary>Whether a string is the name of an entry, and leads nowhere else.</summary>
    public static bool IsValid(string name) =>
        name is not ("" or "." or "..") && !name.Contains('/', StringComparison.Ordinal) && name.LastIndexOf(Raw) <= 0 && Of(Bytes(name).AsSpan(..^1)) == name;
}
