using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;

namespace Experiments;

/// <summary>
/// Reads and writes <see cref="ExperimentDefinition"/> as JSON. By hand, because every command reads definitions:
/// the framework's serializer costs 50 ms of compiling at the first use, even with generated metadata.
/// </summary>
public static class DefinitionJson
{
    /// <summary>Writes a definition. Equal definitions give equal text; what is absent is left out.</summary>
    public static string Write(ExperimentDefinition definition)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("name"u8, definition.Name);
        json.WriteString("summary"u8, definition.Summary);
        json.WriteString("id_template"u8, definition.IdTemplate);
        WriteLaunch(json, definition.Launch);
        json.WriteStartObject("resources"u8);
        json.WriteNumber("gpus"u8, definition.Resources.Gpus);
        json.WriteNumber("memory_gib"u8, definition.Resources.MemoryGiB);
        json.WriteEndObject();
        json.WriteStartObject("retry"u8);
        json.WriteNumber("limit"u8, definition.Retry.Limit);
        json.WriteNumber("backoff_base"u8, definition.Retry.BackoffBase);
        if (!definition.Retry.Budgets.IsEmpty)
        {
            json.WriteStartObject("budgets"u8);
            foreach (var budget in definition.Retry.Budgets)
                json.WriteNumber(budget.Category.ToString(), budget.Limit);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        if (definition.Timeout is { } timeout)
            json.WriteNumber("timeout_seconds"u8, timeout.TotalSeconds);
        if (definition.Stall is { } stall)
            json.WriteNumber("stall_seconds"u8, stall.TotalSeconds);
        if (definition.Estimate is { } estimate)
            json.WriteNumber("estimate_seconds"u8, estimate.TotalSeconds);
        WriteArray(json, "metrics", definition.Metrics, static (json, metric) =>
        {
            json.WriteString("name"u8, metric.Name);
            json.WriteString("goal"u8, metric.Goal.ToString());
            json.WriteBoolean("primary"u8, metric.Primary);
            if (metric.Ranks != RankAggregation.RankZero)
                json.WriteString("ranks"u8, metric.Ranks.ToString());
            if (metric.Component != ResultComponent.Default)
                json.WriteString("component"u8, metric.Component.ToString());
            if (metric.Derived)
                json.WriteBoolean("derived"u8, true);
        });
        WriteArray(json, "artifacts", definition.Artifacts, static (json, artifact) =>
        {
            json.WriteString("name"u8, artifact.Name);
            json.WriteString("file"u8, artifact.File);
            if (artifact.Component != ResultComponent.Default)
                json.WriteString("component"u8, artifact.Component.ToString());
        });
        WriteArray(json, "remedies", definition.Remedies, static (json, remedy) =>
        {
            json.WriteString("path"u8, remedy.Path);
            json.WriteNumber("scale"u8, remedy.Scale);
            if (remedy.Min is { } min)
                json.WriteNumber("min"u8, min);
            if (remedy.Max is { } max)
                json.WriteNumber("max"u8, max);
            if (remedy.IsInteger)
                json.WriteBoolean("integer"u8, true);
        });
        if (!definition.Invariants.IsEmpty)
            WriteArray(json, "invariants", definition.Invariants, static (json, invariant) => WriteWords(json, "paths", invariant.Paths));
        if (!definition.FailureRules.IsEmpty)
        {
            WriteArray(json, "failure_rules", definition.FailureRules, static (json, rule) =>
            {
                json.WriteString("pattern"u8, rule.Pattern);
                json.WriteString("category"u8, rule.Category.ToString());
                if (rule.Action is { } action)
                    json.WriteString("action"u8, action.ToString());
            });
        }

        if (definition.Checkpoints is { } checkpoints)
        {
            json.WriteStartObject("checkpoints"u8);
            json.WriteNumber("keep_last"u8, checkpoints.KeepLast);
            json.WriteNumber("keep_best"u8, checkpoints.KeepBest);
            json.WriteEndObject();
        }

        if (definition.ResultTask is not null)
            json.WriteString("result_task"u8, definition.ResultTask);
        if (!definition.Secrets.IsEmpty)
            WriteWords(json, "secrets", definition.Secrets);
        json.WriteEndObject();
        json.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Reads a definition. Unknown keys, of a newer version, are passed over.</summary>
    /// <exception cref="JsonException">The text is not a definition.</exception>
    public static ExperimentDefinition Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        try
        {
            var root = document.RootElement;
            var resources = root.GetProperty("resources"u8);
            var retry = root.GetProperty("retry"u8);
            return new ExperimentDefinition
            {
                Name = root.GetProperty("name"u8).GetString()!,
                Summary = root.GetProperty("summary"u8).GetString()!,
                IdTemplate = root.GetProperty("id_template"u8).GetString()!,
                Launch = ReadLaunch(root.GetProperty("launch"u8)),
                Resources = new Resources { Gpus = resources.GetProperty("gpus"u8).GetInt32(), MemoryGiB = resources.GetProperty("memory_gib"u8).GetDouble() },
                Retry = new RetryPolicy { Limit = retry.GetProperty("limit"u8).GetInt32(), BackoffBase = retry.GetProperty("backoff_base"u8).GetDouble(), Budgets = ReadBudgets(retry) },
                Timeout = Number(root, "timeout_seconds") is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
                Stall = Number(root, "stall_seconds") is { } silent ? TimeSpan.FromSeconds(silent) : null,
                Estimate = Number(root, "estimate_seconds") is { } expected ? TimeSpan.FromSeconds(expected) : null,
                Metrics = ReadArray(root, "metrics", static metric => new MetricDefinition(
                    metric.GetProperty("name"u8).GetString()!, Enum.Parse<Goal>(metric.GetProperty("goal"u8).GetString()!), metric.GetProperty("primary"u8).GetBoolean())
                {
                    Ranks = Member<RankAggregation>(metric, "ranks"),
                    Component = Member<ResultComponent>(metric, "component"),
                    Derived = metric.TryGetProperty("derived"u8, out var derived) && derived.GetBoolean(),
                }),
                Artifacts = ReadArray(root, "artifacts", static artifact => new ArtifactDefinition(
                    artifact.GetProperty("name"u8).GetString()!, artifact.GetProperty("file"u8).GetString()!, Member<ResultComponent>(artifact, "component"))),
                Remedies = ReadArray(root, "remedies", static remedy => new Remedy(
                    remedy.GetProperty("path"u8).GetString()!, remedy.GetProperty("scale"u8).GetDouble(), Number(remedy, "min"), Number(remedy, "max"),
                    remedy.TryGetProperty("integer"u8, out var isInteger) && isInteger.GetBoolean())),
                Invariants = ReadArray(root, "invariants", static invariant => new Invariant(ReadArray(invariant, "paths", static path => path.GetString()!))),
                FailureRules = ReadArray(root, "failure_rules", static rule => new FailureRule(
                    rule.GetProperty("pattern"u8).GetString()!, Member<FailureCategory>(rule, "category"), Text(rule, "action") is null ? null : Member<FailureAction>(rule, "action"))),
                Checkpoints = root.TryGetProperty("checkpoints"u8, out var kept) ? new CheckpointPolicy(kept.GetProperty("keep_last"u8).GetInt32(), kept.GetProperty("keep_best"u8).GetInt32()) : null,
                ResultTask = Text(root, "result_task"),
                Secrets = ReadArray(root, "secrets", static path => path.GetString()!),
            };
        }
        catch (Exception exception) when (exception is KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new JsonException($"expected an experiment definition, got `{json}`: {exception.Message}", exception);
        }
    }

