using System.ComponentModel;

namespace Experiments.Core;

/// <summary>The names of an enum outside C#.</summary>
/// <param name="names">Name and value, in declaration order; aliases after the name that is written.</param>
/// <typeparam name="T">The enum.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class EnumNames<T>(params (string Name, T Value)[] names)
    where T : struct, Enum
{
    /// <summary>Names that members had before: read, never written or suggested.</summary>
    public (string Name, T Value)[] Former { get; init; } = [];

    /// <summary>The names.</summary>
    public IEnumerable<string> Names => names.Select(n => n.Name);

    /// <summary>What a value must be, for messages.</summary>
    public string Expected => "one of " + string.Join(", ", names.Select(n => $"`{n.Name}`"));

    /// <summary>The value of a name; names differ by case.</summary>
    public bool TryParse(string name, out T value)
    {
        return TryFind(names, name, out value) || TryFind(Former, name, out value);
    }

    private static bool TryFind((string Name, T Value)[] names, string name, out T value)
    {
        foreach (var known in names)
        {
            if (known.Name == name)
            {
                value = known.Value;
                return true;
            }
        }

        value = default;
        return false;
    }

    /// <summary>Whether the value has a name.</summary>
    public bool IsDefined(T value)
    {
        foreach (var known in names)
        {
            if (EqualityComparer<T>.Default.Equals(known.Value, value))
                return true;
        }

        return false;
    }
}
