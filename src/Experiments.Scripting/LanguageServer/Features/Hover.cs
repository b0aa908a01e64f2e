using System.Text;
using System.Text.Json.Nodes;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace Experiments.Scripting.LanguageServer.Features;

/// <summary>What a name is, and its documentation: of a sweep, what the generator proved of it.</summary>
internal static class Hover
{
    private static readonly SymbolDisplayFormat Signature = SymbolDisplayFormat.MinimallyQualifiedFormat
        .AddMemberOptions(SymbolDisplayMemberOptions.IncludeModifiers | SymbolDisplayMemberOptions.IncludeConstantValue)
        .AddKindOptions(SymbolDisplayKindOptions.IncludeTypeKeyword);

    public static async Task<JsonObject?> AtAsync(Snapshot snapshot, FeatureProject project, int position, CancellationToken cancel)
    {
        if (await SymbolAt.FindAsync(snapshot, project, position, cancel).ConfigureAwait(false) is not { } symbol)
            return null;
        var text = new StringBuilder("```csharp\n").Append(symbol.ToDisplayString(Signature)).Append("\n```");
        foreach (var paragraph in Paragraphs(symbol, cancel))
            text.Append("\n\n").Append(paragraph);
        return new() { ["contents"] = new JsonObject { ["kind"] = "markdown", ["value"] = text.ToString() } };
    }

    /// <summary>The documentation of every part of a declaration.</summary>
    private static IEnumerable<string> Paragraphs(ISymbol symbol, CancellationToken cancel)
    {
        var xml = symbol.GetDocumentationCommentXml(expandIncludes: true, cancellationToken: cancel);
        if (string.IsNullOrWhiteSpace(xml))
            return [];
        try
        {
            var root = XElement.Parse($"<doc>{xml}</doc>");
            return root.Descendants().Where(e => e.Name.LocalName is "summary" or "remarks" or "returns").Select(Markdown).Where(t => t.Length > 0).ToList();
        }
        catch (XmlException)
        {
            // Half-written documentation: the signature has to do.
            return [];
        }
    }

    private static string Markdown(XElement element)
    {
        var text = new StringBuilder();
        Append(element);
        return string.Join('\n', text.ToString().Split('\n').Select(line => line.Trim())).Trim();

        void Append(XElement of)
        {
            foreach (var node in of.Nodes())
            {
                if (node is XText words)
                    text.Append(words.Value);
                else if (node is XElement { Name.LocalName: "c" or "paramref" or "typeparamref" or "see" } name)
                    text.Append('`').Append(name.Attribute("name")?.Value ?? name.Attribute("langword")?.Value ?? name.Attribute("cref")?.Value.Split(':')[^1] ?? name.Value).Append('`');
                else if (node is XElement { Name.LocalName: "para" or "item" or "br" } block)
                {
                    text.Append(block.Name.LocalName == "item" ? "\n- " : "\n\n");
                    Append(block);
                }
                else if (node is XElement inner)
                    Append(inner);
            }
        }
    }
}
