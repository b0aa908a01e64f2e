namespace Experiments.Generators.Python.Syntax;

/// <summary>Kinds of tokens.</summary>
internal enum TokenKind
{
    Name,
    Number,
    String,
    Formatted,
    Operator,
    Newline,
    Indent,
    Dedent,
    End,
}

/// <summary>A token of Python source.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Text">Its text; for strings, what is between the quotes, escapes resolved.</param>
internal readonly record struct Token(TokenKind Kind, string Text)
{
    public bool Is(string op) => Kind == TokenKind.Operator && Text == op;

    public bool IsWord(string word) => Kind == TokenKind.Name && Text == word;
}
