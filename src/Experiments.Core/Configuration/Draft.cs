using System.ComponentModel;
using System.Text.Json;

namespace Experiments.Core;

/// <summary>A record in the making: the values given on a command line or in JSON. What was not given keeps the record's own default.</summary>
/// <typeparam name="T">The record.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class Draft<T>
    where T : class
{
    private bool _isObject;

    /// <summary>Whether <c>null</c> was given for the whole record.</summary>
    public bool IsNull { get; set; }

    /// <summary>Whether anything was given.</summary>
    public bool IsGiven => IsNull || _isObject || HasValues;

    /// <summary>Whether a property was given a value.</summary>
    protected abstract bool HasValues { get; }

    /// <summary>Whether a record can be made: mandatory references are there. Where only numbers or names are missing one is made nevertheless, to check the rest.</summary>
    protected abstract bool CanCreate { get; }

    /// <summary>The record's keys, for suggestions.</summary>
    protected abstract IEnumerable<string> Keys { get; }

    /// <summary>The values given, on top of a record; where there is none, on top of a new one.</summary>
    /// <param name="current">What is there already.</param>
    /// <param name="prefix">Path of the record with a dot, for messages; empty at the root.</param>
    /// <param name="mistakes">Where missing values are reported; when there are any, the result is meaningless.</param>
    public T? Resolve(T? current, string prefix, Mistakes mistakes)
    {
        if (IsNull)
            return null;
        if (current is null)
            return IsGiven ? Create(prefix, mistakes) : null;
        return IsGiven ? Apply(current, prefix, mistakes) : current;
    }

    /// <summary>A new record with the values given. Everything mandatory must be among them.</summary>
    public T? Create(string prefix, Mistakes mistakes)
    {
        ReportMissing(prefix, mistakes);
        if (!CanCreate)
            return null;
        var record = New(prefix, mistakes);
        return record is null ? null : Apply(record, prefix, mistakes);
    }

    /// <summary>A copy of a record with the values given.</summary>
    public abstract T Apply(T current, string prefix, Mistakes mistakes);

    /// <summary>Reads an object.</summary>
    /// <param name="json">At the object's start, or at <c>null</c>; afterwards at its end.</param>
    /// <param name="prefix">Path of the record with a dot, for messages; empty at the root.</param>
    /// <exception cref="JsonException">The JSON is no such record.</exception>
    public void Read(ref Utf8JsonReader json, string prefix)
    {
        if (json.TokenType == JsonTokenType.Null)
        {
            IsNull = true;
            return;
        }

        if (json.TokenType != JsonTokenType.StartObject)
            throw JsonValues.Unexpected(ref json, prefix.TrimEnd('.'), "an object");
        _isObject = true;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var key = json.GetString()!;
            json.Read();
            if (ReadValue(ref json, key, prefix))
                continue;
            var suggestion = Suggestion.Closest(key, Keys) is { } closest ? $", did you mean `{prefix}{closest}`?" : "";
            throw new JsonException($"expected a key of the configuration, got `{prefix}{key}`{suggestion}");
        }
    }

    /// <summary>Reports what is mandatory and was not given.</summary>
    protected abstract void ReportMissing(string prefix, Mistakes mistakes);

    /// <summary>A new record with its mandatory values.</summary>
    protected abstract T? New(string prefix, Mistakes mistakes);

    /// <summary>Reads the value of a key; false when the record has no such key.</summary>
    protected abstract bool ReadValue(ref Utf8JsonReader json, string key, string prefix);

    /// <summary>Reports a mandatory value that was not given.</summary>
    protected static void Missing(string key, Mistakes mistakes) =>
        mistakes.Add(key, $"expected `{key}` to be given, got nothing", $"it has no default: pass `{OptionName.Of(key)}`");
}
