using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis;

namespace Experiments.Scripting.LanguageServer.Features;

/// <summary>From changed documents to changes of the script's files.</summary>
internal static class Edits
{
    /// <summary>A <c>WorkspaceEdit</c>. Changes of code that nobody wrote are left out: it is written again.</summary>
    public static async Task<JsonObject> BetweenAsync(Snapshot snapshot, Solution before, Solution after, CancellationToken cancel)
    {
        var files = new Dictionary<string, JsonArray>();
        var seen = new HashSet<(string, Microsoft.CodeAnalysis.Text.TextSpan, string?)>();
        foreach (var id in after.GetChanges(before).GetProjectChanges().SelectMany(p => p.GetChangedDocuments()))
        {
            var old = before.GetDocument(id)!;
            foreach (var change in await after.GetDocument(id)!.GetTextChangesAsync(old, cancel).ConfigureAwait(false))
            {
                // Usings stand in several trees of one file.
                if (snapshot.Place(old.FilePath!, change.Span) is not var (path, text, span) || !seen.Add((path, span, change.NewText)))
                    continue;
                if (!files.TryGetValue(path, out var edits))
                    files.Add(path, edits = []);
                edits.Add(Protocol.Edit(text, new(span, change.NewText ?? "")));
            }
        }

        var changes = new JsonObject();
        foreach (var (path, edits) in files)
            changes[Protocol.Uri(path)] = edits;
        return new() { ["changes"] = changes };
    }
}
