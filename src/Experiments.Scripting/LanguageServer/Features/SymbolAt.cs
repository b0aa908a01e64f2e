using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FindSymbols;

namespace Experiments.Scripting.LanguageServer.Features;

/// <summary>What the name under the cursor means.</summary>
internal static class SymbolAt
{
    public static async Task<ISymbol?> FindAsync(Snapshot snapshot, FeatureProject project, int position, CancellationToken cancel)
    {
        if (snapshot.At(position) is not var (part, place))
            return null;
        var document = project.Of(snapshot, part);
        return await SymbolFinder.FindSymbolAtPositionAsync(document, place, cancel).ConfigureAwait(false);
    }
}
