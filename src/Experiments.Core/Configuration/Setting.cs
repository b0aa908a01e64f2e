using System.ComponentModel;

namespace Experiments.Core;

/// <summary>A value that was given, or not.</summary>
/// <typeparam name="T">Type of the value.</typeparam>
/// <param name="Value">The value; meaningless when none was given.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct Setting<T>(T Value)
{
    /// <summary>Whether a value was given.</summary>
    public bool IsGiven { get; } = true;

    /// <summary>The value given, else another.</summary>
    public T Or(T fallback) => IsGiven ? Value : fallback;

    /// <summary>The value given, converted.</summary>
    public Setting<TOther> To<TOther>(Func<T, TOther> convert) => IsGiven ? new Setting<TOther>(convert(Value)) : default;

    /// <summary>A value that was given.</summary>
    public static implicit operator Setting<T>(T value) => new(value);
}
