namespace Experiments.Generators.Python.Syntax;

/// <summary>Parses what stands in brackets: tuples, lists, sets, dictionaries, and comprehensions, which are read over.</summary>
internal sealed class Displays(TokenStream tokens, ExpressionParser expressions)
{
    private static readonly ConstantNode _element = new(true);

    public Node Enclosed(string close)
    {
        if (tokens.Accept(close))
            return new SequenceNode([]);
        var isList = close == "]";
        var first = Generated(expressions.ParseItem());
        var items = new List<Node> { first };
        var isOpaque = first is OpaqueNode;
        while (tokens.Accept(","))
        {
            isList = true;
            if (tokens.Current.Is(close) || tokens.IsAtEnd)
                break;
            items.Add(expressions.ParseItem());
        }

        if (!tokens.Current.Is(close))
        {
            tokens.HasErrors = true;
            tokens.SkipToClose();
        }

        tokens.Accept(close);
        return isOpaque && items.Count == 1 ? OpaqueNode.Instance : isList ? new SequenceNode(items) : first;
    }

    public Node Braces()
    {
        var pairs = new List<(Node, Node)>();
        var items = new List<Node>();
        var isOpaque = false;
        while (!tokens.IsAtEnd && !tokens.Current.Is("}"))
        {
            var start = tokens.Position;
            if (tokens.Accept("**"))
            {
                expressions.Parse();
                isOpaque = true;
            }
            else
            {
                var key = expressions.ParseItem();
                if (tokens.Accept(":"))
                    pairs.Add((key, expressions.Parse()));
                else
                    items.Add(key);
            }

            isOpaque |= Generated(_element) is OpaqueNode;
            if (!tokens.Accept(",") && (!tokens.Current.Is("}") || tokens.Position == start))
            {
                tokens.HasErrors = true;
                tokens.SkipToClose();
                break;
            }
        }

        tokens.Accept("}");
        return isOpaque ? OpaqueNode.Instance : items.Count > 0 ? new SequenceNode(items) : new DictionaryNode(pairs);
    }

    /// <summary>What an element is when a comprehension follows it.</summary>
    public Node Generated(Node element)
    {
        if (!tokens.Current.IsWord("for") && !tokens.Current.IsWord("async"))
            return element;
        tokens.SkipToClose();
        return OpaqueNode.Instance;
    }
}
