namespace Experiments.Generators.Python.Syntax;

/// <summary>Parses the parameters of a function, up to the closing parenthesis.</summary>
internal sealed class Parameters(TokenStream tokens, ExpressionParser expressions)
{
    public IReadOnlyList<Parameter> Parse()
    {
        var parameters = new List<Parameter>();
        var isKeywordOnly = false;
        while (!tokens.IsAtEnd && !tokens.Current.Is(")"))
        {
            if (tokens.Accept("/"))
            {
                for (var i = 0; i < parameters.Count; i++)
                    parameters[i] = parameters[i] with { IsPositionalOnly = true };
            }
            else
            {
                var stars = tokens.Accept("**") ? 2 : tokens.Accept("*") ? 1 : 0;
                if (tokens.Current.Kind == TokenKind.Name)
                    parameters.Add(Named(stars, isKeywordOnly));
                else if (stars != 1)
                    break;
                isKeywordOnly |= stars == 1;
            }

            if (!tokens.Accept(","))
                break;
        }

        if (!tokens.Current.Is(")"))
        {
            tokens.HasErrors = true;
            tokens.SkipToClose();
        }

        return parameters;
    }

    private Parameter Named(int stars, bool isKeywordOnly)
    {
        var name = tokens.Take().Text;
        var annotation = tokens.Accept(":") ? expressions.Parse() : null;
        return new Parameter(name, stars, isKeywordOnly, annotation, tokens.Accept("=") ? expressions.Parse() : null);
    }
}
