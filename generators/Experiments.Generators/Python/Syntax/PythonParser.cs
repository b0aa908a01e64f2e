namespace Experiments.Generators.Python.Syntax;

/// <summary>Parses statements. Never throws and always ends; what it does not understand it skips, and says so.</summary>
internal sealed class PythonParser
{
    private readonly TokenStream _tokens;
    private readonly ExpressionParser _expressions;

    private PythonParser(string text)
    {
        _tokens = new TokenStream(Lexer.Read(text));
        _expressions = new ExpressionParser(_tokens);
    }

    /// <summary>The statements of a module, and whether all of it was understood.</summary>
    public static (IReadOnlyList<Statement> Body, bool IsWhole) Parse(string text)
    {
        var parser = new PythonParser(text);
        var body = new List<Statement>();
        while (!parser._tokens.IsAtEnd)
            parser.Statement(body);
        return (body, !parser._tokens.HasErrors);
    }

    private void Statement(List<Statement> into)
    {
        var token = _tokens.Current;
        if (token.Kind is TokenKind.Newline or TokenKind.Indent or TokenKind.Dedent)
        {
            _tokens.HasErrors |= token.Kind == TokenKind.Indent;
            _tokens.Take();
            return;
        }

        if (!Compound(into))
            Line(into);
    }

    private bool Compound(List<Statement> into)
    {
        if (_tokens.Current.Is("@"))
        {
            Decorated(into);
            return true;
        }

        if (_tokens.Current.Kind != TokenKind.Name)
            return false;
        switch (_tokens.Current.Text)
        {
            case "if":
                _tokens.Take();
                into.Add(If());
                return true;
            case "while":
                _tokens.Take();
                _expressions.Parse();
                into.Add(new MaybeStatement([.. Block(), .. Else()]));
                return true;
            case "for":
                into.Add(For());
                return true;
            case "try":
                into.Add(Try());
                return true;
            case "with":
                into.Add(With());
                return true;
            case "def":
                into.Add(Function([], false));
                return true;
            case "class":
                into.Add(Class([]));
                return true;
            case "async" when _tokens.Next.Kind == TokenKind.Name && _tokens.Next.Text is "def" or "for" or "with":
                _tokens.Take();
                if (_tokens.Current.IsWord("def"))
                    into.Add(Function([], true));
                else
                    Compound(into);
                return true;
            case "match" or "case" when IsSoftBlock():
                while (_tokens.Current.Kind != TokenKind.Newline)
                    _tokens.Take();
                into.Add(new MaybeStatement(Indented()));
                return true;
        }

        return false;
    }

    /// <summary><c>match</c> and <c>case</c> are names unless a block follows their line.</summary>
    private bool IsSoftBlock()
    {
        var start = _tokens.Position;
        var last = _tokens.Current;
        while (!_tokens.IsAtEnd && _tokens.Current.Kind != TokenKind.Newline)
            last = _tokens.Take();
        var isBlock = last.Is(":") && _tokens.Next.Kind == TokenKind.Indent;
        _tokens.Back(start);
        return isBlock;
    }

    private IfStatement If()
    {
        var test = _expressions.Parse();
        var then = Block();
        if (_tokens.Current.IsWord("elif") && _tokens.Enter())
        {
            _tokens.Take();
            var nested = If();
            _tokens.Leave();
            return new IfStatement(test, then, [nested]);
        }

        return new IfStatement(test, then, Else());
    }

    private IReadOnlyList<Statement> Else() => _tokens.AcceptWord("else") ? Block() : [];

    private ForStatement For()
    {
        _tokens.Take();
        var target = Targets();
        if (!_tokens.AcceptWord("in"))
            _tokens.HasErrors = true;
        var items = _expressions.ParseList();
        return new ForStatement(target, items, [.. Block(), .. Else()]);
    }

    /// <summary>Loop variables. They end at <c>in</c>, which an expression would take for an operator.</summary>
    private Node Targets()
    {
        var names = new List<Node>();
        var isPlain = true;
        while (!_tokens.IsAtEnd && _tokens.Current.Kind != TokenKind.Newline && !_tokens.Current.IsWord("in"))
        {
            var token = _tokens.Take();
            if (token.Kind == TokenKind.Name)
                names.Add(new NameNode(token.Text));
            else if (!token.Is(",") && !token.Is("(") && !token.Is(")"))
                isPlain = false;
        }

        return !isPlain ? OpaqueNode.Instance : names.Count == 1 ? names[0] : new SequenceNode(names);
    }

