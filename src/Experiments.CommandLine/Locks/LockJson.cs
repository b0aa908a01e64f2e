using System.Text.Json;

namespace Experiments.CommandLine;

/// <summary>The JSON shape of <c>plan --diff</c>.</summary>
internal static class LockJson
{
    /// <summary>Writes a report.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="path">The lock; <see langword="null"/> when there is none, and only known runs were compared with.</param>
    /// <param name="report">The report.</param>
    public static void Write(Utf8JsonWriter json, string? path, LockReport report)
    {
        var (difference, estranged) = report;
        json.WriteStartObject();
        json.WriteString("lock"u8, path);
        json.WriteBoolean("changed"u8, report.HasChanges);
        json.WriteStartArray("experiments"u8);
        foreach (var experiment in difference.Experiments)
            Write(json, experiment);
        json.WriteEndArray();
        json.WriteStartArray("sweeps"u8);
        foreach (var sweep in difference.Sweeps)
            Write(json, sweep);
        json.WriteEndArray();
        json.WriteStartObject("registry"u8);
        json.WriteNumber("lost"u8, report.Lost);
        json.WriteStartArray("runs"u8);
        foreach (var run in estranged)
        {
            json.WriteStartObject();
            json.WriteString("id"u8, run.Id);
            json.WriteString("experiment"u8, run.Experiment);
            json.WriteString("status"u8, run.Status.ToString().ToLowerInvariant());
            json.WriteString("new_id"u8, run.NewId);
            json.WriteString("reason"u8, run.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ExperimentDifference experiment)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, experiment.Name);
        json.WriteString("change"u8, Word(experiment.Change));
        Pair(json, "id", experiment.From?.Id, experiment.To?.Id);
        Pair(json, "sample", experiment.From?.Sample, experiment.To?.Sample);
        json.WriteStartArray("properties"u8);
        foreach (var property in experiment.Properties)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, property.Name);
            json.WriteString("change"u8, Word(property.Change));
            Pair(json, "type", property.From?.Type, property.To?.Type);
            json.WriteStartObject("default"u8);
            Raw(json, "from", property.From?.Default);
            Raw(json, "to", property.To?.Default);
            json.WriteEndObject();
            if (property.Change == Change.Added)
                json.WriteString("former_name"u8, experiment.FormerNameOf(property));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, SweepDifference sweep)
    {
        json.WriteStartObject();
        json.WriteString("name"u8, sweep.Name);
        json.WriteString("change"u8, Word(sweep.Change));
        json.WriteBoolean("ids_changed"u8, sweep.AreIdsChanged);
        json.WriteStartObject("runs"u8);
        Number(json, "from", sweep.From?.Runs);
        Number(json, "to", sweep.To?.Runs);
        json.WriteEndObject();
        Pair(json, "first", sweep.From?.First, sweep.To?.First);
        Pair(json, "last", sweep.From?.Last, sweep.To?.Last);
        json.WriteEndObject();
    }

    private static void Pair(Utf8JsonWriter json, string name, string? from, string? to)
    {
        json.WriteStartObject(name);
        json.WriteString("from"u8, from);
        json.WriteString("to"u8, to);
        json.WriteEndObject();
    }

    private static void Raw(Utf8JsonWriter json, string name, string? value)
    {
        json.WritePropertyName(name);
        json.WriteRawValue(value ?? "null");
    }

    private static void Number(Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } number)
            json.WriteNumber(name, number);
        else
            json.WriteNull(name);
    }

    private static string Word(Change change) => change.ToString().ToLowerInvariant();
}
