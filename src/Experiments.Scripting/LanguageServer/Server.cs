using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Experiments.Scripting.Caching;
using Experiments.Scripting.LanguageServer.Features;
using Experiments.Scripting.Packages;
using Experiments.Scripting.Sources;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Experiments.Scripting.LanguageServer;

/// <summary>The language server for scripts: one client, over two streams.</summary>
internal sealed class Server(Stream input, Stream output, CacheFolder cache) : IDisposable
{
    private const int MethodNotFound = -32601;
    private const int InternalError = -32603;
    private const int RequestCancelled = -32800;

    private readonly Connection _connection = new(input, output);
    private readonly ConcurrentDictionary<string, (OpenScript Script, FeatureProject Project)> _open = new();
    private readonly ConcurrentDictionary<string, CancellationTokenSource> _requests = new();
    private readonly DiagnosticsLoop _diagnostics = new();
    private readonly PackageCache _packages = new(cache);
    private bool _shutDown;

    /// <summary>Serves until the client says goodbye or is gone.</summary>
    /// <returns>The exit code: 0 after a proper goodbye.</returns>
    public int Run()
    {
        while (_connection.Read() is { } message)
        {
            var method = message["method"]?.GetValue<string>();
            if (method == "exit")
                return _shutDown ? 0 : 1;
            if (method is null)
                continue;
            if (message["id"] is { } id)
                Answer(id, method, message["params"]);
            else
                Notice(method, message["params"]);
        }

        return _shutDown ? 0 : 1;
    }

    public void Dispose()
    {
        _diagnostics.Dispose();
        foreach (var (_, project) in _open.Values)
            project.Dispose();
    }

    private void Notice(string method, JsonNode? about)
    {
        switch (method)
        {
            case "textDocument/didOpen" when Protocol.PathOf(about!["textDocument"]!) is { } path:
                var script = new OpenScript(path, _packages, Read);
                _open[path] = (script, new FeatureProject());
                Change(script, SourceText.From(about["textDocument"]!["text"]!.GetValue<string>(), System.Text.Encoding.UTF8), about["textDocument"]!["version"]?.GetValue<int>() ?? 0);
                break;
            case "textDocument/didChange" when Find(about) is var (changed, _):
                Change(changed, Apply(changed.Text, about!["contentChanges"]!.AsArray()), about["textDocument"]!["version"]?.GetValue<int>() ?? 0);
                break;
            case "textDocument/didClose" when Protocol.PathOf(about!["textDocument"]!) is { } closed && _open.TryRemove(closed, out var gone):
                _diagnostics.Forget(closed);
                gone.Project.Dispose();
                Publish(closed, null, []);
                break;
            case "textDocument/didSave" or "workspace/didChangeWatchedFiles":
                foreach (var (each, _) in _open.Values)
                {
                    each.Forget();
                    Diagnose(each);
                }

                break;
            case "$/cancelRequest" when _requests.TryGetValue(about!["id"]!.ToJsonString(), out var request):
                request.Cancel();
                break;
        }
    }

    private void Change(OpenScript script, SourceText text, int version)
    {
        script.Change(text, version);
        Diagnose(script);
        // Scripts that load this one see it as it is in the editor.
        foreach (var (other, _) in _open.Values.Where(o => o.Script != script))
            other.Forget();
    }

    private void Diagnose(OpenScript script) => _diagnostics.Request(script.Path, async cancel =>
    {
        var snapshot = script.Take(cancel);
        var found = await Diagnostics.OfAsync(snapshot, cancel).ConfigureAwait(false);
        if (!script.IsCurrent(snapshot) || !_open.ContainsKey(script.Path))
            return;
        foreach (var (path, problems) in Diagnostics.Write(snapshot, found))
        {
            // A loaded file that is open itself speaks for itself.
            if (path == script.Path || !_open.ContainsKey(path))
                Publish(path, path == script.Path ? snapshot.Version : null, problems);
        }
    });

