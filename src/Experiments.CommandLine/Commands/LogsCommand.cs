using System.CommandLine;
using System.Text;
using Experiments.Registry;

namespace Experiments.CommandLine;

/// <summary><c>logs</c>: what a run's attempt wrote to standard output and error.</summary>
internal sealed class LogsCommand : ExperimentCommand
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly Argument<string> _run = new("RUN") { Description = "A run id" };
    private readonly Option<Setting<int>?> _attempt = Syntax.Number("--attempt", "Number of the attempt. Default: the latest");
    private readonly Option<Setting<int>?> _rank = Syntax.Number("--rank", "Only what one process wrote, of an attempt that a launcher started as several", min: 0);
    private readonly Option<Setting<int>?> _tail = Syntax.Number("--tail", "Only the last lines", min: 0);
    private readonly Option<bool> _follow = Syntax.Flag("--follow", "Go on until the attempt ends or Ctrl-C");

    public LogsCommand(CommandContext context)
        : base("logs", "Show the log of a run", context)
    {
        Add(_run);
        Add(_attempt);
        Add(_rank);
        Add(_tail);
        Add(_follow);
    }

    protected override async Task<ExitCode> RunAsync(Session session, ParseResult parsed, CancellationToken cancel)
    {
        var follow = parsed.GetValue(_follow);
        if (follow && session.Json)
            throw new ExperimentsException("EXP8101", "expected `--follow` or `--json`, got both", "`--json` is one document: of the log as it is now");
        await using var registry = await session.OpenExistingRegistryAsync().ConfigureAwait(false);
        var id = parsed.GetRequiredValue(_run);
        var details = await FindAsync(registry, id, cancel).ConfigureAwait(false);
        if (follow && details is { Attempts: [], Run.Status: RunStatus.Pending })
            session.Terminal.Advise($"`{id}` is pending: waiting for its first attempt");
        for (; follow && details is { Attempts: [], Run.Status: RunStatus.Pending }; details = await FindAsync(registry, id, cancel).ConfigureAwait(false))
            await Task.Delay(Interval, cancel).ConfigureAwait(false);
        if (details.Attempts.Count == 0)
            throw new ExperimentsException("EXP8106", $"expected `{id}` to have a log, got none: no attempt has begun", "`status` says what it waits for", ExitCode.NotFound);
        var number = parsed.GetValue(_attempt)?.Value ?? details.Attempts[^1].Number;
        if (details.Attempts.All(a => a.Number != number))
            throw new ExperimentsException("EXP8106", $"expected an attempt of `{id}` from 1 to {details.Attempts[^1].Number}, got {number}", null, ExitCode.NotFound);

        var path = parsed.GetValue(_rank) is { Value: var rank } ? RankLog.Find(session.Root.Run(id), number, rank) : session.Root.Run(id).Log(number);
        // An attempt is recorded before its process, which the log begins with, starts.
        while (follow && !File.Exists(path) && await IsRunningAsync(registry, id, number, cancel).ConfigureAwait(false))
            await Task.Delay(Interval, cancel).ConfigureAwait(false);
        using var log = Open(path);
        if (parsed.GetValue(_tail) is { Value: var lines })
            SeekToTail(log, lines);
        if (session.Json)
        {
            await WriteJsonAsync(session.Terminal, log, id, number, path, cancel).ConfigureAwait(false);
            return ExitCode.Success;
        }

        // One decoder for the whole file: a character may straddle two reads.
        var copy = new LogCopy(log, session.Terminal.Out);
        await copy.DrainAsync(cancel).ConfigureAwait(false);
        while (follow && await IsRunningAsync(registry, id, number, cancel).ConfigureAwait(false))
        {
            await Task.Delay(Interval, cancel).ConfigureAwait(false);
            await copy.DrainAsync(cancel).ConfigureAwait(false);
        }

        // What was written between the last look at the file and the end of the attempt.
        await copy.DrainAsync(cancel).ConfigureAwait(false);
        return ExitCode.Success;
    }

    private static async Task<RunDetails> FindAsync(IRegistry registry, string id, CancellationToken cancel) =>
        await registry.FindAsync(id, cancel).ConfigureAwait(false) ?? throw await RunSelection.UnknownAsync(registry, id, cancel).ConfigureAwait(false);

    private static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ExperimentsException("EXP8106", $"expected a log at `{path}`, got nothing", "it was removed, or the attempt ended before its process started", ExitCode.NotFound, error);
        }
    }

    private static async Task<bool> IsRunningAsync(IRegistry registry, string id, int number, CancellationToken cancel) =>
        (await registry.FindAsync(id, cancel).ConfigureAwait(false))?.Attempts.FirstOrDefault(a => a.Number == number) is { Ended: null };

    /// <summary>Moves to the beginning of the last lines, reading backwards: logs may have gigabytes.</summary>
    private static void SeekToTail(FileStream log, int lines)
    {
        var buffer = new byte[64 * 1024];
        var end = log.Length;
        // The line end that closes the last line begins none.
        var seen = -1;
        for (var position = end; position > 0;)
        {
            var count = (int)Math.Min(buffer.Length, position);
            position -= count;
            log.Position = position;
            log.ReadExactly(buffer, 0, count);
            for (var i = count - 1; i >= 0; i--)
            {
                if (position + i == end - 1 && buffer[i] != '\n')
                    seen++;
                if (buffer[i] == '\n' && ++seen == lines)
                {
                    log.Position = position + i + 1;
                    return;
                }
            }
        }

        log.Position = 0;
    }

    private static async Task WriteJsonAsync(Terminal terminal, FileStream log, string id, int number, string path, CancellationToken cancel)
    {
        using var reader = new StreamReader(log, Encoding.UTF8);
        var lines = new List<string>();
        while (await reader.ReadLineAsync(cancel).ConfigureAwait(false) is { } line)
            lines.Add(line);
        terminal.WriteJson(json =>
        {
            json.WriteStartObject();
            json.WriteString("run"u8, id);
            json.WriteNumber("attempt"u8, number);
            json.WriteString("path"u8, path);
            json.WriteStrings("lines", lines);
            json.WriteEndObject();
        });
    }

    private sealed class LogCopy(FileStream log, TextWriter writer)
    {
        private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
        private readonly byte[] _bytes = new byte[64 * 1024];
        private readonly char[] _text = new char[64 * 1024 + 1];

        /// <summary>Copies what the file holds now.</summary>
        public async Task DrainAsync(CancellationToken cancel)
        {
            while (await log.ReadAsync(_bytes, cancel).ConfigureAwait(false) is > 0 and var count)
                writer.Write(_text, 0, _decoder.GetChars(_bytes, 0, count, _text, 0));
            await writer.FlushAsync(cancel).ConfigureAwait(false);
        }
    }
}
