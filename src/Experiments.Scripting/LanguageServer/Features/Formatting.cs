using System.Text.Json.Nodes;
using Experiments.Scripting.Sources;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Formatting;

namespace Experiments.Scripting.LanguageServer.Features;

/// <summary>White space as the language's own formatter would have it.</summary>
internal static class Formatting
{
    public static JsonArray Of(Snapshot snapshot, CancellationToken cancel)
    {
        using var workspace = new AdhocWorkspace();
        var file = snapshot.Sources.Main;
        var root = CSharpSyntaxTree.ParseText(file.Text, Grammar.Script, cancellationToken: cancel).GetRoot(cancel);
        var edits = new JsonArray();
        foreach (var change in Formatter.GetFormattedTextChanges(root, workspace, cancellationToken: cancel))
        {
            // Where `using` of a variable stands, the parser sees spaces.
            if (string.IsNullOrWhiteSpace(snapshot.Text.ToString(change.Span)))
                edits.Add(Protocol.Edit(snapshot.Text, change));
        }

        return edits;
    }
}
