using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis.Classification;
using Microsoft.CodeAnalysis.Text;

namespace Experiments.Scripting.LanguageServer.Features;

/// <summary>What each word is, for colours.</summary>
internal static class SemanticTokens
{
    /// <summary>The protocol's names, in the order of their numbers.</summary>
    public static string[] Types { get; } =
        ["namespace", "class", "enum", "interface", "struct", "typeParameter", "parameter", "variable", "property", "enumMember", "event", "method", "keyword", "comment", "string", "number", "operator", "macro"];

    public static async Task<JsonObject> OfAsync(Snapshot snapshot, FeatureProject project, CancellationToken cancel)
    {
        var words = new SortedDictionary<int, (TextSpan Span, int Type)>();
        foreach (var part in snapshot.Parts.Where(p => p.File.Path == snapshot.Sources.Main.Path))
        {
            var document = project.Of(snapshot, part);
            var span = TextSpan.FromBounds(part.Offset, Math.Min(part.Tree.Length, part.Offset + snapshot.Text.Length));
            foreach (var word in await Classifier.GetClassifiedSpansAsync(document, span, cancel).ConfigureAwait(false))
            {
                if (Type(word.ClassificationType) is >= 0 and var type && word.TextSpan.Start >= part.Offset)
                    words[word.TextSpan.Start - part.Offset] = (new(word.TextSpan.Start - part.Offset, word.TextSpan.Length), type);
            }
        }

        return new() { ["data"] = Encode(snapshot.Text, words.Values) };
    }

    /// <summary>Five numbers a word, relative to the word before; words that span lines in one piece a line.</summary>
    private static JsonArray Encode(SourceText text, IEnumerable<(TextSpan Span, int Type)> words)
    {
        var data = new JsonArray();
        var (line, character) = (0, 0);
        foreach (var (span, type) in words)
        {
            var lines = text.Lines.GetLinePositionSpan(span);
            for (var at = lines.Start.Line; at <= lines.End.Line; at++)
            {
                var start = at == lines.Start.Line ? lines.Start.Character : 0;
                var end = at == lines.End.Line ? lines.End.Character : text.Lines[at].Span.Length;
                if (end <= start)
                    continue;
                foreach (var number in new[] { at - line, at == line ? start - character : start, end - start, type, 0 })
                    data.Add(number);
                (line, character) = (at, start);
            }
        }

        return data;
    }

    private static int Type(string classification) => Array.IndexOf(Types, classification switch
    {
        ClassificationTypeNames.NamespaceName => "namespace",
        ClassificationTypeNames.ClassName or ClassificationTypeNames.RecordClassName or ClassificationTypeNames.DelegateName => "class",
        ClassificationTypeNames.EnumName => "enum",
        ClassificationTypeNames.InterfaceName => "interface",
        ClassificationTypeNames.StructName or ClassificationTypeNames.RecordStructName => "struct",
        ClassificationTypeNames.TypeParameterName => "typeParameter",
        ClassificationTypeNames.ParameterName => "parameter",
        ClassificationTypeNames.LocalName or ClassificationTypeNames.FieldName or ClassificationTypeNames.ConstantName => "variable",
        ClassificationTypeNames.PropertyName => "property",
        ClassificationTypeNames.EnumMemberName => "enumMember",
        ClassificationTypeNames.EventName => "event",
        ClassificationTypeNames.MethodName or ClassificationTypeNames.ExtensionMethodName => "method",
        ClassificationTypeNames.Keyword or ClassificationTypeNames.ControlKeyword => "keyword",
        ClassificationTypeNames.Comment => "comment",
        ClassificationTypeNames.StringLiteral or ClassificationTypeNames.VerbatimStringLiteral => "string",
        ClassificationTypeNames.NumericLiteral => "number",
        ClassificationTypeNames.Operator => "operator",
        ClassificationTypeNames.PreprocessorKeyword => "macro",
        _ => "",
    });
}
