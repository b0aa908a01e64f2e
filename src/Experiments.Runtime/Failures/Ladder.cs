using System.Globalization;
using System.Text;
using System.Text.Json;
using Experiments.Core;

namespace Experiments.Runtime.Failures;

/// <summary>
/// The configurations that the remedies of an experiment lead to, one step after the other. All remedies move together. Those that are
/// bounded in the direction they move (a <c>Min</c> on the way down, where a whole number ends at 1, or a <c>Max</c> on the way up) decide
/// how far it goes: when none of them moves any more, the ladder ends. It also ends where a step would break an invariant.
/// </summary>
internal sealed class Ladder
{
    private const int StepsMax = 64;
    private const double RoundingError = 1e-9;

    private readonly ExperimentDefinition _experiment;
    private readonly JsonElement _declared;
    private readonly List<Remedy> _remedies;

    /// <summary>The ladder of a run.</summary>
    /// <param name="experiment">Its experiment.</param>
    /// <param name="declared">Its declared configuration, canonical JSON in UTF-8.</param>
    public Ladder(ExperimentDefinition experiment, ReadOnlyMemory<byte> declared)
    {
        _experiment = experiment;
        using var document = JsonDocument.Parse(declared);
        _declared = document.RootElement.Clone();
        // A nullable number, or one of a nested record that is null, has no value that could be scaled.
        _remedies = [.. experiment.Remedies.Where(r => Number(_declared, r.Path) is not null)];
    }

    /// <summary>Whether there is anything to change.</summary>
    public bool IsEmpty => _remedies.Count == 0;

    /// <summary>The configuration after another one.</summary>
    /// <param name="config">Canonical JSON in UTF-8.</param>
    /// <param name="step">What changes, for people: <c>batch_size 64 → 32</c>. At the end of the ladder: why it ends, and the whole of it.</param>
    /// <returns><see langword="null"/>: that was the last one.</returns>
    public ReadOnlyMemory<byte>? After(ReadOnlyMemory<byte> config, out string step)
    {
        var values = Values(config);
        var steps = Climbed(values);
        if (steps.Count > StepsMax)
        {
            step = Invariant($"no remedy is left after {StepsMax} steps: {Show(steps)}");
            return null;
        }

        if (Next(values, out var end) is not { } next)
        {
            step = $"{end}: {Show(steps)}";
            return null;
        }

        step = Show([values, next]);
        return Write(config, next);
    }

    /// <summary>The steps that led to these values, the declared ones first.</summary>
    private List<double[]> Climbed(double[] values)
    {
        var steps = new List<double[]> { Values(_declared) };
        while (!steps[^1].AsSpan().SequenceEqual(values) && steps.Count <= StepsMax && Next(steps[^1], out _) is { } next)
            steps.Add(next);
        // Values that the ladder does not lead to are of an earlier version of the experiment: all that is known is where it stands.
        return steps[^1].AsSpan().SequenceEqual(values) || steps.Count > StepsMax ? steps : [values];
    }

    private double[]? Next(double[] values, out string end)
    {
        var next = values.Select((value, i) => Scaled(_remedies[i], value)).ToArray();
        var deciding = Enumerable.Range(0, next.Length).Where(i => IsBounded(_remedies[i])).ToList();
        if (deciding.Count == 0)
            deciding = [.. Enumerable.Range(0, next.Length)];
        if (deciding.All(i => next[i] == values[i]))
        {
            end = "no remedy is left";
            return null;
        }

        foreach (var invariant in _experiment.Invariants)
        {
            if (Product(invariant, Values(_declared)) is { } kept && Product(invariant, next) is { } product && Math.Abs(product - kept) > Math.Abs(kept) * RoundingError)
            {
                end = $"no further step keeps {string.Join(" × ", invariant.Paths.Select(p => $"`{p}`"))} = {Text(kept)}";
                return null;
            }
        }

        end = "";
        return next;
    }

    private static bool IsBounded(Remedy remedy) => remedy.Scale < 1 ? remedy.Min is not null || remedy.IsInteger : remedy.Max is not null;

    private static double Scaled(Remedy remedy, double value)
    {
        var scaled = value * remedy.Scale;
        if (remedy.IsInteger)
            scaled = remedy.Scale < 1 ? Math.Floor(scaled) : Math.Ceiling(scaled);
        // A bound stops a value; it never moves it back.
        return remedy.Scale < 1
            ? Math.Min(value, Math.Max(scaled, remedy.Min ?? (remedy.IsInteger ? 1 : double.NegativeInfinity)))
            : Math.Max(value, Math.Min(scaled, remedy.Max ?? double.PositiveInfinity));
    }

    private double? Product(Invariant invariant, double[] values)
    {
        var product = 1.0;
        foreach (var path in invariant.Paths)
        {
            var remedy = _remedies.FindIndex(r => r.Path == path);
            if ((remedy >= 0 ? values[remedy] : Number(_declared, path)) is not { } value)
                return null;
            product *= value;
        }

        return product;
    }

    private double[] Values(ReadOnlyMemory<byte> config)
    {
        using var document = JsonDocument.Parse(config);
        return Values(document.RootElement);
    }

    private double[] Values(JsonElement config) => [.. _remedies.Select(r => Number(config, r.Path) ?? Number(_declared, r.Path)!.Value)];

    private static double? Number(JsonElement config, string path)
    {
        foreach (var key in path.Split('.'))
        {
            if (config.ValueKind != JsonValueKind.Object || !config.TryGetProperty(key, out config))
                return null;
        }

        return config.ValueKind == JsonValueKind.Number ? config.GetDouble() : null;
    }

    private string Show(IReadOnlyList<double[]> steps) => string.Join(", ", _remedies
        .Select((remedy, i) => (remedy.Path, Values: steps.Select(s => s[i]).ToList()))
        .Where(r => r.Values.Count == 1 || r.Values.Distinct().Count() > 1)
        .Select(r => $"{r.Path} {string.Join(" → ", r.Values.Select(Text))}"));

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>The configuration with other numbers; everything else stays as it is written.</summary>
    private ReadOnlyMemory<byte> Write(ReadOnlyMemory<byte> config, double[] values)
    {
        using var document = JsonDocument.Parse(config);
        var json = CanonicalJson.Rent();
        Write(json, document.RootElement, "", values);
        var bytes = json.Written.ToArray();
        json.Return();
        return bytes;
    }

    private void Write(CanonicalJson json, JsonElement element, string path, double[] values)
    {
        if (_remedies.FindIndex(r => r.Path == path) is var changed and >= 0)
        {
            if (_remedies[changed].IsInteger)
                json.Write((long)values[changed]);
            else
                json.Write(values[changed]);
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            var separator = "{"u8;
            foreach (var property in element.EnumerateObject())
            {
                json.Append(separator);
                json.Write(property.Name);
                json.Append(":"u8);
                Write(json, property.Value, path.Length == 0 ? property.Name : $"{path}.{property.Name}", values);
                separator = ","u8;
            }

            json.Append(separator[0] == (byte)'{' ? "{}"u8 : "}"u8);
        }
        else
        {
            json.Append(Encoding.UTF8.GetBytes(element.GetRawText()));
        }
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
