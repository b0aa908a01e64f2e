namespace Experiments.Generators.Python.Syntax;

/// <summary>A position in tokens. Reading past the end gives the end again, so that no loop runs off.</summary>
internal sealed class TokenStream(IReadOnlyList<Token> tokens)
{
    /// <summary>Deeper nesting than any program has is skipped, not recursed into.</summary>
    private const int MaxDepth = 60;

    private int _position;
    private int _depth;

    public Token Current => tokens[Math.Min(_position, tokens.Count - 1)];

    public Token Next => tokens[Math.Min(_position + 1, tokens.Count - 1)];

    public int Position => _position;

    /// <summary>Whether something was skipped because it was not understood.</summary>
    public bool HasErrors { get; set; }

    public bool IsAtEnd => Current.Kind == TokenKind.End;

    public void Back(int position) => _position = position;

    public Token Take()
    {
        var token = Current;
        if (_position < tokens.Count - 1)
            _position++;
        return token;
    }

    public bool Accept(string op)
    {
        if (!Current.Is(op))
            return false;
        Take();
        return true;
    }

    public bool AcceptWord(string word)
    {
        if (!Current.IsWord(word))
            return false;
        Take();
        return true;
    }

    public void Expect(string op)
    {
        if (!Accept(op))
            HasErrors = true;
    }

    /// <summary>Enters a nested construct; false when it is too deep.</summary>
    public bool Enter()
    {
        if (++_depth <= MaxDepth)
            return true;
        _depth--;
        HasErrors = true;
        return false;
    }

    public void Leave() => _depth--;

    /// <summary>Skips to the bracket that closes the current nesting, which is not taken, or to the end of the line.</summary>
    public void SkipToClose()
    {
        var open = 0;
        while (!IsAtEnd && Current.Kind != TokenKind.Newline)
        {
            if (Current.Is("(") || Current.Is("[") || Current.Is("{"))
                open++;
            else if ((Current.Is(")") || Current.Is("]") || Current.Is("}")) && open-- == 0)
                return;
            Take();
        }
    }

    /// <summary>Skips the rest of a line.</summary>
    public void SkipLine()
    {
        while (!IsAtEnd && Current.Kind is not (TokenKind.Newline or TokenKind.Dedent))
            Take();
        if (Current.Kind == TokenKind.Newline)
            Take();
    }
}
