using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Experiments.Core;

namespace Experiments.CommandLine;

/// <summary>
/// A plan as a file: the experiments with their launches resolved, then the runs in order, inputs first. Any program, <c>exp</c> included,
/// can submit it; what was planned is what runs, byte for byte (each configuration is checked against a hash of it).
/// </summary>
internal static class PlanFile
{
    private const int Format = 1;

    /// <summary>Writes a plan; the file is whole or as it was.</summary>
    /// <exception cref="ExperimentsException">EXP8109: it can't be written.</exception>
    public static void Write(Plan plan, string path) => OutputFile.Write(path, file =>
    {
        using (var json = new Utf8JsonWriter(file, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            Write(plan, json);
        file.Write("\n"u8);
    });

    /// <summary>Writes a plan as JSON. Equal plans give equal text.</summary>
    public static void Write(Plan plan, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("format"u8, Format);
        json.WriteString("target"u8, plan.Target);
        json.WriteStartArray("experiments"u8);
        foreach (var experiment in plan.Runs.Select(r => r.Experiment).DistinctBy(e => e.Name))
            json.WriteRawValue(DefinitionJson.Write(experiment));
        json.WriteEndArray();
        json.WriteStartArray("runs"u8);
        foreach (var run in plan.Runs)
        {
            json.WriteStartObject();
            json.WriteString("id"u8, run.Id);
            json.WriteString("experiment"u8, run.Experiment.Name);
            json.WriteString("hash"u8, run.Hash.ToString());
            // Properties with former names and secrets make the identity of a run differ from its text.
            if (ContentHash.Compute(run.Config.Span) is var text && text != run.Hash)
                json.WriteString("config_hash"u8, text.ToString());
            json.WritePropertyName("config"u8);
            json.WriteRawValue(run.Config.Span);
            json.WriteNumber("priority"u8, run.Priority);
            json.WriteStrings("tags", run.Tags);
            json.WriteStartObject("inputs"u8);
            foreach (var input in run.Inputs)
                json.WriteString(input.Name, input.Run.Id);
            json.WriteEndObject();
            if (plan.AddedInputs.Contains(run.Id))
                json.WriteBoolean("added"u8, true);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Reads a plan.</summary>
    /// <exception cref="ExperimentsException">EXP8102: there is no such file. EXP8105: it is not a plan.</exception>
    public static Plan Read(string path)
    {
        try
        {
            return Read(File.ReadAllBytes(path), path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ExperimentsException("EXP8102", $"expected a plan file at `{path}`, got nothing", "`plan TARGET --out FILE` writes one", ExitCode.NotFound, error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ExperimentsException("EXP8105", $"expected to read a plan file at `{path}`, got: {error.Message.TrimEnd('.')}", cause: error);
        }
    }

    private static Plan Read(byte[] text, string path)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            var root = document.RootElement;
            var format = root.GetProperty("format"u8).GetInt32();
            if (format != Format)
                throw Malformed(path, $"expected `format` to be {Format}, got {format}", "write it again with this version's `plan TARGET --out FILE`");
            var experiments = root.GetProperty("experiments"u8).EnumerateArray()
                .Select(e => DefinitionJson.Read(e.GetRawText())).ToDictionary(e => e.Name);
            var runs = new Dictionary<string, PlannedRun>();
            var targeted = new List<PlannedRun>();
            foreach (var element in root.GetProperty("runs"u8).EnumerateArray())
            {
                var run = ReadRun(element, experiments, runs, path);
                if (!runs.TryAdd(run.Id, run))
                    throw Malformed(path, $"expected every run once, got `{run.Id}` twice", null);
                if (!element.TryGetProperty("added"u8, out var added) || !added.GetBoolean())
                    targeted.Add(run);
            }

            return Resolution.Plan(root.GetProperty("target"u8).GetString()!, targeted);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new ExperimentsException("EXP8105", $"expected `{path}` to be a plan, got {JsonExtensions.Problem(error)}", "`plan TARGET --out FILE` writes one", cause: error);
        }
    }

    private static PlannedRun ReadRun(JsonElement element, Dictionary<string, ExperimentDefinition> experiments, Dictionary<string, PlannedRun> earlier, string path)
    {
        var id = element.GetProperty("id"u8).GetString()!;
        if (PortablePath.Problem(id) is { } problem)
            throw Malformed(path, $"expected a portable path as run id, got `{id}`: {problem}", null);
        // Written raw, on one line: the text is the canonical one that was hashed.
        var config = Encoding.UTF8.GetBytes(element.GetProperty("config"u8).GetRawText());
        var text = ContentHash.Compute(config);
        if (!ContentHash.TryParse(element.GetProperty("hash"u8).GetString(), out var hash) || Expected(element, hash) != text)
            throw Malformed(path, $"expected the configuration of `{id}` to have the hash beside it, got {text}", "plan files are not edited by hand: change the sweep and write the plan again");
        var name = element.GetProperty("experiment"u8).GetString()!;
        if (!experiments.TryGetValue(name, out var experiment))
            throw Malformed(path, $"expected `{id}` to be of an experiment of the file, got `{name}`", null);
        var priority = element.GetProperty("priority"u8).GetInt32();
        if (priority is < 0 or > PlannedRun.PriorityMax)
            throw Malformed(path, $"expected the priority of `{id}` to be from 0 to {PlannedRun.PriorityMax}, got {priority}", null);
        return new PlannedRun
        {
            Id = id,
            Experiment = experiment,
            Config = config,
            Hash = hash,
            Priority = priority,
            Tags = [.. element.GetProperty("tags"u8).EnumerateArray().Select(t => t.GetString()!)],
            Inputs = [.. element.GetProperty("inputs"u8).EnumerateObject().Select(i => new PlannedInput(i.Name, Input(i.Value.GetString()!)))],
        };

        static ContentHash Expected(JsonElement element, ContentHash hash) =>
            element.TryGetProperty("config_hash"u8, out var other) && ContentHash.TryParse(other.GetString(), out var text) ? text : hash;

        PlannedRun Input(string input) => earlier.TryGetValue(input, out var run)
            ? run
            : throw Malformed(path, $"expected `{id}` to come after its input, got no earlier `{input}`", null);
    }

    private static ExperimentsException Malformed(string path, string message, string? hint) => new("EXP8105", $"{message} in `{path}`", hint);
}
