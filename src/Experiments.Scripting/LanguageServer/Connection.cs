using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Experiments.Scripting.LanguageServer;

/// <summary>Messages of the Language Server Protocol over two streams: JSON behind a header that says how long it is.</summary>
internal sealed class Connection(Stream input, Stream output)
{
    private const string LengthHeader = "Content-Length:";

    /// <summary>Far more than any script; a length beyond it is a broken client.</summary>
    private const int MessageBytesMax = 64 * 1024 * 1024;

    private readonly BufferedStream _input = new(input, 64 * 1024);
    private readonly Lock _writing = new();

    /// <summary>The next message; <see langword="null"/> when the client is gone.</summary>
    /// <exception cref="InvalidDataException">The stream is not the protocol.</exception>
    public JsonObject? Read()
    {
        var length = -1;
        while (ReadLine() is { } line)
        {
            if (line.Length == 0 && length >= 0)
            {
                var body = new byte[length];
                try
                {
                    _input.ReadExactly(body);
                    return JsonNode.Parse(body) as JsonObject ?? throw new InvalidDataException("expected a JSON object");
                }
                catch (EndOfStreamException)
                {
                    return null;
                }
                catch (JsonException e)
                {
                    throw new InvalidDataException($"expected a JSON object, got: {e.Message}", e);
                }
            }

            if (line.StartsWith(LengthHeader, StringComparison.OrdinalIgnoreCase)
                && (!int.TryParse(line[LengthHeader.Length..].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out length) || length > MessageBytesMax))
                throw new InvalidDataException($"expected a length of at most {MessageBytesMax} bytes, got `{line}`");
        }

        return null;
    }

    /// <summary>Writes a message.</summary>
    public void Send(JsonObject message)
    {
        message["jsonrpc"] = "2.0";
        var body = JsonSerializer.SerializeToUtf8Bytes(message);
        lock (_writing)
        {
            output.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{LengthHeader} {body.Length}\r\n\r\n")));
            output.Write(body);
            output.Flush();
        }
    }

    private string? ReadLine()
    {
        var line = new StringBuilder();
        const int headerCharsMax = 4096;
        for (int next; (next = _input.ReadByte()) >= 0;)
        {
            if (next == '\n')
                return line.ToString().TrimEnd('\r');
            line.Append((char)next);
            if (line.Length > headerCharsMax)
                throw new InvalidDataException("expected a header, got a line without end");
        }

        return null;
    }
}
