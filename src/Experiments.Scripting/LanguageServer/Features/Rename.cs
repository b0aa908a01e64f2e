using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Rename;
using Microsoft.CodeAnalysis.Text;

namespace Experiments.Scripting.LanguageServer.Features;

/// <summary>Renames what a script declares, in all its files; a property also in the run id template that names it.</summary>
internal static class Rename
{
    /// <summary>The edit; <see langword="null"/>: what is there can't be renamed.</summary>
    public static async Task<JsonObject?> AtAsync(Snapshot snapshot, FeatureProject project, int position, string name, CancellationToken cancel)
    {
        if (!SyntaxFacts.IsValidIdentifier(name)
            || await SymbolAt.FindAsync(snapshot, project, position, cancel).ConfigureAwait(false) is not { } symbol
            || !symbol.Locations.Any(l => l.IsInSource && snapshot.Place(l.SourceTree!.FilePath, l.SourceSpan) is not null))
            return null;
        var before = project.Of(snapshot).Solution;
        var after = await Renamer.RenameSymbolAsync(before, symbol, new SymbolRenameOptions(), name, cancel).ConfigureAwait(false);
        var edit = await Edits.BetweenAsync(snapshot, before, after, cancel).ConfigureAwait(false);
        if (symbol is IPropertySymbol property)
            AddHoles(snapshot, property, name, edit["changes"]!.AsObject());
        return edit;
    }

    private static void AddHoles(Snapshot snapshot, IPropertySymbol property, string name, JsonObject changes)
    {
        foreach (var file in snapshot.Sources.Files)
        {
            var templates = file.Root.DescendantNodes().OfType<RecordDeclarationSyntax>().Where(r => r.Identifier.ValueText == property.ContainingType.Name)
                .SelectMany(r => r.AttributeLists).SelectMany(l => l.Attributes).SelectMany(a => a.ArgumentList?.Arguments ?? [])
                .Where(a => a.NameEquals?.Name.Identifier.ValueText == "Id").Select(a => a.Expression).OfType<LiteralExpressionSyntax>();
            foreach (var template in templates)
            {
                var text = template.Token.Text;
                for (var at = text.IndexOf('{' + property.Name, StringComparison.Ordinal); at >= 0; at = text.IndexOf('{' + property.Name, at + 1, StringComparison.Ordinal))
                {
                    var end = at + 1 + property.Name.Length;
                    if (end >= text.Length || text[end] is not ('}' or ':' or '?' or '.'))
                        continue;
                    var edits = changes[Protocol.Uri(file.Path)]?.AsArray();
                    if (edits is null)
                        changes[Protocol.Uri(file.Path)] = edits = [];
                    edits.Add(Protocol.Edit(file.Text, new TextChange(new(template.Token.SpanStart + at + 1, property.Name.Length), name)));
                }
            }
        }
    }
}
