using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Experiments.Benchmarks.Scripts;

/// <summary>From an edit to its diagnostics, as an editor sees it: the published tool as a process, messages over its pipes.</summary>
internal static class EditLatency
{
    private const int Lines = 320, WarmUps = 60, Edits = 150;

    public static async Task RunAsync(string exp, string scratch)
    {
        var path = Path.Combine(scratch, "typed.csx");
        var text = ScriptText.Of(Lines);
        await File.WriteAllTextAsync(path, text);
        var start = new ProcessStartInfo(exp, ["lsp"]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["EXP_CACHE"] = Path.Combine(scratch, "cache");
        using var server = Process.Start(start)!;
        var (to, from) = (server.StandardInput.BaseStream, server.StandardOutput.BaseStream);
        var uri = new Uri(path).AbsoluteUri;
        Send(to, "initialize", new JsonObject(), id: 1);
        await ReadAsync(from, message => message["id"] is not null);
        Send(to, "initialized", new JsonObject());
        Send(to, "textDocument/didOpen", new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = uri, ["languageId"] = "csharp", ["version"] = 0, ["text"] = text } });
        await ReadAsync(from, message => IsOf(message, 0));

        // In the statements, and in the declaration of an experiment in the middle: a digit appears and goes.
        var lines = text.Split('\n');
        (string Name, int Line, int Column)[] places =
        [
            ("a statement", 2, lines[2].IndexOf("0.5", StringComparison.Ordinal) + 3),
            ("a default of an experiment", Array.FindIndex(lines, lines.Length / 2, l => l.Contains("Epochs { get; init; } = 5", StringComparison.Ordinal)), 0),
            ("an axis of a sweep", Array.FindIndex(lines, lines.Length / 2, l => l.Contains("[Values(0.1", StringComparison.Ordinal)), 0),
        ];
        Console.WriteLine($"edit to diagnostics in a script of {lines.Length} lines, {Edits} edits each, milliseconds");
        Console.WriteLine();
        Console.WriteLine("| edit in | median | p95 | most |");
        Console.WriteLine("|---|---:|---:|---:|");
        var version = 0;
        foreach (var (name, line, known) in places)
        {
            var column = known > 0 ? known : lines[line].IndexOf("= 5", StringComparison.Ordinal) is var at and > 0 ? at + 3 : lines[line].IndexOf("0.1", StringComparison.Ordinal) + 3;
            var times = new List<double>();
            for (var edit = 0; edit < WarmUps + Edits; edit++)
            {
                // As somebody types, quickly.
                await Task.Delay(100);
                var adds = edit % 2 == 0;
                var began = Stopwatch.GetTimestamp();
                Send(to, "textDocument/didChange", Change(uri, ++version, line, column, adds));
                var expected = version;
                await ReadAsync(from, message => IsOf(message, expected));
                if (edit >= WarmUps)
                    times.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }

            times.Sort();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {times[times.Count / 2]:0.0} | {times[times.Count * 95 / 100]:0.0} | {times[^1]:0.0} |"));
        }

        Console.WriteLine();
        Send(to, "exit", new JsonObject());
        await server.WaitForExitAsync();
    }

    private static JsonObject Change(string uri, int version, int line, int column, bool adds) => new()
    {
        ["textDocument"] = new JsonObject { ["uri"] = uri, ["version"] = version },
        ["contentChanges"] = new JsonArray(new JsonObject
        {
            ["range"] = new JsonObject { ["start"] = Position(line, column), ["end"] = Position(line, adds ? column : column + 1) },
            ["text"] = adds ? "1" : "",
        }),
    };

    private static JsonObject Position(int line, int column) => new() { ["line"] = line, ["character"] = column };

    private static bool IsOf(JsonNode message, int version) =>
        message["method"]?.GetValue<string>() == "textDocument/publishDiagnostics" && message["params"]!["version"]?.GetValue<int>() == version;

    private static void Send(Stream to, string method, JsonObject about, int? id = null)
    {
        var message = new JsonObject { ["jsonrpc"] = "2.0", ["method"] = method, ["params"] = about };
        if (id is { } number)
            message["id"] = number;
        var body = Encoding.UTF8.GetBytes(message.ToJsonString());
        to.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n\r\n")));
        to.Write(body);
        to.Flush();
    }

    private static async Task ReadAsync(Stream from, Predicate<JsonNode> isAwaited)
    {
        while (true)
        {
            var length = 0;
            for (var header = Header(from); header.Length > 0; header = Header(from))
            {
                if (header.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
                    length = int.Parse(header["Content-Length:".Length..], CultureInfo.InvariantCulture);
            }

            var body = new byte[length];
            await from.ReadExactlyAsync(body);
            if (isAwaited(JsonNode.Parse(body)!))
                return;
        }
    }

    private static string Header(Stream from)
    {
        var line = new StringBuilder();
        for (var c = from.ReadByte(); c != '\n'; c = from.ReadByte())
            line.Append(c >= 0 ? (char)c : throw new EndOfStreamException("the language server ended"));
        return line.ToString().TrimEnd('\r');
    }
}
