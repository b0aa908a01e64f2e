using System.Globalization;
using System.Text;
using System.Text.Json;
using Experiments.Registry;

namespace Experiments.Runtime.Reports;

/// <summary>Reads one line of an events file, as <c>docs/run-protocol.md</c> describes it. Garbage becomes an event, never an error.</summary>
internal static class EventLine
{
    /// <summary>Name of the event that stands for a line nobody understood.</summary>
    public const string Malformed = "malformed";

    /// <summary>More processes than any host starts; a larger rank is garbage.</summary>
    public const int RankMax = 65_535;

    private const int QuotedCharsMax = 200;

    /// <summary>Adds what a line says.</summary>
    /// <param name="line">The line, without its end.</param>
    /// <param name="seen">When it was read; lines may carry their own time.</param>
    /// <param name="batch">Where it is added.</param>
    public static void Read(ReadOnlyMemory<byte> line, DateTimeOffset seen, ReportBatch batch)
    {
        if (line.Span.Trim(" \t\r"u8).IsEmpty)
            return;
        using var document = Parse(line);
        if (document is null || document.RootElement.ValueKind != JsonValueKind.Object)
        {
            AddMalformed(line.Span, "expected a JSON object on one line", seen, batch);
            return;
        }

        var root = document.RootElement;
        var time = Time(root) ?? seen;
        var understood = ReadMetrics(root, time, batch, out var problem)
            | ReadProgress(root, batch)
            | ReadEvent(root, time, batch)
            | ReadArtifact(root, time, batch);
        if (problem is not null)
            AddMalformed(line.Span, problem, seen, batch);
        else if (!understood)
            AddMalformed(line.Span, "expected one of the keys `metrics`, `progress`, `event` and `artifact`", seen, batch);
    }

    /// <summary>Adds a line that is not understood.</summary>
    public static void AddMalformed(ReadOnlySpan<byte> line, string problem, DateTimeOffset seen, ReportBatch batch)
    {
        var text = Encoding.UTF8.GetString(line[..Math.Min(line.Length, QuotedCharsMax)]);
        batch.Events.Add(new RunEvent(Malformed, $$"""{"line":{{Quote(text)}},"problem":{{Quote(problem)}}}""", seen));
    }

    /// <summary>A value of a metric: a number, one of the words Python and C# write for NaN and the infinities, or null for NaN.</summary>
    public static bool TryReadNumber(JsonElement value, out double number)
    {
        number = double.NaN;
        switch (value.ValueKind)
        {
            case JsonValueKind.Number:
                number = value.GetDouble();
                return true;
            case JsonValueKind.Null:
                return true;
            case JsonValueKind.True or JsonValueKind.False:
                number = value.GetBoolean() ? 1 : 0;
                return true;
            case JsonValueKind.String:
                double? word = value.GetString()!.ToLowerInvariant() switch
                {
                    "nan" => double.NaN,
                    "infinity" or "inf" or "+infinity" or "+inf" => double.PositiveInfinity,
                    "-infinity" or "-inf" => double.NegativeInfinity,
                    _ => null,
                };
                number = word ?? double.NaN;
                return word is not null;
            default:
                return false;
        }
    }

