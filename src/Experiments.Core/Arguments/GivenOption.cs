using System.Collections.Immutable;
using System.ComponentModel;
using System.Globalization;

namespace Experiments.Core;

/// <summary>Reads a value from a word of a command line.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public delegate bool TextReader<T>(string text, out T value);

/// <summary>An option that was given, with its words.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class GivenOption
{
    /// <summary>What a reference to a secret looks like, for messages.</summary>
    internal const string SecretReference = "a reference to a secret such as `env:HF_TOKEN` or `file:~/.token`";

    private readonly Mistakes _mistakes;
    private readonly string _typed;
    private readonly IReadOnlyList<string> _words;

    internal GivenOption(Option option, string typed, IReadOnlyList<string> words, Mistakes mistakes)
    {
        Option = option;
        _typed = typed;
        _words = words;
        _mistakes = mistakes;
    }

    /// <summary>The option.</summary>
    public Option Option { get; }

    /// <summary>The key of the option.</summary>
    public string Key => Option.Key;

    /// <summary>The value; a mistake is reported when the word is none.</summary>
    /// <param name="read">Reads a value.</param>
    /// <param name="expected">What a value must be: <c>a number</c>.</param>
    /// <param name="names">The words there are, for suggestions.</param>
    public Setting<T> Value<T>(TextReader<T> read, string expected, IEnumerable<string>? names = null)
    {
        if (_words.Count == 1)
            return Read(Key, _words[0], read, expected, names);
        _mistakes.Add(Key, $"expected `{_typed}` to have one value, got {_words.Count.ToString(CultureInfo.InvariantCulture)}");
        return default;
    }

    /// <summary>The values of a list; a mistake is reported for each word that is none.</summary>
    public Setting<ImmutableArray<T>> List<T>(TextReader<T> read, string expected, IEnumerable<string>? names = null)
    {
        var values = ImmutableArray.CreateBuilder<T>(_words.Count);
        var isGood = true;
        for (var i = 0; i < _words.Count; i++)
        {
            var value = Read($"{Key}[{i.ToString(CultureInfo.InvariantCulture)}]", _words[i], read, expected, names);
            isGood &= value.IsGiven;
            values.Add(value.Value);
        }

        return isGood ? values.ToImmutable() : default(Setting<ImmutableArray<T>>);
    }

    /// <summary>Where a secret is. A word that is no reference is not repeated: it may be the secret itself.</summary>
    public Setting<Secret> Secret()
    {
        if (_words.Count == 1 && Experiments.Secret.TryParse(_words[0], out var secret))
            return secret;
        _mistakes.Add(Key, $"expected `{_typed.Split('=')[0]}` to be {SecretReference}, got something else (not shown: it may be a secret)",
            "command lines are seen by everybody on the host: put the secret into a variable or a file and name that");
        return default;
    }

    /// <summary>Where a secret is, or <c>null</c>.</summary>
    public Setting<Secret?> OptionalSecret() => IsNull ? new Setting<Secret?>(null) : Secret().To<Secret?>(static secret => secret);

    /// <summary>Whether <c>null</c> was given for the whole value.</summary>
    public bool IsNull => _words is ["null"];

    /// <summary>Whether <c>null</c> was given; anything else is a mistake, because the parts of the value have options of their own.</summary>
    public bool MustBeNull()
    {
        if (!IsNull)
            _mistakes.Add(Key, $"expected `{_typed}` to be null, got `{string.Join(' ', _words)}`", $"set its parts instead, such as `{Option.Name}.…`");
        return IsNull;
    }

    /// <summary>The configuration of an input, as JSON; or <c>null</c>.</summary>
    public Setting<T?> Input<T>()
        where T : class, IExperiment<T> => IsNull ? new Setting<T?>(null) : MandatoryInput<T>().To<T?>(static config => config);

    /// <summary>The configuration of an input, as JSON.</summary>
    public Setting<T> MandatoryInput<T>()
        where T : class, IExperiment<T>
    {
        try
        {
            return Configuration.Read<T>(System.Text.Encoding.UTF8.GetBytes(string.Join(' ', _words)));
        }
        catch (ExperimentsException exception)
        {
            _mistakes.Add(Key, $"expected `{_typed}` to be the JSON of a configuration of `{T.Experiment.Name}`: {exception.Message}", exception.Hint);
            return default;
        }
    }

    private Setting<T> Read<T>(string path, string word, TextReader<T> read, string expected, IEnumerable<string>? names)
    {
        if (read(word, out var value))
            return value;
        var hint = names is not null && Suggestion.Closest(word, names) is { } closest ? $"did you mean `{closest}`?" : null;
        _mistakes.Add(path, $"expected `{_typed}` to be {expected}, got `{word}`", hint);
        return default;
    }
}
