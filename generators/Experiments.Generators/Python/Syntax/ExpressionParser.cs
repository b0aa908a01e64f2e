namespace Experiments.Generators.Python.Syntax;

/// <summary>Parses expressions. Comprehensions, lambdas and the like are read over, as <see cref="OpaqueNode"/>.</summary>
internal sealed class ExpressionParser(TokenStream tokens)
{
    private static readonly string[][] _levels =
        [["|"], ["^"], ["&"], ["<<", ">>"], ["+", "-"], ["*", "/", "//", "%", "@"]];

    /// <summary>An expression, or several with commas between them as a sequence.</summary>
    public Node ParseList()
    {
        var first = ParseItem();
        if (!tokens.Current.Is(","))
            return first;
        var items = new List<Node> { first };
        while (tokens.Accept(",") && StartsExpression())
            items.Add(ParseItem());
        return new SequenceNode(items);
    }

    public Node Parse()
    {
        if (!tokens.Enter())
        {
            tokens.SkipToClose();
            return OpaqueNode.Instance;
        }

        var result = ParseConditional();
        tokens.Leave();
        return result;
    }

    /// <summary>An expression, or one that is spread with a star.</summary>
    public Node ParseItem() => tokens.Accept("*") ? new StarNode(Parse()) : Parse();

    private bool StartsExpression() => tokens.Current.Kind is TokenKind.Name or TokenKind.Number or TokenKind.String or TokenKind.Formatted
        || (tokens.Current.Kind == TokenKind.Operator && tokens.Current.Text is "(" or "[" or "{" or "-" or "+" or "~" or "*" or "...")
        && !(tokens.Current.Kind == TokenKind.Name && tokens.Current.Text is "for" or "if" or "in" or "else" or "async");

    private Node ParseConditional()
    {
        if (tokens.Current.IsWord("lambda"))
            return Lambda();
        if (tokens.Current.IsWord("yield"))
            return Yield();
        var value = ParseOr();
        if (tokens.Accept(":="))
            return Parse();
        if (!tokens.Current.IsWord("if"))
            return value;
        tokens.Take();
        var test = ParseOr();
        if (!tokens.AcceptWord("else"))
            return OpaqueNode.Instance;
        return new ConditionalNode(test, value, Parse());
    }

    private Node Lambda()
    {
        tokens.Take();
        var open = 0;
        while (!tokens.IsAtEnd && tokens.Current.Kind != TokenKind.Newline && !(open == 0 && tokens.Current.Is(":")))
        {
            open += tokens.Current.Is("(") || tokens.Current.Is("[") || tokens.Current.Is("{") ? 1 : 0;
            if ((tokens.Current.Is(")") || tokens.Current.Is("]") || tokens.Current.Is("}")) && open-- == 0)
                return OpaqueNode.Instance;
            tokens.Take();
        }

        tokens.Expect(":");
        Parse();
        return OpaqueNode.Instance;
    }

    private OpaqueNode Yield()
    {
        tokens.Take();
        tokens.AcceptWord("from");
        if (StartsExpression())
            ParseList();
        return OpaqueNode.Instance;
    }

    private Node ParseOr()
    {
        var left = ParseAnd();
        while (tokens.AcceptWord("or"))
            left = new BinaryNode("or", left, ParseAnd());
        return left;
    }

    private Node ParseAnd()
    {
        var left = ParseNot();
        while (tokens.AcceptWord("and"))
            left = new BinaryNode("and", left, ParseNot());
        return left;
    }

    private Node ParseNot()
    {
        var count = 0;
        while (tokens.AcceptWord("not"))
            count++;
        var operand = ParseComparison();
        return count % 2 == 1 ? new NotNode(operand) : operand;
    }

    private Node ParseComparison()
    {
        var left = ParseBinary(0);
        while (true)
        {
            string op;
            if (tokens.Current.Kind == TokenKind.Operator && tokens.Current.Text is "==" or "!=" or "<" or ">" or "<=" or ">=")
                op = tokens.Take().Text;
            else if (tokens.AcceptWord("in"))
                op = "in";
            else if (tokens.Current.IsWord("not") && tokens.Next.IsWord("in"))
            {
                tokens.Take();
                tokens.Take();
                op = "not in";
            }
            else if (tokens.AcceptWord("is"))
                op = tokens.AcceptWord("not") ? "is not" : "is";
            else
                return left;
            left = new BinaryNode(op, left, ParseBinary(0));
        }
    }