    private static ImmutableArray<RetryBudget> ReadBudgets(JsonElement retry) => retry.TryGetProperty("budgets"u8, out var budgets)
        ? [.. budgets.EnumerateObject().Select(budget => new RetryBudget(Enum.Parse<FailureCategory>(budget.Name), budget.Value.GetInt32()))]
        : [];

    private static void WriteLaunch(Utf8JsonWriter json, Launch launch)
    {
        json.WriteStartObject("launch"u8);
        json.WriteString("kind"u8, launch.Kind.ToString());
        json.WriteString("target"u8, launch.Target);
        WriteWords(json, "arguments", launch.Arguments);
        json.WriteString("style"u8, launch.Style.ToString());
        json.WriteString("option_case"u8, launch.OptionCase.ToString());
        json.WriteString("booleans"u8, launch.Booleans.ToString());
        if (launch.Tool is not null)
            json.WriteString("tool"u8, launch.Tool);
        if (launch.Commit is not null)
            json.WriteString("commit"u8, launch.Commit);
        if (launch.Ranks is { } ranks)
        {
            json.WriteStartObject("ranks"u8);
            json.WriteString("launcher"u8, ranks.Launcher.ToString());
            json.WriteNumber("processes"u8, ranks.Processes);
            if (ranks.MixedPrecision is not null)
                json.WriteString("mixed_precision"u8, ranks.MixedPrecision);
            if (ranks.ConfigFile is not null)
                json.WriteString("config_file"u8, ranks.ConfigFile);
            WriteWords(json, "options", ranks.Options);
            json.WriteEndObject();
        }

        WriteWords(json, "program", launch.Program);
        if (launch.WorkingDirectory is not null)
            json.WriteString("working_directory"u8, launch.WorkingDirectory);
        json.WriteEndObject();
    }

