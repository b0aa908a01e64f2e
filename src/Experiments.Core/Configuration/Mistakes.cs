using System.Collections;

namespace Experiments;

/// <summary>One thing that is wrong with a configuration.</summary>
/// <param name="Path">Path of the value outside C#: <c>optimizer.weight_decay</c>; empty where no value is concerned.</param>
/// <param name="Message">What, as <c>expected X to be …, got …</c>.</param>
/// <param name="Hint">What to do; <see langword="null"/> when there is nothing useful to say.</param>
public readonly record struct Mistake(string Path, string Message, string? Hint = null)
{
    /// <summary>The message.</summary>
    public override string ToString() => Message;
}

/// <summary>All that is wrong with a configuration, collected so that people mend it in one go.</summary>
public sealed class Mistakes : IReadOnlyList<Mistake>
{
    private readonly List<Mistake> _items = [];

    /// <inheritdoc/>
    public int Count => _items.Count;

    /// <inheritdoc/>
    public Mistake this[int index] => _items[index];

    /// <summary>Adds one, unless something is known to be wrong with the same value already: what follows from a mistake is no news.</summary>
    public void Add(string path, string message, string? hint = null)
    {
        if (path.Length == 0 || !Concern(path))
            _items.Add(new Mistake(path, message, hint));
    }

    /// <summary>Whether something is wrong with a value or a part of it.</summary>
    public bool Concern(string path) => _items.Exists(m => m.Path.StartsWith(path, StringComparison.Ordinal)
        && (m.Path.Length == path.Length || m.Path[path.Length] is '.' or '['));

    internal void AddRange(IEnumerable<Mistake> mistakes)
    {
        foreach (var mistake in mistakes)
            Add(mistake.Path, mistake.Message, mistake.Hint);
    }

    /// <summary>Throws them all as one error, if there are any.</summary>
    /// <param name="code">The error's code.</param>
    /// <param name="what">What they are mistakes of, such as <c>`classifier`</c>.</param>
    /// <exception cref="ExperimentsException">There are mistakes.</exception>
    public void ThrowIfAny(string code, string what)
    {
        if (_items.Count == 0)
            return;
        var hints = string.Join("; ", _items.Select(m => m.Hint).OfType<string>().Distinct());
        var message = _items.Count == 1
            ? _items[0].Message
            : $"expected a configuration of {what}, got {_items.Count} mistakes:{string.Concat(_items.Select(m => $"\n  - {m.Message}"))}";
        throw new ExperimentsException(code, message, hints.Length > 0 ? hints : null);
    }

    /// <inheritdoc/>
    public IEnumerator<Mistake> GetEnumerator() => _items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
