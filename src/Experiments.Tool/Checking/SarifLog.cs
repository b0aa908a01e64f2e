using System.Text.Json;
using Experiments.CommandLine;
using Experiments.Scripting.Compiling;

namespace Experiments.Tool.Checking;

/// <summary>The Static Analysis Results Interchange Format, version 2.1.0 (OASIS): what compilers write and code hosts read.</summary>
internal static class SarifLog
{
    private const string Schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json";
    private const string Pages = "https://github.com/experiments-net/experiments/blob/main/docs/rules/";

    /// <summary>Errors and warnings of a log; what is suppressed, or only advice, is left out.</summary>
    public static IEnumerable<ScriptProblem> Read(JsonElement log)
    {
        foreach (var result in log.GetProperty("runs").EnumerateArray().SelectMany(run => run.GetProperty("results").EnumerateArray()))
        {
            var level = result.TryGetProperty("level", out var given) ? given.GetString() : "warning";
            if (level is not ("error" or "warning") || (result.TryGetProperty("suppressions", out var suppressions) && suppressions.GetArrayLength() > 0))
                continue;
            var (id, message) = (result.GetProperty("ruleId").GetString()!, result.GetProperty("message").GetProperty("text").GetString()!);
            if (result.TryGetProperty("locations", out var locations) && locations.EnumerateArray().FirstOrDefault() is { ValueKind: JsonValueKind.Object } location)
            {
                var place = location.GetProperty("physicalLocation");
                var region = place.GetProperty("region");
                yield return new ScriptProblem(id, level == "error", message, PathOf(place.GetProperty("artifactLocation").GetProperty("uri").GetString()!),
                    Number(region, "startLine"), Number(region, "startColumn"), Number(region, "endLine"), Number(region, "endColumn"));
            }
            else
            {
                yield return new ScriptProblem(id, level == "error", message, "", 0, 0, 0, 0);
            }
        }
    }

    /// <summary>Writes a log.</summary>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<ScriptProblem> problems)
    {
        json.WriteStartObject();
        json.WriteString("$schema"u8, Schema);
        json.WriteString("version"u8, "2.1.0"u8);
        json.WriteStartArray("runs"u8);
        json.WriteStartObject();
        WriteTool(json, problems);
        json.WriteStartArray("results"u8);
        foreach (var problem in problems)
            Write(json, problem);
        json.WriteEndArray();
        json.WriteString("columnKind"u8, "utf16CodeUnits"u8);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteTool(Utf8JsonWriter json, IReadOnlyList<ScriptProblem> problems)
    {
        json.WriteStartObject("tool"u8);
        json.WriteStartObject("driver"u8);
        json.WriteString("name"u8, "exp"u8);
        json.WriteString("semanticVersion"u8, typeof(Shell).Assembly.GetName().Version!.ToString(3));
        json.WriteStartArray("rules"u8);
        foreach (var id in problems.Select(p => p.Id).Distinct().Order(StringComparer.Ordinal))
        {
            json.WriteStartObject();
            json.WriteString("id"u8, id);
            if (id.StartsWith("EXP", StringComparison.Ordinal))
                json.WriteString("helpUri"u8, $"{Pages}{id}.md");
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, ScriptProblem problem)
    {
        json.WriteStartObject();
        json.WriteString("ruleId"u8, problem.Id);
        json.WriteString("level"u8, problem.IsError ? "error"u8 : "warning"u8);
        json.WriteStartObject("message"u8);
        json.WriteString("text"u8, problem.Message);
        json.WriteEndObject();
        if (problem.Line > 0)
        {
            json.WriteStartArray("locations"u8);
            json.WriteStartObject();
            json.WriteStartObject("physicalLocation"u8);
            json.WriteStartObject("artifactLocation"u8);
            json.WriteString("uri"u8, new Uri(problem.Path).AbsoluteUri);
            json.WriteEndObject();
            json.WriteStartObject("region"u8);
            json.WriteNumber("startLine"u8, problem.Line);
            json.WriteNumber("startColumn"u8, problem.Column);
            json.WriteNumber("endLine"u8, problem.EndLine);
            json.WriteNumber("endColumn"u8, problem.EndColumn);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static string PathOf(string uri) => Uri.TryCreate(uri, UriKind.Absolute, out var absolute) && absolute.IsFile ? absolute.LocalPath : Uri.UnescapeDataString(uri);

    private static int Number(JsonElement region, string name) => region.TryGetProperty(name, out var number) ? number.GetInt32() : 1;
}
