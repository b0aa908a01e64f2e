using System.Text.Json;
using Experiments.Core;
using Experiments.Registry;

namespace Experiments.Runtime.Secrets;

/// <summary>The secrets of one attempt: read when it starts, given to its process by environment, kept out of all that is written about it.</summary>
internal sealed class AttemptSecrets
{
    /// <summary>What stands for a secret in a text.</summary>
    private const string Mask = "***";

    /// <summary>Shorter values are parts of ordinary words; masking them would only tell what they are.</summary>
    private const int MaskedMin = 4;

    private static readonly AttemptSecrets None = new([], [], null);

    private readonly IReadOnlyList<(string Path, Secret Secret, string Value)> _known;
    private readonly string[] _masked;
    private readonly ExperimentsException? _missing;

    private AttemptSecrets(IReadOnlyList<(string Path, Secret Secret, string Value)> known, string[] masked, ExperimentsException? missing)
    {
        _known = known;
        _masked = masked;
        _missing = missing;
    }

    /// <summary>Reads the secrets of a claimed run, as far as they are there.</summary>
    public static AttemptSecrets Of(ClaimedRun run)
    {
        var references = SecretReferences.Of(run.Experiment, run.Config);
        if (references.Count == 0)
            return None;
        var known = new List<(string, Secret, string Value)>();
        ExperimentsException? missing = null;
        foreach (var (path, secret) in references)
        {
            try
            {
                known.Add((path, secret, SecretValue.Read(secret, run.Experiment.Launch.WorkingDirectory ?? Environment.CurrentDirectory)));
            }
            catch (ExperimentsException e)
            {
                missing ??= e;
            }
        }

        return new AttemptSecrets(known, Forms(known.Select(k => k.Value)), missing);
    }

    /// <summary>The variables that give the process its secrets, as <c>NAME=value</c>.</summary>
    /// <exception cref="ExperimentsException">EXP8300: one is missing.</exception>
    public IEnumerable<string> Variables()
    {
        if (_missing is not null)
            throw _missing;
        foreach (var (path, secret, value) in _known)
        {
            yield return $"{ProtocolVariables.Secret(path)}={value}";
            if (secret.Variable is { } variable)
                yield return $"{variable}={value}";
        }
    }

    /// <summary>A text without the values of the secrets.</summary>
    public string Redact(string text)
    {
        foreach (var value in _masked)
            text = text.Replace(value, Mask, StringComparison.Ordinal);
        return text;
    }

    /// <summary>JSON without the values of the secrets; still JSON, whatever they were.</summary>
    public string RedactJson(string json)
    {
        var redacted = Redact(json);
        return redacted == json || IsJson(redacted) ? redacted : $"\"{Mask}\"";
    }

    /// <summary>Whether an environment variable is one of the secrets, or holds one.</summary>
    public bool Hold(string name, string value) => _known.Any(k => k.Secret.Variable == name) || _masked.Any(m => value.Contains(m, StringComparison.Ordinal));

    private static bool IsJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>The values as they may stand in a text: as they are, each line by itself, and as JSON writes them. Longer ones first, because one may be within another.</summary>
    private static string[] Forms(IEnumerable<string> values) =>
    [
        .. values.SelectMany(static value => value.Split('\n', StringSplitOptions.RemoveEmptyEntries).Prepend(value))
            .SelectMany(static value => (string[])[value, JsonEncodedText.Encode(value).Value, Relaxed(value)])
            .Where(static value => value.Trim().Length >= MaskedMin).Distinct().OrderByDescending(static value => value.Length),
    ];

    private static string Relaxed(string value) =>
        JsonEncodedText.Encode(value, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping).Value;
}
