using System.Collections.Concurrent;
using System.IO.Pipes;
using System.Text.Json.Nodes;
using Experiments.Scripting.LanguageServer;

namespace Experiments.Scripting.Tests;

/// <summary>An editor that talks to the language server as editors do: messages over two streams.</summary>
internal sealed class EditorClient : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly ConcurrentDictionary<string, JsonArray> _diagnostics = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonObject>> _answers = new();
    private readonly SemaphoreSlim _published = new(0);
    private readonly Connection _connection;
    private readonly Task _reading;
    private int _id;
    private int _version;

    private EditorClient(Stream fromServer, Stream toServer)
    {
        _connection = new Connection(fromServer, toServer);
        _reading = Task.Run(Receive);
    }

    /// <summary>Exit code of the server, once it has ended.</summary>
    public Task<int> Server { get; private init; } = Task.FromResult(0);

    /// <summary>Starts a server in this process and greets it.</summary>
    public static async Task<EditorClient> StartAsync(ScriptFolder folder)
    {
        var (toServer, fromServer) = (new AnonymousPipeServerStream(PipeDirection.Out), new AnonymousPipeServerStream(PipeDirection.In));
        var serving = Task.Run(() =>
        {
            using var input = new AnonymousPipeClientStream(PipeDirection.In, toServer.ClientSafePipeHandle);
            using var output = new AnonymousPipeClientStream(PipeDirection.Out, fromServer.ClientSafePipeHandle);
            using var server = new Server(input, output, folder.Cache);
            return server.Run();
        });
        var client = new EditorClient(fromServer, toServer) { Server = serving };
        await client.RequestAsync("initialize", new JsonObject());
        client.Notify("initialized", new JsonObject());
        return client;
    }

    /// <summary>Asks, and waits for the answer.</summary>
    public async Task<JsonNode?> RequestAsync(string method, JsonObject about)
    {
        var answer = await AnswerAsync(method, about);
        Assert.True(answer["error"] is null, answer.ToJsonString());
        return answer["result"];
    }

    public async Task<JsonObject> AnswerAsync(string method, JsonObject about)
    {
        var id = Interlocked.Increment(ref _id);
        var answer = _answers[id] = new TaskCompletionSource<JsonObject>(TaskCreationOptions.RunContinuationsAsynchronously);
        _connection.Send(new JsonObject { ["id"] = id, ["method"] = method, ["params"] = about });
        return await answer.Task.WaitAsync(Patience);
    }

    public void Notify(string method, JsonObject about) => _connection.Send(new JsonObject { ["method"] = method, ["params"] = about });

    public void Open(string path, string text) => Notify("textDocument/didOpen", new JsonObject
    {
        ["textDocument"] = new JsonObject { ["uri"] = Protocol.Uri(path), ["languageId"] = "csharp", ["version"] = ++_version, ["text"] = text },
    });

    /// <summary>Replaces text in a range.</summary>
    public void Edit(string path, int line, int from, int to, string text) => Notify("textDocument/didChange", new JsonObject
    {
        ["textDocument"] = new JsonObject { ["uri"] = Protocol.Uri(path), ["version"] = ++_version },
        ["contentChanges"] = new JsonArray(new JsonObject { ["range"] = Range(line, from, line, to), ["text"] = text }),
    });

    /// <summary>The diagnostics of a file, once they are of its latest text: <c>line:column code</c>, from 1.</summary>
    public async Task<IReadOnlyList<string>> DiagnosticsAsync(string path)
    {
        while (!_diagnostics.ContainsKey($"{Protocol.Uri(path)} {_version}"))
            Assert.True(await _published.WaitAsync(Patience), "no diagnostics came");
        return [.. _diagnostics[$"{Protocol.Uri(path)} {_version}"].Select(d => $"{d!["range"]!["start"]!["line"]!.GetValue<int>() + 1}:{d["range"]!["start"]!["character"]!.GetValue<int>() + 1} {d["code"]}")];
    }

    /// <summary>A request about a place, named by the text around <c>|</c>.</summary>
    public Task<JsonNode?> AtAsync(string method, string path, string text, string place, JsonObject? more = null)
    {
        var offset = text.IndexOf(place.Replace("|", "", StringComparison.Ordinal), StringComparison.Ordinal) + place.IndexOf('|', StringComparison.Ordinal);
        var before = text[..offset];
        var about = more ?? new JsonObject();
        about["textDocument"] = new JsonObject { ["uri"] = Protocol.Uri(path) };
        about["position"] = new JsonObject { ["line"] = before.Count(c => c == '\n'), ["character"] = offset - (before.LastIndexOf('\n') + 1) };
        return RequestAsync(method, about);
    }

    public Task<JsonNode?> OfAsync(string method, string path, JsonObject? more = null)
    {
        var about = more ?? new JsonObject();
        about["textDocument"] = new JsonObject { ["uri"] = Protocol.Uri(path) };
        return RequestAsync(method, about);
    }

    /// <summary>Applies a <c>WorkspaceEdit</c> to the text of one file.</summary>
    public static string Apply(string text, JsonNode edit, string path) => ApplyEdits(text, edit["changes"]![Protocol.Uri(path)]!.AsArray());

    public static string ApplyEdits(string text, JsonArray edits)
    {
        var source = Microsoft.CodeAnalysis.Text.SourceText.From(text);
        return source.WithChanges(edits.Select(e => new Microsoft.CodeAnalysis.Text.TextChange(Protocol.Span(source, e!["range"]!), e["newText"]!.GetValue<string>())).OrderBy(c => c.Span.Start)).ToString();
    }

    public static JsonObject Range(int line, int from, int endLine, int to) => new()
    {
        ["start"] = new JsonObject { ["line"] = line, ["character"] = from },
        ["end"] = new JsonObject { ["line"] = endLine, ["character"] = to },
    };

    public void Dispose()
    {
        if (!Server.IsCompleted)
            Notify("exit", new JsonObject());
        Server.WaitAsync(Patience).GetAwaiter().GetResult();
    }

    private void Receive()
    {
        while (_connection.Read() is { } message)
        {
            if (message["method"]?.GetValue<string>() == "textDocument/publishDiagnostics")
            {
                var about = message["params"]!;
                _diagnostics[$"{about["uri"]} {about["version"]?.GetValue<int>() ?? 0}"] = about["diagnostics"]!.AsArray();
                _published.Release();
            }
            else if (message["id"] is { } id && _answers.TryRemove(id.GetValue<int>(), out var answer))
            {
                answer.SetResult(message);
            }
        }
    }
}
