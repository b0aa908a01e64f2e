using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Experiments.Generators.Parsing;

/// <summary>
/// Documentation comments of the user's source. Read from the text, because the compiler ignores them
/// in a project that writes no documentation file.
/// </summary>
internal static class Documentation
{
    /// <summary>The first sentence-like line of the summary; empty when there is none.</summary>
    public static string Summary(ISymbol symbol, CancellationToken cancellation)
    {
        var comment = Comment(symbol, cancellation);
        return comment is null ? "" : Text(comment.Element("summary"));
    }

    /// <summary>The documentation of a positional record's parameter.</summary>
    public static string Parameter(INamedTypeSymbol record, string name, CancellationToken cancellation)
    {
        var comment = Comment(record, cancellation);
        return comment is null ? "" : Text(comment.Elements("param").FirstOrDefault(e => (string?)e.Attribute("name") == name));
    }

    /// <summary>Whether the user wrote an element of a symbol's documentation.</summary>
    public static bool Has(ISymbol symbol, string element, CancellationToken cancellation) =>
        Comment(symbol, cancellation)?.Element(element) is not null;

    private static XElement? Comment(ISymbol symbol, CancellationToken cancellation)
    {
        var text = new StringBuilder();
        foreach (var reference in symbol.DeclaringSyntaxReferences)
        {
            if (reference.SyntaxTree.FilePath.EndsWith(".g.cs", StringComparison.Ordinal))
                continue;
            if (reference.GetSyntax(cancellation) is not MemberDeclarationSyntax node)
                continue;
            foreach (var line in node.GetLeadingTrivia().ToFullString().Split('\n'))
            {
                var trimmed = line.Trim();
                if (trimmed.StartsWith("///", StringComparison.Ordinal))
                    text.Append(trimmed.Substring(3)).Append('\n');
            }
        }

        if (symbol.DeclaringSyntaxReferences.IsEmpty)
            text.Append(symbol.GetDocumentationCommentXml(cancellationToken: cancellation));
        if (text.Length == 0)
            return null;
        try
        {
            var root = XElement.Parse($"<doc>{text}</doc>", LoadOptions.PreserveWhitespace);
            return root.Element("member") ?? root;
        }
        catch (XmlException)
        {
            // The compiler reports malformed comments itself (CS1570); to us it is as if there were none.
            return null;
        }
    }

    private static string Text(XElement? element)
    {
        if (element is null)
            return "";
        var text = new StringBuilder();
        foreach (var node in element.DescendantNodes())
        {
            if (node is XText plain)
                text.Append(plain.Value);
            else if (node is XElement { IsEmpty: true } reference
                && (reference.Attribute("cref") ?? reference.Attribute("langword") ?? reference.Attribute("name")) is { } target)
                text.Append(target.Value.Substring(target.Value.LastIndexOfAny([':', '.']) + 1));
        }

        return Regex.Replace(text.ToString(), @"\s+", " ").Trim();
    }
}
