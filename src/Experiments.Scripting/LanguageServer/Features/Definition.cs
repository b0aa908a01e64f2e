using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis;

namespace Experiments.Scripting.LanguageServer.Features;

/// <summary>Where a name is declared. What the generator wrote is declared by the record it wrote it for.</summary>
internal static class Definition
{
    public static async Task<JsonArray> AtAsync(Snapshot snapshot, FeatureProject project, int position, CancellationToken cancel)
    {
        var places = new JsonArray();
        for (var symbol = await SymbolAt.FindAsync(snapshot, project, position, cancel).ConfigureAwait(false); symbol is not null && places.Count == 0; symbol = symbol.ContainingType)
        {
            foreach (var location in symbol.Locations.Where(l => l.IsInSource))
            {
                if (snapshot.Place(location.SourceTree!.FilePath, location.SourceSpan) is var (path, text, span))
                    places.Add(new JsonObject { ["uri"] = Protocol.Uri(path), ["range"] = Protocol.Range(text, span) });
            }
        }

        return places;
    }
}
