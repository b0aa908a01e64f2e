using Microsoft.CodeAnalysis;

namespace Experiments.Generators.Parsing;

/// <summary>What every step of parsing a type shares: where problems go, when to stop, and which nested records it is inside of.</summary>
internal sealed class ParseScope(IProblemSink? sink, CancellationToken cancellation)
{
    private readonly HashSet<ITypeSymbol> _open = new(SymbolEqualityComparer.Default);

    public IProblemSink? Sink { get; } = sink;

    public CancellationToken Cancellation { get; } = cancellation;

    /// <summary>The same without a sink.</summary>
    public ParseScope Silent() => new(null, Cancellation);

    /// <summary>Enters a record; false when it is already open, which makes it contain itself.</summary>
    public bool Enter(ITypeSymbol record) => _open.Add(record);

    public void Leave(ITypeSymbol record) => _open.Remove(record);

    public void Report(string ruleId, Location location, params object[] args)
    {
        Cancellation.ThrowIfCancellationRequested();
        Sink?.Report(ruleId, location, args);
    }
}