    private Node ParseBinary(int level)
    {
        if (level == _levels.Length)
            return ParseUnary();
        var left = ParseBinary(level + 1);
        while (tokens.Current.Kind == TokenKind.Operator && _levels[level].Contains(tokens.Current.Text))
            left = new BinaryNode(tokens.Take().Text, left, ParseBinary(level + 1));
        return left;
    }

    private Node ParseUnary()
    {
        var isNegative = false;
        var isUnary = false;
        while (tokens.Current.Is("-") || tokens.Current.Is("+") || tokens.Current.Is("~"))
        {
            isNegative ^= tokens.Current.Is("-");
            isUnary |= tokens.Take().Is("~");
        }

        tokens.AcceptWord("await");
        var value = ParsePostfix(ParseAtom());
        if (tokens.Accept("**"))
        {
            if (tokens.Enter())
            {
                value = new BinaryNode("**", value, ParseUnary());
                tokens.Leave();
            }
            else
                tokens.SkipToClose();
        }

        return isUnary ? OpaqueNode.Instance : !isNegative ? value : value switch
        {
            ConstantNode { Value: long number } => new ConstantNode(-number),
            ConstantNode { Value: double number } => new ConstantNode(-number),
            _ => OpaqueNode.Instance,
        };
    }

    private Node ParsePostfix(Node value)
    {
        while (true)
        {
            if (tokens.Current.Is("."))
            {
                tokens.Take();
                value = new AttributeNode(value, tokens.Current.Kind == TokenKind.Name ? tokens.Take().Text : "");
            }
            else if (tokens.Accept("("))
            {
                value = new CallNode(value, Arguments());
                tokens.Expect(")");
            }
            else if (tokens.Accept("["))
            {
                value = new SubscriptNode(value, Index());
                tokens.Expect("]");
            }
            else
                return value;
        }
    }

    /// <summary>Arguments up to the closing parenthesis, which is not taken.</summary>
    public IReadOnlyList<ArgumentNode> Arguments()
    {
        var arguments = new List<ArgumentNode>();
        while (!tokens.IsAtEnd && !tokens.Current.Is(")"))
        {
            var start = tokens.Position;
            if (tokens.Accept("**"))
                arguments.Add(new ArgumentNode("**", Parse()));
            else if (tokens.Accept("*"))
                arguments.Add(new ArgumentNode("*", Parse()));
            else if (tokens.Current.Kind == TokenKind.Name && tokens.Next.Is("="))
            {
                var name = tokens.Take().Text;
                tokens.Take();
                arguments.Add(new ArgumentNode(name, Parse()));
            }
            else
                arguments.Add(new ArgumentNode(null, new Displays(tokens, this).Generated(Parse())));
            if (!tokens.Accept(",") && (!tokens.Current.Is(")") || tokens.Position == start))
            {
                tokens.HasErrors = true;
                tokens.SkipToClose();
                break;
            }
        }

        return arguments;
    }

    private Node Index()
    {
        var items = new List<Node>();
        while (!tokens.IsAtEnd && !tokens.Current.Is("]"))
        {
            var start = tokens.Position;
            if (tokens.Accept(":"))
            {
                // A slice is nothing that can be evaluated.
                items.Add(OpaqueNode.Instance);
                tokens.Accept(",");
                continue;
            }

            items.Add(ParseItem());
            tokens.Accept(",");
            if (tokens.Position != start)
                continue;
            tokens.HasErrors = true;
            tokens.SkipToClose();
            break;
        }

        return items.Count == 1 ? items[0] : new SequenceNode(items);
    }

    private Node ParseAtom()
    {
        var token = tokens.Current;
        switch (token.Kind)
        {
            case TokenKind.Name:
                tokens.Take();
                return token.Text switch
                {
                    "True" => new ConstantNode(true),
                    "False" => new ConstantNode(false),
                    "None" => new ConstantNode(null),
                    _ => new NameNode(token.Text),
                };
            case TokenKind.Number:
                tokens.Take();
                return Literals.Number(token.Text);
            case TokenKind.String or TokenKind.Formatted:
                return Literals.Strings(tokens);
        }

        var displays = new Displays(tokens, this);
        if (tokens.Accept("("))
            return displays.Enclosed(")");
        if (tokens.Accept("["))
            return displays.Enclosed("]");
        if (tokens.Accept("{"))
            return displays.Braces();
        if (tokens.Accept("..."))
            return OpaqueNode.Instance;
        tokens.HasErrors = true;
        return OpaqueNode.Instance;
    }
}
