using System.CommandLine;
using Experiments.Runtime;

namespace Experiments.CommandLine;

/// <summary><c>worker</c>: execute what is queued. Several may share one results root.</summary>
internal sealed class WorkerCommand : ExperimentCommand
{
    private readonly WorkerSyntax _worker = new();
    private readonly Option<Setting<TimeSpan>?> _maxHours = Syntax.Hours("--max-hours", "Stop claiming after this time");
    private readonly Option<bool> _drain = Syntax.Flag("--drain", "End when nothing is left to execute");

    public WorkerCommand(CommandContext context)
        : base("worker", "Execute queued runs; several workers may share one results root", context)
    {
        _worker.AddTo(this);
        Add(_maxHours);
        Add(_drain);
    }

    protected override async Task<ExitCode> RunAsync(Session session, ParseResult parsed, CancellationToken cancel)
    {
        var options = _worker.Read(parsed) with { TimeLimit = parsed.GetValue(_maxHours)?.Value, Drain = parsed.GetValue(_drain) };
        await using var registry = await session.OpenRegistryAsync().ConfigureAwait(false);
        var report = await WatchedWorker.RunAsync(registry, session.Root, options, [], session.Terminal, toError: session.Json, cancel).ConfigureAwait(false);
        if (session.Json)
        {
            session.Terminal.WriteJson(json =>
            {
                json.WriteStartObject();
                json.WriteNumber("completed"u8, report.Completed);
                json.WriteNumber("failed"u8, report.Failed);
                json.WriteBoolean("interrupted"u8, report.Interrupted);
                json.WriteEndObject();
            });
        }
        else
        {
            session.Terminal.WriteLine($"{Words.Count(report.Completed, "run")} completed, {Words.Number(report.Failed)} failed{(report.Interrupted ? ", interrupted" : "")}");
        }

        return report.Interrupted ? ExitCode.Interrupted : report.Failed > 0 ? ExitCode.RunFailed : ExitCode.Success;
    }
}
