using System.Globalization;
using Experiments.Generators.Models;
using Experiments.Generators.Parsing;
using Microsoft.CodeAnalysis.CSharp;

namespace Experiments.Generators.Locks;

/// <summary>Locked values as C#.</summary>
internal static class CSharpValue
{
    /// <summary>An expression for a value; <see langword="null"/> when there is none that a person would write.</summary>
    public static string? Of(JsonNode node, ValueModel value)
    {
        switch (node.Kind, value.Kind)
        {
            case (JsonKind.Null, _):
                return "null";
            case (JsonKind.Boolean, ValueKind.Boolean):
                return node.Text;
            case (JsonKind.Number, ValueKind.Single or ValueKind.Double):
                // As people write it: `1e-05`, `64`.
                return node.Text.ToLowerInvariant() + (value.Kind == ValueKind.Single ? "f" : "");
            case (JsonKind.Number, ValueKind.Decimal):
                return node.Text + "m";
            case (JsonKind.Number, ValueKind.Integer):
                return node.Text;
            case (JsonKind.Text, ValueKind.String):
                return SymbolDisplay.FormatLiteral(node.Text, quote: true);
            case (JsonKind.Text, ValueKind.Enum):
                return value.Enum!.Members.FirstOrDefault(m => m.IdentityName == node.Text)?.Code;
            case (JsonKind.Text, ValueKind.TimeSpan):
                return TimeSpan.TryParse(node.Text, CultureInfo.InvariantCulture, out var time) ? Of(time) : null;
            case (JsonKind.List, ValueKind.List):
                var items = node.Items.Select(item => Of(item, value.Element!)).ToList();
                return items.Contains(null) ? null : $"[{string.Join(", ", items)}]";
            default:
                return null;
        }
    }

    private static string? Of(TimeSpan time)
    {
        foreach (var (unit, ticks) in new[] { ("Hours", TimeSpan.TicksPerHour), ("Minutes", TimeSpan.TicksPerMinute), ("Seconds", TimeSpan.TicksPerSecond), ("Milliseconds", TimeSpan.TicksPerMillisecond) })
        {
            if (time.Ticks % ticks == 0)
                return $"global::System.TimeSpan.From{unit}({(time.Ticks / ticks).ToString(CultureInfo.InvariantCulture)})";
        }

        return null;
    }
}
