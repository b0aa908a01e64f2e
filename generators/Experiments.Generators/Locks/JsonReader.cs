using System.Globalization;
using System.Text;

namespace Experiments.Generators.Locks;

/// <summary>Reads JSON. What is none is a <see cref="FormatException"/>, nothing else.</summary>
internal sealed class JsonReader
{
    private const int DepthMax = 64;

    private readonly string _text;
    private int _at;
    private int _depth;

    private JsonReader(string text) => _text = text;

    public static JsonNode Read(string text)
    {
        var reader = new JsonReader(text);
        // Editors may put a mark before the text.
        if (text.Length > 0 && text[0] == '\uFEFF')
            reader._at++;
        var value = reader.Value();
        reader.Space();
        return reader._at == text.Length ? value : throw reader.Wrong("nothing more");
    }

    private JsonNode Value()
    {
        Space();
        var start = _at;
        if (++_depth > DepthMax)
            throw Wrong("less nesting");
        var value = Peek() switch
        {
            '{' => Object(),
            '[' => List(),
            '"' => JsonNode.Of(Text()),
            't' => Word("true", JsonNode.Of(true)),
            'f' => Word("false", JsonNode.Of(false)),
            'n' => Word("null", JsonNode.Null),
            _ => Number(),
        };
        _depth--;
        return value with { Span = (start, _at) };
    }

    private JsonNode Object()
    {
        var members = new List<JsonMember>();
        for (_at++, Space(); Peek() != '}'; Space())
        {
            if (members.Count > 0)
                Expect(',');
            Space();
            var start = _at;
            var name = Text();
            Space();
            Expect(':');
            members.Add(new JsonMember(name, start, Value()));
        }

        _at++;
        return new JsonNode(JsonKind.Object) { Members = members };
    }

    private JsonNode List()
    {
        var items = new List<JsonNode>();
        for (_at++, Space(); Peek() != ']'; Space())
        {
            if (items.Count > 0)
                Expect(',');
            items.Add(Value());
        }

        _at++;
        return JsonNode.Of(items);
    }

    private JsonNode Number()
    {
        var start = _at;
        while (_at < _text.Length && (char.IsLetterOrDigit(_text[_at]) || _text[_at] is '+' or '-' or '.'))
            _at++;
        var text = _text.Substring(start, _at - start);
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? JsonNode.Of(number, text) : throw Wrong("a value");
    }

    private JsonNode Word(string word, JsonNode value)
    {
        if (string.CompareOrdinal(_text, _at, word, 0, word.Length) != 0)
            throw Wrong("a value");
        _at += word.Length;
        return value;
    }

    private string Text()
    {
        Expect('"');
        var text = new StringBuilder();
        for (; Peek() is var c && c != '"'; _at++)
        {
            if (c == '\\')
            {
                _at++;
                c = Escaped();
            }

            text.Append(c);
        }

        _at++;
        return text.ToString();
    }

    private char Escaped()
    {
        switch (Peek())
        {
            case 'u' when _at + 4 < _text.Length && ushort.TryParse(_text.Substring(_at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code):
                _at += 4;
                return (char)code;
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case '"' or '\\' or '/':
                return _text[_at];
            default:
                throw Wrong("an escape");
        }
    }

    private void Space()
    {
        while (_at < _text.Length && _text[_at] is ' ' or '\n' or '\r' or '\t')
            _at++;
    }

    private char Peek() => _at < _text.Length ? _text[_at] : throw Wrong("more");

    private void Expect(char character)
    {
        if (Peek() != character)
            throw Wrong($"`{character}`");
        _at++;
    }

    private FormatException Wrong(string expected)
    {
        var line = 1 + _text.Take(Math.Min(_at, _text.Length)).Count(c => c == '\n');
        return new FormatException($"expected {expected} in line {line.ToString(CultureInfo.InvariantCulture)}, got {(_at < _text.Length ? $"`{_text[_at]}`" : "the end")}");
    }
}
