using System.Collections.Immutable;
using System.ComponentModel;
using System.Text;
using System.Text.Json;

namespace Experiments.Core;

/// <summary>What every configuration can do, once for all of them; generated members forward here.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Configuration
{
    /// <summary>Writes the canonical JSON.</summary>
    public static void WriteTo<T>(T config, Utf8JsonWriter writer)
        where T : class, IExperiment<T>
    {
        var json = CanonicalJson.Rent();
        config.WriteTo(json);
        writer.WriteRawValue(json.Written, skipInputValidation: true);
        json.Return();
    }

    /// <summary>The canonical JSON as text.</summary>
    public static string ToJson<T>(T config)
        where T : class, IExperiment<T>
    {
        var json = CanonicalJson.Rent();
        config.WriteTo(json);
        var text = Encoding.UTF8.GetString(json.Written);
        json.Return();
        return text;
    }

    /// <summary>Hash of what identifies the configuration.</summary>
    public static ContentHash Hash<T>(T config)
        where T : class, IExperiment<T>
    {
        var json = CanonicalJson.Rent();
        config.WriteIdentity(json);
        var hash = ContentHash.Compute(json.Written);
        json.Return();
        return hash;
    }

    /// <summary>Reads a configuration.</summary>
    /// <exception cref="ExperimentsException">EXP8011: the text is not a configuration of this experiment.</exception>
    public static T Read<T>(ReadOnlySpan<byte> json)
        where T : class, IExperiment<T>
    {
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            reader.Read();
            var config = T.Read(ref reader);
            return reader.Read() ? throw new JsonException($"expected one object, got `{Encoding.UTF8.GetString(reader.ValueSpan)}` after it") : config;
        }
        catch (JsonException exception)
        {
            throw new ExperimentsException("EXP8011", exception.Message,
                $"the text must be a configuration of experiment `{T.Experiment.Name}`, as its canonical JSON is", cause: exception);
        }
    }

    /// <summary>Reads a configuration into its draft and makes it.</summary>
    /// <exception cref="JsonException">The JSON is not a configuration of the experiment.</exception>
    public static T Read<T>(Draft<T> draft, ref Utf8JsonReader json)
        where T : class
    {
        if (json.TokenType == JsonTokenType.Null)
            throw JsonValues.Unexpected(ref json, "", "an object");
        draft.Read(ref json, "");
        var mistakes = new Mistakes();
        var config = draft.Create("", mistakes);
        return mistakes.Count == 0 && config is not null ? config : throw new JsonException(string.Join("; ", mistakes));
    }

    /// <summary>What identifies the runs of an experiment.</summary>
    /// <param name="defaults">The configuration of defaults; what has no default is empty.</param>
    /// <param name="id">The run id template under first-ever names.</param>
    /// <param name="properties">The values of the configuration.</param>
    public static ExperimentIdentity Identity<T>(T defaults, string id, params ImmutableArray<IdentityProperty> properties)
        where T : class, IExperiment<T>
    {
        var json = CanonicalJson.Rent();
        defaults.WriteIdentity(json);
        var identity = new ExperimentIdentity(id, properties, json.Written.ToArray());
        json.Return();
        return identity;
    }

    /// <summary>Writes the configuration of an input, nested in another; or <c>null</c>.</summary>
    public static void WriteInput<T>(CanonicalJson json, T? input)
        where T : class, IExperiment<T>
    {
        if (input is null)
            json.WriteNull();
        else
            input.WriteTo(json);
    }

    /// <summary>Writes what identifies an input's configuration, nested in another; or <c>null</c>.</summary>
    public static void WriteInputIdentity<T>(CanonicalJson json, T? input)
        where T : class, IExperiment<T>
    {
        if (input is null)
            json.WriteNull();
        else
            input.WriteIdentity(json);
    }

    /// <summary>Reads the configuration of an input, nested in another.</summary>
    /// <exception cref="JsonException">The JSON is not a configuration of the experiment.</exception>
    public static T ReadInput<T>(ref Utf8JsonReader json)
        where T : class, IExperiment<T> => T.Read(ref json);

    /// <summary>Makes the configuration of a draft and checks it; <see langword="null"/> when there are mistakes.</summary>
    public static T? Create<T>(Draft<T> draft, Mistakes mistakes)
        where T : class, IExperiment<T>
    {
        var config = draft.Create("", mistakes);
        // Bounds are checked even where something else is wrong, so that all mistakes show at once.
        if (config is not null)
            mistakes.AddRange(config.Validate());
        return mistakes.Count == 0 ? config : null;
    }

    /// <summary>Sets the values of a draft on any configuration.</summary>
    /// <exception cref="ExperimentsException">EXP8010: a value that the draft needs is missing.</exception>
    public static Func<T, T> Overriding<T>(Draft<T> draft)
        where T : class, IExperiment<T> => config =>
        {
            var mistakes = new Mistakes();
            var changed = draft.Apply(config, "", mistakes);
            mistakes.ThrowIfAny("EXP8010", $"`{T.Experiment.Name}`");
            return changed;
        };

    /// <summary>Throws when values are out of bounds.</summary>
    /// <exception cref="ExperimentsException">EXP8010: all of them.</exception>
    public static T Validated<T>(T config)
        where T : class, IExperiment<T>
    {
        config.Validate().ThrowIfAny("EXP8010", $"`{T.Experiment.Name}`");
        return config;
    }
}