    private TryStatement Try()
    {
        _tokens.Take();
        var body = Block();
        var handlers = new List<Statement>();
        while (_tokens.AcceptWord("except"))
        {
            _tokens.Accept("*");
            if (!_tokens.Current.Is(":"))
                _expressions.ParseList();
            if (_tokens.AcceptWord("as"))
                _tokens.Take();
            handlers.AddRange(Block());
        }

        var after = Else().ToList();
        if (_tokens.AcceptWord("finally"))
            after.AddRange(Block());
        return new TryStatement(body, handlers, after);
    }

    private WithStatement With()
    {
        _tokens.Take();
        var start = _tokens.Position;
        // Parentheses around all items and parentheses around the first look alike until the colon.
        if (_tokens.Accept("(") && Items(")") is { } enclosed && _tokens.Accept(")") && _tokens.Current.Is(":"))
            return new WithStatement(enclosed, Block());
        _tokens.Back(start);
        return new WithStatement(Items(":"), Block());
    }

    private List<(Node, Node?)> Items(string close)
    {
        var items = new List<(Node, Node?)>();
        do
        {
            if (_tokens.Current.Is(close))
                break;
            var context = _expressions.Parse();
            items.Add((context, _tokens.AcceptWord("as") ? _expressions.Parse() : null));
        }
        while (_tokens.Accept(","));
        return items;
    }

    private void Decorated(List<Statement> into)
    {
        var decorators = new List<Node>();
        while (_tokens.Accept("@"))
        {
            decorators.Add(_expressions.Parse());
            _tokens.SkipLine();
        }

        var isAsync = _tokens.Current.IsWord("async") && _tokens.Next.IsWord("def");
        if (isAsync)
            _tokens.Take();
        if (_tokens.Current.IsWord("def"))
            into.Add(Function(decorators, isAsync));
        else if (_tokens.Current.IsWord("class"))
            into.Add(Class(decorators));
        else
            _tokens.HasErrors = true;
    }

    private FunctionStatement Function(IReadOnlyList<Node> decorators, bool isAsync)
    {
        _tokens.Take();
        var name = _tokens.Take().Text;
        SkipTypeParameters();
        _tokens.Expect("(");
        var parameters = new Parameters(_tokens, _expressions).Parse();
        _tokens.Expect(")");
        if (_tokens.Accept("->"))
            _expressions.Parse();
        return new FunctionStatement(name, parameters, Block(), decorators, isAsync);
    }

    private ClassStatement Class(IReadOnlyList<Node> decorators)
    {
        _tokens.Take();
        var name = _tokens.Take().Text;
        SkipTypeParameters();
        IReadOnlyList<ArgumentNode> bases = [];
        if (_tokens.Accept("("))
        {
            bases = _expressions.Arguments();
            _tokens.Expect(")");
        }

        return new ClassStatement(name, bases, Block(), decorators);
    }

    private void SkipTypeParameters()
    {
        if (!_tokens.Accept("["))
            return;
        _tokens.SkipToClose();
        _tokens.Accept("]");
    }

    private IReadOnlyList<Statement> Block()
    {
        if (!_tokens.Accept(":"))
        {
            _tokens.HasErrors = true;
            _tokens.SkipLine();
            return Indented();
        }

        if (_tokens.Current.Kind == TokenKind.Newline)
            return Indented();
        var line = new List<Statement>();
        Line(line);
        return line;
    }

    private List<Statement> Indented()
    {
        var body = new List<Statement>();
        if (_tokens.Current.Kind == TokenKind.Newline)
            _tokens.Take();
        if (_tokens.Current.Kind != TokenKind.Indent)
            return body;
        _tokens.Take();
        if (!_tokens.Enter())
        {
            SkipIndented();
            return body;
        }

        while (!_tokens.IsAtEnd && _tokens.Current.Kind != TokenKind.Dedent)
            Statement(body);
        if (_tokens.Current.Kind == TokenKind.Dedent)
            _tokens.Take();
        _tokens.Leave();
        return body;
    }

    private void SkipIndented()
    {
        for (var open = 1; open > 0 && !_tokens.IsAtEnd;)
        {
            var kind = _tokens.Take().Kind;
            open += kind == TokenKind.Indent ? 1 : kind == TokenKind.Dedent ? -1 : 0;
        }
    }

    /// <summary>The simple statements of one line.</summary>
    private void Line(List<Statement> into)
    {
        var simple = new SimpleStatements(_tokens, _expressions);
        do
        {
            if (_tokens.Current.Kind is TokenKind.Newline or TokenKind.End)
                break;
            simple.Parse(into);
        }
        while (_tokens.Accept(";"));
        if (_tokens.Current.Kind is not (TokenKind.Newline or TokenKind.End or TokenKind.Dedent))
        {
            _tokens.HasErrors = true;
            _tokens.Take();
        }

        _tokens.SkipLine();
    }
}
