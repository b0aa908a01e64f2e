using System.Text.Json.Nodes;
using Experiments.Scripting.LanguageServer.Features;

namespace Experiments.Scripting.LanguageServer;

/// <summary>What the server can do, as the protocol asks it first.</summary>
internal static class Capabilities
{
    private const int IncrementalSync = 2;

    public static JsonObject Describe() => new()
    {
        ["capabilities"] = new JsonObject
        {
            ["textDocumentSync"] = new JsonObject { ["openClose"] = true, ["change"] = IncrementalSync, ["save"] = true },
            ["completionProvider"] = new JsonObject { ["triggerCharacters"] = new JsonArray(".", "[", "{") },
            ["hoverProvider"] = true,
            ["definitionProvider"] = true,
            ["renameProvider"] = true,
            ["codeActionProvider"] = new JsonObject { ["codeActionKinds"] = new JsonArray("quickfix") },
            ["documentFormattingProvider"] = true,
            ["documentSymbolProvider"] = true,
            ["semanticTokensProvider"] = new JsonObject
            {
                ["legend"] = new JsonObject { ["tokenTypes"] = new JsonArray([.. SemanticTokens.Types.Select(t => (JsonNode)t)]), ["tokenModifiers"] = new JsonArray() },
                ["full"] = true,
            },
        },
        ["serverInfo"] = new JsonObject { ["name"] = "exp", ["version"] = typeof(Capabilities).Assembly.GetName().Version!.ToString(3) },
    };
}
