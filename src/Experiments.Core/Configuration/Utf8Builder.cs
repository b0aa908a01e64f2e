using System.ComponentModel;

namespace Experiments.Core;

/// <summary>Growing UTF-8 text, used again and again so that nothing is allocated per value. Not safe to share between threads.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class Utf8Builder
{
    private byte[] _bytes = new byte[512];
    private int _length;

    private protected Utf8Builder()
    {
    }

    /// <summary>What was written.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    /// <summary>Starts over.</summary>
    public virtual void Clear() => _length = 0;

    /// <summary>Appends text as it is.</summary>
    public void Append(scoped ReadOnlySpan<byte> utf8)
    {
        if (_bytes.Length - _length < utf8.Length)
            Grow(utf8.Length);
        utf8.CopyTo(_bytes.AsSpan(_length));
        _length += utf8.Length;
    }

    private protected void Append(byte character)
    {
        if (_bytes.Length == _length)
            Grow(1);
        _bytes[_length++] = character;
    }

    /// <summary>Room for that many bytes, which <see cref="Advance"/> keeps.</summary>
    private protected Span<byte> Room(int bytes)
    {
        if (_bytes.Length - _length < bytes)
            Grow(bytes);
        return _bytes.AsSpan(_length);
    }

    private protected void Advance(int bytes) => _length += bytes;

    private void Grow(int bytes) => Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + bytes));
}
