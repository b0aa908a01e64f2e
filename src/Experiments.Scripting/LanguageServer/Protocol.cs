using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis.Text;

namespace Experiments.Scripting.LanguageServer;

/// <summary>Positions, ranges and paths as the protocol writes them.</summary>
internal static class Protocol
{
    public static JsonObject Range(SourceText text, TextSpan span)
    {
        var lines = text.Lines.GetLinePositionSpan(span);
        return new() { ["start"] = Position(lines.Start), ["end"] = Position(lines.End) };
    }

    public static JsonObject Position(LinePosition position) => new() { ["line"] = position.Line, ["character"] = position.Character };

    /// <summary>A position of a client, which may be behind the end of its line or of the text.</summary>
    public static int Offset(SourceText text, JsonNode position)
    {
        var line = text.Lines[Math.Clamp(position["line"]!.GetValue<int>(), 0, text.Lines.Count - 1)];
        return Math.Min(line.Start + Math.Max(0, position["character"]!.GetValue<int>()), line.End);
    }

    public static TextSpan Span(SourceText text, JsonNode range)
    {
        var (start, end) = (Offset(text, range["start"]!), Offset(text, range["end"]!));
        return TextSpan.FromBounds(Math.Min(start, end), Math.Max(start, end));
    }

    public static JsonObject Edit(SourceText text, TextChange change) => new() { ["range"] = Range(text, change.Span), ["newText"] = change.NewText };

    public static string Uri(string path) => new Uri(path).AbsoluteUri;

    /// <summary>The file a client means; <see langword="null"/>: a document that is no file.</summary>
    public static string? PathOf(JsonNode document) =>
        System.Uri.TryCreate(document["uri"]?.GetValue<string>(), UriKind.Absolute, out var uri) && uri.IsFile ? uri.LocalPath : null;
}
