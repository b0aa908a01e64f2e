using System.Text;

namespace Experiments.Generators.Python.Syntax;

/// <summary>Splits Python source into tokens. Every text has some: what can't be a token is skipped, an open string ends where it must have.</summary>
internal sealed class Lexer
{
    private static readonly string[] _operators = ["**=", "//=", ">>=", "<<=", "...", "**", "//", ">>", "<<", "<=", ">=", "==", "!=", "->", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "@=", ":="];

    private readonly string _text;
    private readonly List<Token> _tokens = [];
    private readonly Stack<int> _indents = new();
    private int _position;
    private int _brackets;

    private Lexer(string text) => _text = text;

    /// <summary>The tokens; the last is <see cref="TokenKind.End"/>.</summary>
    public static IReadOnlyList<Token> Read(string text)
    {
        var lexer = new Lexer(text);
        lexer.Run();
        return lexer._tokens;
    }

    private char Current => At(0);

    private char At(int offset) => _position + offset < _text.Length ? _text[_position + offset] : '\0';

    private void Run()
    {
        _indents.Push(0);
        if (Current == '\uFEFF')
            _position++;
        var lineStart = true;
        while (_position < _text.Length)
        {
            if (lineStart && _brackets == 0)
            {
                lineStart = false;
                if (!Indentation())
                    continue;
            }

            var c = Current;
            if (c is '\n' or '\r')
            {
                SkipNewline();
                if (_brackets == 0)
                {
                    Newline();
                    lineStart = true;
                }
            }
            else if (c is ' ' or '\t' or '\f')
                _position++;
            else if (c == '#')
                SkipComment();
            else if (c == '\\' && At(1) is ('\n' or '\r'))
            {
                _position++;
                SkipNewline();
            }
            else if (IsStringStart(out var prefix))
                String(prefix);
            else if (char.IsLetter(c) || c == '_')
                Add(TokenKind.Name, Take(ch => char.IsLetterOrDigit(ch) || ch == '_'));
            else if (char.IsDigit(c) || (c == '.' && char.IsDigit(At(1))))
                Number();
            else
                Operator();
        }

        Newline();
        while (_indents.Pop() > 0)
            Add(TokenKind.Dedent, "");
        Add(TokenKind.End, "");
    }

    /// <summary>Indents and dedents of a new line; false when the line is blank.</summary>
    private bool Indentation()
    {
        var column = 0;
        while (Current is ' ' or '\t' or '\f')
        {
            column = Current == '\t' ? (column / 8 + 1) * 8 : Current == '\f' ? 0 : column + 1;
            _position++;
        }

        if (Current == '#')
            SkipComment();
        if (Current is '\n' or '\r')
            return true;
        if (_position >= _text.Length)
            return false;
        if (column > _indents.Peek())
        {
            _indents.Push(column);
            Add(TokenKind.Indent, "");
        }

        while (column < _indents.Peek())
        {
            _indents.Pop();
            Add(TokenKind.Dedent, "");
        }

        return true;
    }

    private void Newline()
    {
        if (_tokens.Count > 0 && _tokens[_tokens.Count - 1].Kind is not (TokenKind.Newline or TokenKind.Indent or TokenKind.Dedent))
            Add(TokenKind.Newline, "");
    }

    private void SkipNewline() => _position += Current == '\r' && At(1) == '\n' ? 2 : 1;

    private void SkipComment()
    {
        while (_position < _text.Length && Current is not ('\n' or '\r'))
            _position++;
    }

    private bool IsStringStart(out string prefix)
    {
        var length = 0;
        while (length < 3 && "rRbBuUfFtT".IndexOf(At(length)) >= 0 && At(length) != '\0')
            length++;
        var isString = At(length) is '"' or '\'' && length < 3;
        prefix = isString ? _text.Substring(_position, length).ToLowerInvariant() : "";
        return isString;
    }

    private void String(string prefix)
    {
        _position += prefix.Length;
        var quote = Current;
        var isLong = At(1) == quote && At(2) == quote;
        var isFormatted = prefix.IndexOf('f') >= 0 || prefix.IndexOf('t') >= 0;
        _position += isLong ? 3 : 1;
        var text = new StringBuilder();
        var braces = 0;
        while (_position < _text.Length)
        {
            var c = Current;
            if (!isLong && c is ('\n' or '\r'))
                break;
            if (c == '\\' && _position + 1 < _text.Length)
            {
                Escape(text, prefix.IndexOf('r') >= 0);
                continue;
            }

            if (isFormatted && c is ('{' or '}'))
                braces = Math.Max(0, braces + (c == '{' ? 1 : -1));
            else if (isFormatted && braces % 2 == 1 && c is '"' or '\'' && c != quote && NestedString() is { } nested)
            {
                text.Append(nested);
                continue;
            }

            if (c == quote && (!isLong || (At(1) == quote && At(2) == quote)))
            {
                _position += isLong ? 3 : 1;
                Add(isFormatted ? TokenKind.Formatted : TokenKind.String, prefix.IndexOf('b') >= 0 ? "" : text.ToString());
                return;
            }

            text.Append(c);
            _position++;
        }

        Add(isFormatted ? TokenKind.Formatted : TokenKind.String, text.ToString());
    }

    /// <summary>A string inside the braces of an f-string, as it is written; <see langword="null"/> when it does not end on its line.</summary>
    private string? NestedString()
    {
        var end = _position + 1;
        while (end < _text.Length && _text[end] != Current && _text[end] is not ('\n' or '\r' or '}'))
            end++;
        if (end >= _text.Length || _text[end] != Current)
            return null;
        var text = _text.Substring(_position, end + 1 - _position);
        _position = end + 1;
        return text;
    }

    private void Escape(StringBuilder text, bool isRaw)
    {
        var next = At(1);
        if (isRaw)
            text.Append('\\').Append(next);
        else if (next is not ('\n' or '\r'))
            text.Append(next switch { 'n' => '\n', 't' => '\t', 'r' => '\r', '0' => '\0', _ => next });
        _position += next == '\r' && At(2) == '\n' ? 3 : 2;
    }

    private void Number()
    {
        var start = _position;
        while (char.IsLetterOrDigit(Current) || Current is '.' or '_' || (Current is '+' or '-' && _text[_position - 1] is 'e' or 'E' && !IsHex(start)))
            _position++;
        Add(TokenKind.Number, _text.Substring(start, _position - start));
    }

    private bool IsHex(int start) => start + 1 < _text.Length && _text[start] == '0' && _text[start + 1] is 'x' or 'X';

    private void Operator()
    {
        var text = _operators.FirstOrDefault(op => string.CompareOrdinal(_text, _position, op, 0, op.Length) == 0) ?? Current.ToString();
        _position += text.Length;
        if (text is "(" or "[" or "{")
            _brackets++;
        else if (text is ")" or "]" or "}")
            _brackets = Math.Max(0, _brackets - 1);
        Add(TokenKind.Operator, text);
    }

    private string Take(Func<char, bool> belongs)
    {
        var start = _position;
        while (_position < _text.Length && belongs(Current))
            _position++;
        return _text.Substring(start, _position - start);
    }

    private void Add(TokenKind kind, string text) => _tokens.Add(new Token(kind, text));
}
