using System.ComponentModel;
using System.Globalization;
using System.Text.Encodings.Web;

namespace Experiments.Core;

/// <summary>
/// Writes the one JSON text of a configuration: keys in ordinal order (generated code sees to that), no white space, shortest
/// round-trip numbers, −0 as 0, no NaN or infinity, text escaped as <see cref="JavaScriptEncoder.Default"/> does.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class CanonicalJson : Utf8Builder
{
    [ThreadStatic]
    private static CanonicalJson? _spare;

    private CanonicalJson()
    {
    }

    /// <summary>An empty writer, to be given back with <see cref="Return"/>.</summary>
    public static CanonicalJson Rent()
    {
        var json = _spare ?? new CanonicalJson();
        _spare = null;
        json.Clear();
        return json;
    }

    /// <summary>Gives the writer back; what it wrote is not valid any more.</summary>
    public void Return() => _spare = this;

    /// <summary>Writes <c>null</c>.</summary>
    public void WriteNull() => Append("null"u8);

    /// <summary>Writes a boolean.</summary>
    public void Write(bool value) => Append(value ? "true"u8 : "false"u8);

    /// <summary>Writes an integer.</summary>
    public void Write(long value) => WriteNumber(value);

    /// <inheritdoc cref="Write(long)"/>
    public void Write(ulong value) => WriteNumber(value);

    /// <summary>Writes a number.</summary>
    /// <exception cref="ExperimentsException">EXP8010: the number is NaN or infinite.</exception>
    public void Write(double value)
    {
        if (!double.IsFinite(value))
            throw NotFinite(value);
        WriteNumber(value == 0 ? 0 : value);
    }

    /// <inheritdoc cref="Write(double)"/>
    public void Write(float value)
    {
        if (!float.IsFinite(value))
            throw NotFinite(value);
        WriteNumber(value == 0 ? 0 : value);
    }

    /// <summary>Writes a number without trailing zeros: 1.10 and 1.1 are one value.</summary>
    public void Write(decimal value) => WriteNumber(value, "G29");

    /// <summary>Writes a duration as <c>[-][d.]hh:mm:ss[.fffffff]</c>.</summary>
    public void Write(TimeSpan value)
    {
        Append((byte)'"');
        WriteNumber(value, "c");
        Append((byte)'"');
    }

    /// <summary>Writes text, or <c>null</c>.</summary>
    public void Write(string? value)
    {
        if (value is null)
        {
            WriteNull();
            return;
        }

        Append((byte)'"');
        var encoder = JavaScriptEncoder.Default;
        Span<char> escaped = stackalloc char[256];
        ReadOnlySpan<char> rest = value;
        while (!rest.IsEmpty)
        {
            encoder.Encode(rest, escaped, out var consumed, out var written);
            var room = Room(written * 3);
            Advance(System.Text.Encoding.UTF8.GetBytes(escaped[..written], room));
            rest = rest[consumed..];
        }

        Append((byte)'"');
    }

    /// <summary>Writes where a secret is, or <c>null</c>.</summary>
    public void Write(Secret value) => Write(value.IsEmpty ? null : value.ToString());

    /// <summary>Writes the name of an enum value, which needs no escaping of its own.</summary>
    public void WriteName(scoped ReadOnlySpan<byte> escapedName)
    {
        Append((byte)'"');
        Append(escapedName);
        Append((byte)'"');
    }

    /// <summary>Refuses a record that derives from the declared one: what it adds would not be written, and configurations that differ would be taken for one.</summary>
    /// <typeparam name="T">The declared record.</typeparam>
    /// <exception cref="ExperimentsException">EXP8010: the record is of another type.</exception>
    public static void Exactly<T>(T record)
        where T : class
    {
        if (record.GetType() != typeof(T))
            throw Derived(typeof(T).Name, record.GetType().Name);
    }

    private void WriteNumber<T>(T value, ReadOnlySpan<char> format = default)
        where T : IUtf8SpanFormattable
    {
        value.TryFormat(Room(64), out var written, format, CultureInfo.InvariantCulture);
        Advance(written);
    }

    private static ExperimentsException Derived(string declared, string given) => new("EXP8010",
        $"expected every `{declared}` of a configuration to be just a `{declared}`, got a `{given}`",
        $"what `{given}` adds would not be kept: give `{declared}` its properties, or a property of the configuration the type `{given}`; `sealed` on `{declared}` says so at compile time");

    private static ExperimentsException NotFinite(double value) => new("EXP8010",
        $"expected every number of a configuration to be finite, got `{value.ToString(CultureInfo.InvariantCulture)}`",
        "use a nullable property for a value that may be missing");
}
