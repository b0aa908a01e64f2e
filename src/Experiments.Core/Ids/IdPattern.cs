using System.ComponentModel;

namespace Experiments.Core;

/// <summary>A part of a run id template, as far as reading an id back needs to know.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class IdPart
{
    private enum Kind
    {
        Literal,
        Text,
        Number,
        Choice,
    }

    private readonly Kind _kind;
    private readonly string[] _texts;

    private IdPart(Kind kind, params string[] texts)
    {
        _kind = kind;
        _texts = texts;
    }

    /// <summary>Fixed text.</summary>
    public static IdPart Literal(string text) => new(Kind.Literal, text);

    /// <summary>Any text within a segment.</summary>
    public static IdPart Text() => new(Kind.Text);

    /// <summary>Digits, signs, dots, commas and exponents; or <c>null</c>.</summary>
    public static IdPart Number() => new(Kind.Number);

    /// <summary>One of some texts.</summary>
    public static IdPart Choice(params string[] texts) => new(Kind.Choice, [.. texts.OrderByDescending(t => t.Length)]);

    /// <summary>A text, or nothing.</summary>
    public static IdPart Flag(string text) => new(Kind.Choice, text, "");

    /// <summary>That many hexadecimal digits.</summary>
    public static IdPart Hash(int digits) => new(Kind.Choice) { Digits = digits };

    internal int Digits { get; private init; }

    internal bool IsCaptured => _kind != Kind.Literal;

    /// <summary>The lengths with which this part may start a text, longest first.</summary>
    internal IEnumerable<int> Lengths(string text, int start)
    {
        if (Digits > 0)
        {
            if (start + Digits <= text.Length && text.AsSpan(start, Digits).IndexOfAnyExcept("0123456789abcdef") < 0)
                yield return Digits;
            yield break;
        }

        if (_kind is Kind.Literal or Kind.Choice)
        {
            foreach (var choice in _texts)
            {
                if (string.CompareOrdinal(text, start, choice, 0, choice.Length) == 0)
                    yield return choice.Length;
            }

            yield break;
        }

        if (_kind == Kind.Number && string.CompareOrdinal(text, start, "null", 0, 4) == 0)
            yield return 4;
        var longest = _kind == Kind.Number
            ? text.AsSpan(start).IndexOfAnyExcept("0123456789+-.,e")
            : text.AsSpan(start).IndexOf('/');
        if (longest < 0)
            longest = text.Length - start;
        for (var length = longest; length >= (_kind == Kind.Number ? 1 : 0); length--)
            yield return length;
    }
}

/// <summary>A run id template to match ids against.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class IdPattern(params IdPart[] parts)
{
    /// <summary>Matches an id; <paramref name="captured"/> are the texts of the holes, in order.</summary>
    public bool TryMatch(string id, out string[] captured)
    {
        captured = new string[parts.Count(p => p.IsCaptured)];
        return id.Length <= PortablePath.BytesMax && Match(id, 0, 0, 0, captured);
    }

    private bool Match(string id, int part, int position, int capture, string[] captured)
    {
        if (part == parts.Length)
            return position == id.Length;
        foreach (var length in parts[part].Lengths(id, position))
        {
            if (!Match(id, part + 1, position + length, capture + (parts[part].IsCaptured ? 1 : 0), captured))
                continue;
            if (parts[part].IsCaptured)
                captured[capture] = id.Substring(position, length);
            return true;
        }

        return false;
    }
}
