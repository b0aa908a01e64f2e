using System.Globalization;

namespace Experiments.Generators.Python.Syntax;

/// <summary>Numbers and strings.</summary>
internal static class Literals
{
    public static Node Number(string text)
    {
        var digits = text.Replace("_", "");
        if (digits.Length > 2 && digits[0] == '0' && digits[1] is 'x' or 'X')
            return long.TryParse(digits.Substring(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex) ? new ConstantNode(hex) : OpaqueNode.Instance;
        if (long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var whole))
            return new ConstantNode(whole);
        return double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) ? new ConstantNode(real) : OpaqueNode.Instance;
    }

    /// <summary>Adjacent strings, which Python joins.</summary>
    public static Node Strings(TokenStream tokens)
    {
        var parts = new List<Node>();
        while (tokens.Current.Kind is TokenKind.String or TokenKind.Formatted)
        {
            var token = tokens.Take();
            if (token.Kind == TokenKind.String)
                parts.Add(new ConstantNode(token.Text));
            else if (tokens.Enter())
            {
                Format(token.Text, parts);
                tokens.Leave();
            }
        }

        return parts.All(part => part is ConstantNode)
            ? new ConstantNode(string.Concat(parts.Select(part => ((ConstantNode)part).Value as string)))
            : new FormattedNode(parts);
    }

    private static void Format(string text, List<Node> parts)
    {
        var position = 0;
        while (position < text.Length)
        {
            var brace = text.IndexOfAny(['{', '}'], position);
            if (brace < 0)
            {
                parts.Add(new ConstantNode(text.Substring(position)));
                return;
            }

            if (brace + 1 < text.Length && text[brace + 1] == text[brace])
            {
                parts.Add(new ConstantNode(text.Substring(position, brace + 1 - position)));
                position = brace + 2;
                continue;
            }

            parts.Add(new ConstantNode(text.Substring(position, brace - position)));
            if (text[brace] == '}')
            {
                position = brace + 1;
                continue;
            }

            var end = text.IndexOf('}', brace);
            var inner = end < 0 ? "" : text.Substring(brace + 1, end - brace - 1);
            // Only a plain name or path is certain to be written as it is.
            var isPlain = inner.Length > 0 && inner.All(c => char.IsLetterOrDigit(c) || c is '_' or '.') && !char.IsDigit(inner[0]);
            parts.Add(isPlain ? inner.Split('.').Skip(1).Aggregate((Node)new NameNode(inner.Split('.')[0]), (node, name) => new AttributeNode(node, name)) : OpaqueNode.Instance);
            position = end < 0 ? text.Length : end + 1;
        }
    }
}