    private static Launch ReadLaunch(JsonElement launch) => new()
    {
        Kind = Enum.Parse<LaunchKind>(launch.GetProperty("kind"u8).GetString()!),
        Target = launch.GetProperty("target"u8).GetString()!,
        Arguments = ReadArray(launch, "arguments", static word => word.GetString()!),
        Style = Enum.Parse<ArgumentStyle>(launch.GetProperty("style"u8).GetString()!),
        OptionCase = Enum.Parse<OptionCase>(launch.GetProperty("option_case"u8).GetString()!),
        Booleans = Enum.Parse<BooleanStyle>(launch.GetProperty("booleans"u8).GetString()!),
        Tool = Text(launch, "tool"),
        Commit = Text(launch, "commit"),
        Ranks = launch.TryGetProperty("ranks"u8, out var ranks)
            ? new RankLaunch(Member<Launcher>(ranks, "launcher"), ranks.GetProperty("processes"u8).GetInt32())
            {
                MixedPrecision = Text(ranks, "mixed_precision"),
                ConfigFile = Text(ranks, "config_file"),
                Options = ReadArray(ranks, "options", static word => word.GetString()!),
            }
            : null,
        Program = ReadArray(launch, "program", static word => word.GetString()!),
        WorkingDirectory = Text(launch, "working_directory"),
    };

    private static void WriteWords(Utf8JsonWriter json, string key, ImmutableArray<string> words)
    {
        json.WriteStartArray(key);
        foreach (var word in words)
            json.WriteStringValue(word);
        json.WriteEndArray();
    }

    private static void WriteArray<T>(Utf8JsonWriter json, string key, ImmutableArray<T> items, Action<Utf8JsonWriter, T> write)
    {
        json.WriteStartArray(key);
        foreach (var item in items)
        {
            json.WriteStartObject();
            write(json, item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>The items of an array; none where the key is missing.</summary>
    private static ImmutableArray<T> ReadArray<T>(JsonElement owner, string key, Func<JsonElement, T> read)
    {
        if (!owner.TryGetProperty(key, out var array))
            return [];
        var items = ImmutableArray.CreateBuilder<T>(array.GetArrayLength());
        foreach (var item in array.EnumerateArray())
            items.Add(read(item));
        return items.MoveToImmutable();
    }

    private static double? Number(JsonElement owner, string key) => owner.TryGetProperty(key, out var value) ? value.GetDouble() : null;

    /// <summary>A member of an enum; the default where the key is missing.</summary>
    private static T Member<T>(JsonElement owner, string key)
        where T : struct, Enum => Text(owner, key) is { } name ? Enum.Parse<T>(name) : default;

    private static string? Text(JsonElement owner, string key) => owner.TryGetProperty(key, out var value) ? value.GetString() : null;
}
