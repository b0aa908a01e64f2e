using System.Buffers.Binary;
using System.Globalization;

namespace Experiments;

/// <summary>
/// 128-bit hash of a configuration's canonical JSON (under first-ever names, without secrets): equal configurations have equal hashes on every machine and version.
/// MurmurHash3 x64 128 with seed 0 (Austin Appleby, public domain); why not a cryptographic hash: <c>docs/decisions/0003-content-hash.md</c>.
/// </summary>
/// <param name="High">First 64 bits of the digest.</param>
/// <param name="Low">Last 64 bits of the digest.</param>
public readonly record struct ContentHash(ulong High, ulong Low) : IComparable<ContentHash>
{
    /// <summary>Number of hexadecimal digits of the whole hash.</summary>
    public const int DigitCount = 32;

    /// <summary>Hashes canonical JSON.</summary>
    public static ContentHash Compute(ReadOnlySpan<byte> canonicalJson)
    {
        Murmur3.Hash128(canonicalJson, out var high, out var low);
        return new ContentHash(high, low);
    }

    /// <summary>Reads 32 hexadecimal digits.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out ContentHash hash)
    {
        hash = default;
        if (text.Length != DigitCount
            || !ulong.TryParse(text[..16], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var high)
            || !ulong.TryParse(text[16..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var low))
            return false;
        hash = new ContentHash(high, low);
        return true;
    }

    /// <summary>Writes the first digits in lower case; <paramref name="digits"/> must be at least <paramref name="count"/> long.</summary>
    public void FormatTo(Span<byte> digits, int count = DigitCount)
    {
        for (var i = 0; i < count; i++)
        {
            var word = i < 16 ? High : Low;
            digits[i] = "0123456789abcdef"u8[(int)(word >> (60 - 4 * (i & 15))) & 15];
        }
    }

    /// <summary>The hash with all but its first digits set to 0.</summary>
    /// <param name="digits">0 to 32.</param>
    public ContentHash Truncate(int digits)
    {
        var high = digits >= 16 ? ulong.MaxValue : ~(ulong.MaxValue >> 4 * digits);
        var low = digits >= 32 ? ulong.MaxValue : digits <= 16 ? 0 : ~(ulong.MaxValue >> 4 * (digits - 16));
        return new ContentHash(High & high, Low & low);
    }

    /// <summary>The 16 bytes of the digest, most significant first.</summary>
    public byte[] ToByteArray()
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, High);
        BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(8), Low);
        return bytes;
    }

    /// <summary>Reads the 16 bytes of <see cref="ToByteArray"/>.</summary>
    public static ContentHash FromBytes(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]));

    /// <inheritdoc/>
    public int CompareTo(ContentHash other) => High != other.High ? High.CompareTo(other.High) : Low.CompareTo(other.Low);

    /// <summary>32 lower case hexadecimal digits.</summary>
    public override string ToString() => string.Create(DigitCount, this, static (text, hash) =>
    {
        Span<byte> digits = stackalloc byte[DigitCount];
        hash.FormatTo(digits);
        for (var i = 0; i < text.Length; i++)
            text[i] = (char)digits[i];
    });
}
