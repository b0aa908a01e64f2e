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
        // Comments may inherit from each other in a circle.
        var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        for (var current = symbol; current is not null && seen.Add(current) && Comment(current, cancellation) is { } comment; current = Inherited(current, comment.Element("inheritdoc")))
        {
            if (comment.Element("summary") is { } summary)
                return Text(summary);
        }

        return "";
    }

    /// <summary>What <c>inheritdoc</c> names, as far as it is in the same record or one it inherits from; nothing else is seen to change.</summary>
    private static ISymbol? Inherited(ISymbol symbol, XElement? inheritdoc)
    {
        var type = symbol as ITypeSymbol ?? symbol.ContainingType;
        if (inheritdoc is null)
            return null;
        if ((string?)inheritdoc.Attribute("cref") is not { } target)
            return symbol is ITypeSymbol ? type.AndBases().ElementAtOrDefault(1) : type.BaseType?.Property(symbol.Name);
        var dot = target.LastIndexOf('.');
        var container = dot < 0 ? null : target.Substring(0, dot);
        var owner = container is null ? type : type.AndBases().FirstOrDefault(t => t.Name == container.Substring(container.LastIndexOf('.') + 1));
        return owner?.Property(target.Substring(dot + 1)) ?? (ISymbol?)type.AndBases().FirstOrDefault(t => t.Name == target.Substring(dot + 1));
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
