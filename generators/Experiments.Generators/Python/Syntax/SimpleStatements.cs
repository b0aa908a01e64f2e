namespace Experiments.Generators.Python.Syntax;

/// <summary>Parses statements without a block.</summary>
internal sealed class SimpleStatements(TokenStream tokens, ExpressionParser expressions)
{
    public void Parse(List<Statement> into)
    {
        if (tokens.Current.Kind == TokenKind.Name)
        {
            switch (tokens.Current.Text)
            {
                case "import":
                    tokens.Take();
                    Import(into);
                    return;
                case "from":
                    tokens.Take();
                    into.Add(ImportFrom());
                    return;
                case "return":
                    tokens.Take();
                    into.Add(new ReturnStatement(IsLineEnd ? null : expressions.ParseList()));
                    return;
                case "pass" or "break" or "continue":
                    tokens.Take();
                    return;
                case "raise" or "assert" or "del":
                    tokens.Take();
                    into.Add(Other());
                    return;
                case "global" or "nonlocal":
                case "type" when tokens.Next.Kind == TokenKind.Name:
                    while (!IsLineEnd)
                        tokens.Take();
                    return;
            }
        }

        into.Add(Expression());
    }

    private bool IsLineEnd => tokens.Current.Kind is TokenKind.Newline or TokenKind.End or TokenKind.Dedent || tokens.Current.Is(";");

    private OtherStatement Other()
    {
        var values = new List<Node>();
        if (!IsLineEnd)
            values.Add(expressions.ParseList());
        if (tokens.AcceptWord("from"))
            values.Add(expressions.Parse());
        return new OtherStatement(values);
    }

    private Statement Expression()
    {
        var first = expressions.ParseList();
        if (tokens.Accept(":"))
        {
            var annotation = expressions.Parse();
            return new AssignStatement([first], tokens.Accept("=") ? expressions.ParseList() : null, annotation);
        }

        if (tokens.Current.Is("="))
        {
            var parts = new List<Node> { first };
            while (tokens.Accept("="))
                parts.Add(expressions.ParseList());
            return new AssignStatement(parts.Take(parts.Count - 1).ToList(), parts[parts.Count - 1], null);
        }

        if (tokens.Current.Kind == TokenKind.Operator && tokens.Current.Text.Length > 1 && tokens.Current.Text.EndsWith("=", StringComparison.Ordinal))
        {
            var op = tokens.Take().Text;
            return new AssignStatement([first], new BinaryNode(op.Substring(0, op.Length - 1), first, expressions.ParseList()), null);
        }

        return new ExpressionStatement(first);
    }

    private void Import(List<Statement> into)
    {
        do
        {
            var module = Dotted();
            into.Add(new ImportStatement(module, tokens.AcceptWord("as") ? tokens.Take().Text : null));
        }
        while (tokens.Accept(","));
    }

    private ImportFromStatement ImportFrom()
    {
        var level = 0;
        while (tokens.Current.Is(".") || tokens.Current.Is("..."))
            level += tokens.Take().Text.Length;
        var module = tokens.Current.IsWord("import") ? "" : Dotted();
        if (!tokens.AcceptWord("import"))
            tokens.HasErrors = true;
        var names = new List<(string, string)>();
        var isEnclosed = tokens.Accept("(");
        while (tokens.Current.Kind == TokenKind.Name || tokens.Current.Is("*"))
        {
            var name = tokens.Take().Text;
            names.Add((name, tokens.AcceptWord("as") ? tokens.Take().Text : name));
            if (!tokens.Accept(","))
                break;
        }

        if (isEnclosed)
            tokens.Expect(")");
        return new ImportFromStatement(level, module, names);
    }

    private string Dotted()
    {
        var name = tokens.Current.Kind == TokenKind.Name ? tokens.Take().Text : "";
        while (tokens.Current.Is(".") && tokens.Next.Kind == TokenKind.Name)
        {
            tokens.Take();
            name += "." + tokens.Take().Text;
        }

        return name;
    }
}
