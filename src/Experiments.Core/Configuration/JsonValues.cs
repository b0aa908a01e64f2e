using System.Collections.Immutable;
using System.ComponentModel;
using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.Json;

namespace Experiments.Core;

/// <summary>Reads one value.</summary>
/// <param name="json">At the value.</param>
/// <param name="path">Path of the value, for messages.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate T JsonValueReader<T>(ref Utf8JsonReader json, string path);

/// <summary>Reads the values of a configuration from JSON. Errors say the path, what was expected and what was found.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class JsonValues
{
    /// <summary>Reads a boolean.</summary>
    public static bool Boolean(ref Utf8JsonReader json, string path) => json.TokenType switch
    {
        JsonTokenType.True => true,
        JsonTokenType.False => false,
        _ => throw Unexpected(ref json, path, "`true` or `false`"),
    };

    /// <summary>Reads an integer.</summary>
    public static T Integer<T>(ref Utf8JsonReader json, string path)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
    {
        if (json.TokenType == JsonTokenType.Number && T.TryParse(Text(ref json), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value))
            return value;
        throw Unexpected(ref json, path, $"an integer from {T.MinValue.ToString(null, CultureInfo.InvariantCulture)} to {T.MaxValue.ToString(null, CultureInfo.InvariantCulture)}");
    }

    /// <summary>Reads a number.</summary>
    public static T Number<T>(ref Utf8JsonReader json, string path)
        where T : struct, INumber<T>
    {
        if (json.TokenType == JsonTokenType.Number && T.TryParse(Text(ref json), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && T.IsFinite(value))
            return value;
        throw Unexpected(ref json, path, "a number");
    }

    /// <summary>Reads text.</summary>
    public static string String(ref Utf8JsonReader json, string path) =>
        json.TokenType == JsonTokenType.String ? json.GetString()! : throw Unexpected(ref json, path, "text");

    /// <summary>Reads a duration.</summary>
    public static TimeSpan TimeSpan(ref Utf8JsonReader json, string path) =>
        json.TokenType == JsonTokenType.String && Duration.TryParse(json.GetString()!, out var value)
            ? value
            : throw Unexpected(ref json, path, "a duration such as `00:30:00`");

    /// <summary>Reads where a secret is. Text that is no reference is not repeated: it may be the secret itself.</summary>
    public static Secret Secret(ref Utf8JsonReader json, string path) =>
        json.TokenType == JsonTokenType.String && Experiments.Secret.TryParse(json.GetString(), out var value)
            ? value
            : throw new JsonException($"expected `{path}` to be {GivenOption.SecretReference}, got something else (not shown: it may be a secret)");

    /// <summary>Reads the name of an enum value.</summary>
    public static T Enum<T>(ref Utf8JsonReader json, string path, EnumNames<T> names)
        where T : struct, Enum =>
        json.TokenType == JsonTokenType.String && names.TryParse(json.GetString()!, out var value)
            ? value
            : throw Unexpected(ref json, path, names.Expected);

    /// <summary>Reads a list.</summary>
    public static ImmutableArray<T> List<T>(ref Utf8JsonReader json, string path, JsonValueReader<T> element)
    {
        if (json.TokenType != JsonTokenType.StartArray)
            throw Unexpected(ref json, path, "a list");
        var items = ImmutableArray.CreateBuilder<T>();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
            items.Add(element(ref json, $"{path}[{items.Count.ToString(CultureInfo.InvariantCulture)}]"));
        return items.ToImmutable();
    }

    /// <summary>Reads a value type, or <c>null</c>.</summary>
    public static T? OrNull<T>(ref Utf8JsonReader json, string path, JsonValueReader<T> value)
        where T : struct => json.TokenType == JsonTokenType.Null ? null : value(ref json, path);

    /// <summary>Reads text or a list, or <c>null</c>.</summary>
    public static T? OrNothing<T>(ref Utf8JsonReader json, string path, JsonValueReader<T> value)
        where T : class => json.TokenType == JsonTokenType.Null ? null : value(ref json, path);

    /// <summary>The error of a value that is not what was expected.</summary>
    public static JsonException Unexpected(ref Utf8JsonReader json, string path, string expected) => new(
        $"expected {(path.Length > 0 ? $"`{path}`" : "the configuration")} to be {expected}, got {Found(ref json)}");

    private static string Found(ref Utf8JsonReader json) => json.TokenType switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "a list",
        JsonTokenType.String => $"`{json.GetString()}`",
        _ => $"`{Text(ref json)}`",
    };

    private static string Text(ref Utf8JsonReader json) =>
        Encoding.UTF8.GetString(json.HasValueSequence ? System.Buffers.BuffersExtensions.ToArray(json.ValueSequence) : json.ValueSpan);
}