    /// <summary>Parses JSON, with Python's bare <c>NaN</c>, <c>Infinity</c> and <c>-Infinity</c> allowed; <see langword="null"/> when it is none.</summary>
    public static JsonDocument? Parse(ReadOnlyMemory<byte> json)
    {
        json = WellFormedJson.Of(json);
        try
        {
            return JsonDocument.Parse(json);
        }
        catch (JsonException)
        {
            if (json.Span.IndexOf("NaN"u8) < 0 && json.Span.IndexOf("Infinity"u8) < 0)
                return null;
        }

        try
        {
            return JsonDocument.Parse(QuoteBareWords(json.Span));
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static byte[] QuoteBareWords(ReadOnlySpan<byte> json)
    {
        var result = new List<byte>(json.Length + 16);
        var inString = false;
        for (var i = 0; i < json.Length; i++)
        {
            var word = inString ? 0 : json[i..] switch
            {
                var rest when rest.StartsWith("NaN"u8) => 3,
                var rest when rest.StartsWith("Infinity"u8) => 8,
                var rest when rest.StartsWith("-Infinity"u8) => 9,
                _ => 0,
            };
            if (word > 0)
            {
                result.Add((byte)'"');
                result.AddRange(json.Slice(i, word));
                result.Add((byte)'"');
                i += word - 1;
                continue;
            }

            if (json[i] == '"')
                inString = !inString;
            result.Add(json[i]);
            if (inString && json[i] == '\\' && i + 1 < json.Length)
                result.Add(json[++i]);
        }

        return [.. result];
    }

    private static bool ReadMetrics(JsonElement root, DateTimeOffset time, ReportBatch batch, out string? problem)
    {
        problem = null;
        if (!root.TryGetProperty("metrics", out var metrics))
            return false;
        if (metrics.ValueKind != JsonValueKind.Object)
        {
            problem = "expected `metrics` to be an object of names and numbers";
            return true;
        }

        var step = Step(root, ref problem);
        var rank = Rank(root, ref problem);
        foreach (var metric in metrics.EnumerateObject())
        {
            if (TryReadNumber(metric.Value, out var value))
            {
                var point = new MetricPoint(metric.Name, step, value, time);
                if (rank is { } reporter)
                    batch.RankPoints.Add((reporter, point));
                else
                    batch.Points.Add(point);
            }
            else
                problem = $"expected metric `{metric.Name}` to be a number";
        }

        return true;
    }

    private static long? Step(JsonElement root, ref string? problem)
    {
        if (!root.TryGetProperty("step", out var step) || step.ValueKind == JsonValueKind.Null)
            return null;
        if (step.ValueKind == JsonValueKind.Number && step.TryGetDouble(out var number) && number == Math.Floor(number) && Math.Abs(number) < 1e15)
            return (long)number;
        problem = "expected `step` to be a whole number";
        return null;
    }

    private static int? Rank(JsonElement root, ref string? problem)
    {
        if (!root.TryGetProperty("rank", out var rank) || rank.ValueKind == JsonValueKind.Null)
            return null;
        if (rank.ValueKind == JsonValueKind.Number && rank.TryGetInt32(out var number) && number is >= 0 and <= RankMax)
            return number;
        problem = $"expected `rank` to be a whole number from 0 to {RankMax}";
        return null;
    }

    private static bool ReadProgress(JsonElement root, ReportBatch batch)
    {
        if (!root.TryGetProperty("progress", out var progress) || !TryReadNumber(progress, out var fraction))
            return false;
        if (double.IsFinite(fraction))
            batch.Progress = Math.Clamp(fraction, 0, 1);
        return true;
    }

    private static bool ReadEvent(JsonElement root, DateTimeOffset time, ReportBatch batch)
    {
        if (!root.TryGetProperty("event", out var name) || name.ValueKind != JsonValueKind.String)
            return false;
        batch.Events.Add(new RunEvent(name.GetString()!, root.TryGetProperty("data", out var data) ? data.GetRawText() : "{}", time));
        return true;
    }

    private static bool ReadArtifact(JsonElement root, DateTimeOffset time, ReportBatch batch)
    {
        if (!root.TryGetProperty("artifact", out var name) || name.ValueKind != JsonValueKind.String)
            return false;
        var path = root.TryGetProperty("path", out var file) && file.ValueKind == JsonValueKind.String ? file.GetString()! : "";
        batch.Events.Add(new RunEvent("artifact", $$"""{"name":{{Quote(name.GetString()!)}},"path":{{Quote(path)}}}""", time));
        return true;
    }

    private static DateTimeOffset? Time(JsonElement root)
    {
        // Years 0001 to 9999 is what a timestamp can hold; anything else is garbage.
        const double secondsMax = 253_402_300_799;
        return root.TryGetProperty("time", out var time) && time.ValueKind == JsonValueKind.Number && time.TryGetDouble(out var seconds) && seconds is >= 0 and < secondsMax
            ? DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond))
            : null;
    }

    private static string Quote(string text) => $"\"{JsonEncodedText.Encode(text)}\"";
}
