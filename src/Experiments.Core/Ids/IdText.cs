using System.ComponentModel;
using System.Globalization;
using System.Text;

namespace Experiments.Core;

/// <summary>Writes run ids: invariant shortest round-trip numbers with a small <c>e</c>, durations with <c>-</c> for <c>:</c>, <c>null</c> for nothing.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class IdText : Utf8Builder
{
    [ThreadStatic]
    private static IdText? _spare;

    private IdText()
    {
    }

    /// <summary>An empty writer, to be given back with <see cref="Return"/>.</summary>
    public static IdText Rent()
    {
        var id = _spare ?? new IdText();
        _spare = null;
        id.Clear();
        return id;
    }

    /// <summary>Gives the writer back; what it wrote is not valid any more.</summary>
    public void Return() => _spare = this;

    /// <summary>Writes <c>null</c>.</summary>
    public void WriteNull() => Append("null"u8);

    /// <summary>Writes a boolean.</summary>
    public void Write(bool value) => Append(value ? "true"u8 : "false"u8);

    /// <summary>A text that would have made folders of its own; planning refuses it. <see langword="null"/>: there was none.</summary>
    internal string? Separating { get; private set; }

    /// <inheritdoc/>
    public override void Clear()
    {
        base.Clear();
        Separating = null;
    }

    /// <summary>Writes text as it is; planning refuses ids that are not portable.</summary>
    public void Write(string? value)
    {
        if (value is null)
        {
            WriteNull();
            return;
        }

        if (value.Contains('/'))
            Separating ??= value;
        var room = Room(value.Length * 3);
        Advance(Encoding.UTF8.GetBytes(value, room));
    }

    /// <summary>Writes an integer.</summary>
    public void Write(long value, string? format = null) => WriteFormatted(value, format);

    /// <inheritdoc cref="Write(long, string?)"/>
    public void Write(ulong value, string? format = null) => WriteFormatted(value, format);

    /// <summary>Writes a number.</summary>
    public void Write(double value, string? format = null) => WriteFormatted(value == 0 ? 0 : value, format);

    /// <inheritdoc cref="Write(double, string?)"/>
    public void Write(float value, string? format = null) => WriteFormatted(value == 0 ? 0 : value, format);

    /// <summary>Writes a number without trailing zeros.</summary>
    public void Write(decimal value, string? format = null) => WriteFormatted(value, format ?? "G29");

    /// <summary>Writes a duration: <c>00-30-00</c>.</summary>
    public void Write(TimeSpan value, string? format = null)
    {
        var start = Written.Length;
        WriteFormatted(value, format ?? "c");
        if (format is null)
            Replace(start, (byte)':', (byte)'-');
    }

    /// <summary>Writes the first digits of a hash.</summary>
    public void Write(ContentHash hash, int digits)
    {
        hash.FormatTo(Room(digits), digits);
        Advance(digits);
    }

    /// <summary>The text as a string.</summary>
    public override string ToString() => Encoding.UTF8.GetString(Written);

    private void WriteFormatted<T>(T value, string? format)
        where T : IUtf8SpanFormattable
    {
        var size = 64;
        int written;
        while (!value.TryFormat(Room(size), out written, format, CultureInfo.InvariantCulture))
            size *= 2;
        Lower(Room(size)[..written]);
        Advance(written);
    }

    private static void Lower(Span<byte> text)
    {
        foreach (ref var character in text)
        {
            if (character is >= (byte)'A' and <= (byte)'Z')
                character |= 0x20;
        }
    }

    private void Replace(int start, byte from, byte to)
    {
        var length = Written.Length - start;
        Advance(-length);
        Room(length)[..length].Replace(from, to);
        Advance(length);
    }
}
