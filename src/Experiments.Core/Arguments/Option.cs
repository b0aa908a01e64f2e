using System.ComponentModel;

namespace Experiments.Core;

/// <summary>What an option takes.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum OptionKind
{
    /// <summary>One value.</summary>
    Value,

    /// <summary><c>--flag</c> or <c>--no-flag</c>, or a value.</summary>
    Flag,

    /// <summary>Any number of values.</summary>
    List,
}

/// <summary>An option of a configuration.</summary>
/// <param name="Key">Path outside C#: <c>optimizer.weight_decay</c>.</param>
/// <param name="Kind">What it takes.</param>
/// <param name="Type">What a value is, in capitals for help: <c>NUMBER</c>.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record Option(string Key, OptionKind Kind, string Type)
{
    /// <summary>The values to choose from, or what bounds them; empty when there is nothing to say.</summary>
    public string Values { get; init; } = "";

    /// <summary>Documentation of the property.</summary>
    public string Summary { get; init; } = "";

    /// <summary>Whether it has no default.</summary>
    public bool IsMandatory { get; init; }

    /// <summary>The option as typed: <c>--optimizer.weight-decay</c>.</summary>
    public string Name => OptionName.Of(Key);
}
