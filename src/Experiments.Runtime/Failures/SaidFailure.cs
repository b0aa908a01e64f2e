using System.Text.Json;
using Experiments.Registry;

namespace Experiments.Runtime.Failures;

/// <summary>What a trainer itself says about its failure: the event <c>failure</c> with a category, and a message if it likes.</summary>
internal static class SaidFailure
{
    /// <summary>The event's name.</summary>
    public const string Event = "failure";

    private static readonly Dictionary<string, FailureCategory> Categories = Enum.GetValues<FailureCategory>().ToDictionary(c => c.Text());

    /// <summary>The last one among some events; <see langword="null"/>: none says a category that there is.</summary>
    public static Failure? Last(IReadOnlyList<RunEvent> events)
    {
        for (var i = events.Count - 1; i >= 0; i--)
        {
            if (events[i].Name == Event && Read(events[i].Data) is { } failure)
                return failure;
        }

        return null;
    }

    private static Failure? Read(string data)
    {
        using var json = JsonDocument.Parse(data);
        return Text(json.RootElement, "category") is { } name && Categories.TryGetValue(name, out var category)
            ? new Failure(category, Text(json.RootElement, "message") ?? $"it said `{name}`")
            : null;
    }

    private static string? Text(JsonElement data, string key) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
