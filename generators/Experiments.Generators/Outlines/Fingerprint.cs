namespace Experiments.Generators.Outlines;

/// <summary>128 bits that stand for a text or a sequence of them: two lanes of different multiplicative hashes. Not against malice, only against chance.</summary>
internal struct Fingerprint : IEquatable<Fingerprint>
{
    private ulong _first;
    private ulong _second;

    public void Add(ulong value)
    {
        unchecked
        {
            _first = (_first ^ value) * 0x9E3779B97F4A7C15;
            _first ^= _first >> 32;
            _second = (_second + value + 0x632BE59BD9B4E019) * 0xFF51AFD7ED558CCD;
            _second ^= _second >> 29;
        }
    }

    /// <summary>Adds a text with its length, so that two neighbours cannot trade characters.</summary>
    public void Add(string text)
    {
        Add((ulong)text.Length);
        var word = 0UL;
        for (var i = 0; i < text.Length; i++)
        {
            word = (word << 16) | text[i];
            if ((i & 3) == 3)
                Add(word);
        }

        Add(word);
    }

    public void Add(Fingerprint other)
    {
        Add(other._first);
        Add(other._second);
    }

    public readonly bool Equals(Fingerprint other) => _first == other._first && _second == other._second;

    public override readonly bool Equals(object? obj) => obj is Fingerprint other && Equals(other);

    public override readonly int GetHashCode() => unchecked((int)_first);
}
