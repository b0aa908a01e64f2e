using System.Threading.Channels;
using Experiments.Registry;
using Experiments.Runtime;

namespace Experiments.CommandLine;

/// <summary>One plain line for every beginning and end, for pipes, logs and dumb terminals.</summary>
internal sealed class LineProgress : ProgressView
{
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Terminal _terminal;
    private readonly Task _writing;

    public LineProgress(Terminal terminal, ProgressBoard board, bool toError)
        : base(board)
    {
        _terminal = terminal;
        _writing = Task.Run(() => WriteAsync(toError ? terminal.Error : terminal.Out));
    }

    public override void Notice(string message) => Line("note", message);

    public override void Warn(string message) => _terminal.Error.WriteLine(message);

    public override async ValueTask DisposeAsync()
    {
        _lines.Writer.TryComplete();
        await _writing.ConfigureAwait(false);
    }

    protected override void Began(string slot, ClaimedRun run) => Line("started", run.Attempt > 1 ? $"{run.RunId}  attempt {run.Attempt}" : run.RunId);

    protected override void Ended(EndedAttempt attempt) => Line(attempt.Verb.Text,
        string.Join("  ", ((string[])[attempt.Run.RunId, attempt.Detail, Words.Duration(attempt.Duration)]).Where(part => part.Length > 0)));

    private void Line(string verb, string text) => _lines.Writer.TryWrite($"{verb,-9}  {PlainText.OneLine(text)}");

    private async Task WriteAsync(TextWriter writer)
    {
        while (await _lines.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            while (_lines.Reader.TryRead(out var line))
                writer.Write(line + "\n");
            await writer.FlushAsync().ConfigureAwait(false);
        }
    }
}