    private void Publish(string path, int? version, JsonArray problems)
    {
        var about = new JsonObject { ["uri"] = Protocol.Uri(path), ["diagnostics"] = problems };
        if (version is { } number)
            about["version"] = number;
        _connection.Send(new() { ["method"] = "textDocument/publishDiagnostics", ["params"] = about });
    }

    private void Answer(JsonNode id, string method, JsonNode? about)
    {
        var key = id.ToJsonString();
        var cancel = _requests[key] = new CancellationTokenSource();
        // Apart, so that what is asked next, or called off, need not wait.
        _ = Task.Run(async () =>
        {
            try
            {
                var result = await ResultAsync(method, about, cancel.Token).ConfigureAwait(false);
                _connection.Send(new() { ["id"] = id.DeepClone(), ["result"] = result });
            }
            catch (OperationCanceledException)
            {
                Fail(RequestCancelled, "cancelled");
            }
            catch (NotSupportedException e)
            {
                Fail(MethodNotFound, e.Message);
            }
            catch (Exception e)
            {
                // A request that fails is answered so; the server lives on for the next.
                Fail(InternalError, e.ToString());
            }
            finally
            {
                _requests.TryRemove(key, out _);
                cancel.Dispose();
            }

            void Fail(int code, string message) =>
                _connection.Send(new() { ["id"] = id.DeepClone(), ["error"] = new JsonObject { ["code"] = code, ["message"] = message } });
        });
    }

    private async Task<JsonNode?> ResultAsync(string method, JsonNode? about, CancellationToken cancel)
    {
        switch (method)
        {
            case "initialize":
                return Capabilities.Describe();
            case "shutdown":
                _shutDown = true;
                return null;
        }

        if (!method.StartsWith("textDocument/", StringComparison.Ordinal))
            throw new NotSupportedException($"no method `{method}`");
        if (Find(about) is not var (script, project))
            return null;
        var snapshot = script.Take(cancel);
        var position = about!["position"] is { } at ? Protocol.Offset(snapshot.Text, at) : 0;
        return method switch
        {
            "textDocument/completion" => await Completion.AtAsync(snapshot, project, position, cancel).ConfigureAwait(false),
            "textDocument/hover" => await Hover.AtAsync(snapshot, project, position, cancel).ConfigureAwait(false),
            "textDocument/definition" => await Definition.AtAsync(snapshot, project, position, cancel).ConfigureAwait(false),
            "textDocument/rename" => await Rename.AtAsync(snapshot, project, position, about["newName"]!.GetValue<string>(), cancel).ConfigureAwait(false),
            "textDocument/codeAction" => await CodeActions.AtAsync(snapshot, project, await Diagnostics.OfAsync(snapshot, cancel).ConfigureAwait(false),
                Protocol.Span(snapshot.Text, about["range"]!), cancel).ConfigureAwait(false),
            "textDocument/formatting" => Formatting.Of(snapshot, cancel),
            "textDocument/documentSymbol" => Symbols.Of(snapshot),
            "textDocument/semanticTokens/full" => await SemanticTokens.OfAsync(snapshot, project, cancel).ConfigureAwait(false),
            _ => throw new NotSupportedException($"no method `{method}`"),
        };
    }

    private (OpenScript, FeatureProject)? Find(JsonNode? about) =>
        about?["textDocument"] is { } document && Protocol.PathOf(document) is { } path && _open.TryGetValue(path, out var found) ? found : null;

    /// <summary>A file that a script loads: as it is in the editor, else as it is on the disk.</summary>
    private ScriptFile Read(string path) => _open.TryGetValue(path, out var open) ? ScriptFile.Of(path, open.Script.Text) : ScriptFile.Read(path);

    private static SourceText Apply(SourceText text, JsonArray changes)
    {
        foreach (var change in changes)
        {
            var written = change!["text"]!.GetValue<string>();
            text = change["range"] is { } range
                ? text.WithChanges(new TextChange(Protocol.Span(text, range), written))
                : SourceText.From(written, System.Text.Encoding.UTF8);
        }

        return text;
    }
}
