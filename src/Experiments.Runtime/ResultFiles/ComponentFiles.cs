using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Experiments.Registry;
using Experiments.Runtime.Publishing;
using Experiments.Runtime.Reports;
using Experiments.Runtime.Workers;

namespace Experiments.Runtime.ResultFiles;

/// <summary>
/// The flat form of a completed run's results: one numbered JSON file for every component, and a line of its task's table. Made of what the
/// registry and the run's home hold, so it can be made again after a crash.
/// </summary>
internal static partial class ComponentFiles
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true };

    /// <summary>Refuses a task that names no file.</summary>
    /// <exception cref="ExperimentsException">EXP8283: the name is not one.</exception>
    public static void Check(ExperimentDefinition experiment)
    {
        if (experiment.ResultTask is { } task && !TaskName().IsMatch(task))
            throw new ExperimentsException("EXP8283", $"expected the task of `[ResultFiles]` on `{experiment.Name}` to be lower-case letters, digits and `_`, got `{task}`",
                "it names the table `{task}_results.csv`; rename it");
    }

    /// <summary>Writes the files of a run whose own files are in place, and its line of the table, if its experiment wants them.</summary>
    /// <param name="registry">Holds its final metrics.</param>
    /// <param name="root">The results root.</param>
    /// <param name="run">The claim that won.</param>
    /// <param name="notice">Told of files that can't be written however often it is tried: the run counts as published without them.</param>
    /// <returns>Whether they are written.</returns>
    /// <exception cref="IOException">The file system refused; writing can be repeated.</exception>
    public static async Task<bool> WriteAsync(IRegistry registry, ResultsRoot root, ClaimedRun run, Action<string> notice)
    {
        if (run.Experiment.ResultTask is null || await registry.FindAsync(run.RunId).ConfigureAwait(false) is not { } details)
            return false;
        try
        {
            await WriteAsync(root, details, run.Attempt).ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (e is PathTooLongException || !(Patience.IsPassing(e) || e is UnauthorizedAccessException))
        {
            notice($"`{run.RunId}` is completed without its result files: {e.Message.TrimEnd('.')}; its results are in `{root.Run(run.RunId).Directory}`, and `show` has its metrics");
            return false;
        }
    }

    private static async Task WriteAsync(ResultsRoot root, RunDetails details, int attempt)
    {
        var home = root.Run(details.Run.Id);
        var id = FileId(details.Run.Id);
        var directory = Path.Combine(root.Directory, "raw_results", id);
        Directory.CreateDirectory(directory);
        var metrics = Metrics(details).ToList();
        var setup = Setup(id, details, attempt);

        Write("1_experiment_setup", json => WriteText(json, setup));
        // What ran, not what was declared: remedies may have changed it.
        var config = details.Attempts[^1].Config ?? details.Run.Config;
        Write("2_experiment_variables", json => WriteConfig(json, config));
        Write("3_model_architecture", json => WriteNumbers(json, Of(ResultComponent.ModelArchitecture)));
        Write("4_inference_metrics", json => WriteNumbers(json, Of(ResultComponent.InferenceMetrics)));
        Write("5_compute_metrics", json => WriteNumbers(json, Of(ResultComponent.ComputeMetrics)));
        foreach (var (rank, values) in LocalEnergy(home, details, metrics))
            Write(string.Create(CultureInfo.InvariantCulture, $"6_local_energy_results_process_{rank}"), json => WriteNumbers(json, values));
        Write("7_global_energy_results", json => WriteNumbers(json, Of(ResultComponent.GlobalEnergyResults)));
        foreach (var artifact in details.Definition.Artifacts.Where(a => a.Component is ResultComponent.TextOutput or ResultComponent.TokenOutput))
        {
            var source = Path.Combine(home.Directory, artifact.File);
            if (OpenDirectory.KindAt(source) == EntryKind.File)
                WholeFile.Copy(source, PathOf(artifact.Component == ResultComponent.TextOutput ? "8_text_output" : "8_token_output"));
        }

        await TaskTable.AppendAsync(Path.Combine(root.Directory, $"{details.Definition.ResultTask}_results.csv"), ["experiment_id", "attempt", "started"],
            Columns(setup, ConfigCells(config), metrics.Select(m => (m.Name, Number(m.Value))))).ConfigureAwait(false);

        IEnumerable<(string, double)> Of(ResultComponent component) => metrics.Where(m => m.Component == component).Select(m => (m.Name, m.Value));

        string PathOf(string part) => Path.Combine(directory, $"{id}_{part}.json");

        void Write(string part, Action<Utf8JsonWriter> write)
        {
            using var buffer = new MemoryStream();
            using (var json = new Utf8JsonWriter(buffer, Indented))
                write(json);
            buffer.WriteByte((byte)'\n');
            WholeFile.Write(PathOf(part), buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
        }
    }

    /// <summary>A run id as a part of file names: <c>~</c> is in no run id, so no two become one. Of a long one the beginning, and its hash.</summary>
    private static string FileId(string runId)
    {
        // Names end at 255 bytes, and the longest of ours adds less than 55.
        const int bytesMax = 200, hashLength = 16;
        var id = runId.Replace('/', '~');
        if (Encoding.UTF8.GetByteCount(id) <= bytesMax)
            return id;
        var hash = ContentHash.Compute(Encoding.UTF8.GetBytes(id)).ToString()[..hashLength];
        var length = id.Length;
        while (Encoding.UTF8.GetByteCount(id.AsSpan(0, length)) > bytesMax - hashLength - 2 || char.IsHighSurrogate(id[length - 1]))
            length--;
        return $"{id[..length]}~~{hash}";
    }

    /// <summary>The columns of a line. Of two that share a name the later gets another one: a metric <c>gpus</c> is <c>metric.gpus</c>.</summary>
    private static List<(string Column, string Value)> Columns(IEnumerable<(string, string)> setup, IEnumerable<(string, string)> config, IEnumerable<(string, string)> metrics)
    {
        var columns = new List<(string Column, string Value)>();
        var taken = new HashSet<string>();
        foreach (var (kind, cells) in new[] { ("setup", setup), ("config", config), ("metric", metrics) })
        {
            foreach (var (name, value) in cells)
            {
                var column = name;
                while (!taken.Add(column))
                    column = $"{kind}.{column}";
                columns.Add((column, value));
            }
        }

        return columns;
    }

    private static List<(string Column, string Value)> Setup(string id, RunDetails details, int attempt)
    {
        var record = details.Attempts.First(a => a.Number == attempt);
        var launch = details.Definition.Launch;
        return
        [
            ("experiment_id", id),
            ("run_id", details.Run.Id),
            ("experiment", details.Run.Experiment),
            ("task", details.Definition.ResultTask!),
            ("attempt", attempt.ToString(CultureInfo.InvariantCulture)),
            ("started", record.Started.ToString("O", CultureInfo.InvariantCulture)),
            ("ended", record.Ended?.ToString("O", CultureInfo.InvariantCulture) ?? ""),
            ("host", record.Host),
            ("worker", record.WorkerId),
            ("launcher", launch.Ranks?.Launcher.ToString().ToLowerInvariant() ?? "none"),
            ("processes", (launch.Ranks?.Processes ?? 1).ToString(CultureInfo.InvariantCulture)),
            ("gpus", details.Definition.Resources.Gpus.ToString(CultureInfo.InvariantCulture)),
            ("mixed_precision", launch.Ranks?.MixedPrecision ?? ""),
        ];
    }

    /// <summary>Metrics in the order of their declaration, then those that are not declared, by name. A declared one without a value is NaN, so that every line of a table has its column.</summary>
    private static IEnumerable<(string Name, ResultComponent Component, double Value)> Metrics(RunDetails details)
    {
        var values = details.Run.Metrics;
        var declared = details.Definition.Metrics;
        foreach (var metric in declared)
            yield return (metric.Name, Component(metric.Name, metric.Component), values.GetValueOrDefault(metric.Name, double.NaN));
        foreach (var (name, value) in values.Where(v => declared.All(m => m.Name != v.Key)).OrderBy(v => v.Key, StringComparer.Ordinal))
            yield return (name, Component(name, ResultComponent.Default), value);
    }

    private static ResultComponent Component(string metric, ResultComponent declared) => declared != ResultComponent.Default ? declared
        : SystemMetrics.Has(metric) ? ResultComponent.GlobalEnergyResults
        : ResultComponent.InferenceMetrics;

    /// <summary>The energy results that single ranks reported; of a run that is one process, its own.</summary>
    private static IEnumerable<(int Rank, IEnumerable<(string, double)> Values)> LocalEnergy(RunHome home, RunDetails details, IReadOnlyList<(string Name, ResultComponent Component, double Value)> metrics)
    {
        var ranks = new RankMetrics(details.Definition);
        var tail = new EventTail(home.Metrics, 0, ranks, TimeProvider.System);
        while (tail.Read(ended: true) is not null)
        {
        }

        foreach (var (rank, file) in FinalMetrics.ReadRanks(home.Directory, DateTimeOffset.UnixEpoch))
            file.Points.ForEach(point => ranks.Add(rank, point));
        var energy = metrics.Where(m => m.Component == ResultComponent.GlobalEnergyResults).ToList();
        if (ranks.Ranks.Count == 0)
            return [(0, energy.Select(m => (m.Name, m.Value)))];
        var names = energy.Select(m => m.Name).ToHashSet();
        return ranks.Ranks.Select(r => (r.Key, r.Value.Where(v => names.Contains(v.Key)).Select(v => (v.Key, v.Value))));
    }

    private static IEnumerable<(string, string)> ConfigCells(string config)
    {
        using var document = JsonDocument.Parse(config);
        return Flat("config", document.RootElement).ToList();
    }

    private static IEnumerable<(string, string)> Flat(string path, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().SelectMany(p => Flat($"{path}.{p.Name}", p.Value)),
        JsonValueKind.String => [(path, value.GetString()!)],
        JsonValueKind.Null => [(path, "")],
        _ => [(path, value.GetRawText())],
    };

    private static void WriteConfig(Utf8JsonWriter json, string config)
    {
        using var document = JsonDocument.Parse(config);
        document.WriteTo(json);
    }

    private static void WriteText(Utf8JsonWriter json, IEnumerable<(string Name, string Value)> values)
    {
        json.WriteStartObject();
        foreach (var (name, value) in values)
            json.WriteString(name, value);
        json.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter json, IEnumerable<(string Name, double Value)> values)
    {
        json.WriteStartObject();
        foreach (var (name, value) in values)
        {
            if (double.IsFinite(value))
                json.WriteNumber(name, value);
            else if (double.IsNaN(value))
                json.WriteNull(name);
            else
                json.WriteString(name, Number(value));
        }

        json.WriteEndObject();
    }

    /// <summary>A number as a cell: shortest round-trip, nothing for NaN.</summary>
    private static string Number(double value) => double.IsNaN(value) ? "" : value.ToString("R", CultureInfo.InvariantCulture);

    [GeneratedRegex("^[a-z0-9][a-z0-9_]{0,99}$", RegexOptions.CultureInvariant)]
    private static partial Regex TaskName();
}
