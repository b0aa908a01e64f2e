using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Experiments.Registry;

namespace Experiments.CommandLine;

/// <summary><c>status</c>: the state of the queue.</summary>
internal sealed class StatusCommand : ExperimentCommand
{
    // A worker renews itself every few seconds; one that is this late is probably gone.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private const int BlockedShown = 10;

    private readonly Argument<string?> _target = Syntax.Among();
    private readonly Option<bool> _watch = Syntax.Flag("--watch", "Keep showing it until Ctrl-C");

    public StatusCommand(CommandContext context)
        : base("status", "Show the state of the queue: counts, workers, what blocks", context)
    {
        Add(_target);
        Add(_watch);
    }

    protected override async Task<ExitCode> RunAsync(Session session, ParseResult parsed, CancellationToken cancel)
    {
        await using var registry = await session.OpenExistingRegistryAsync().ConfigureAwait(false);
        var filter = parsed.GetValue(_target) is { } name ? (await Scope.FindAsync(session, registry, name, cancel).ConfigureAwait(false)).Filter : RunFilter.All;
        if (!parsed.GetValue(_watch))
        {
            await ShowAsync(session, registry, filter, compact: false, cancel).ConfigureAwait(false);
            return ExitCode.Success;
        }

        using var timer = new PeriodicTimer(Interval);
        do
        {
            if (session.Terminal.IsInteractive && !session.Json)
                session.Terminal.Out.Write("\e[H\e[2J");
            await ShowAsync(session, registry, filter, compact: true, cancel).ConfigureAwait(false);
            session.Terminal.Out.Flush();
        }
        while (await timer.WaitForNextTickAsync(cancel).ConfigureAwait(false));
        return ExitCode.Success;
    }

    private static async Task ShowAsync(Session session, IRegistry registry, RunFilter filter, bool compact, CancellationToken cancel)
    {
        var status = await registry.StatusAsync(filter, cancel).ConfigureAwait(false);
        if (session.Json)
        {
            session.Terminal.WriteJson(json => Write(json, status), compact);
            return;
        }

        var blocked = status.Blocked == 0 ? [] : await registry.ListAsync(filter with { Blocked = true, Limit = BlockedShown }, cancel).ConfigureAwait(false);
        Write(session.Terminal, status, blocked);
    }

    private static void Write(Terminal terminal, RegistryStatus status, IReadOnlyList<RunRecord> blocked)
    {
        var table = new ListTable().Column("state").Column("runs", number: true);
        foreach (var (cell, count) in ((Cell, int)[])[
            (Looks.Of(RunStatus.Pending), status.Pending), (Looks.Of(RunStatus.Running), status.Running), (Looks.Of(RunStatus.Completed), status.Completed),
            (Looks.Of(RunStatus.Failed), status.Failed), (Looks.Of(RunStatus.Cancelled), status.Cancelled), (Looks.Of(RunStatus.Pending, blocked: true), status.Blocked)])
            table.Row(cell with { Style = count == 0 ? Looks.Quiet : cell.Style }, new Cell(Words.Number(count), count == 0 ? Looks.Quiet : null));
        table.Write(terminal);
        terminal.WriteLine();
        if (blocked.Count > 0)
        {
            var reasons = new ListTable().Column("blocked run").Column("by");
            foreach (var run in blocked)
                reasons.Row(run.Id, new Cell(run.BlockedBy!, Looks.Odd));
            reasons.Write(terminal);
            if (status.Blocked > blocked.Count)
                terminal.WriteLine($"and {Words.Number(status.Blocked - blocked.Count)} more");
            terminal.WriteLine();
        }

        if (status.Workers.Count == 0)
        {
            terminal.WriteLine(status.Pending > 0 ? "no workers: `run` or `worker` executes what is pending" : "no workers");
            return;
        }

        var now = DateTimeOffset.UtcNow;
        var workers = new ListTable().Column("worker").Column("slots", number: true).Column("GPUs").Column("busy", number: true).Column("up").Column("seen").Column("runs");
        foreach (var worker in status.Workers)
        {
            workers.Row(worker.Id, worker.Slots.ToString(CultureInfo.InvariantCulture), worker.Gpus.IsEmpty ? "-" : string.Join(',', worker.Gpus),
                worker.Running.Length.ToString(CultureInfo.InvariantCulture), Words.Duration(now - worker.Started),
                now - worker.Seen > Silence ? new Cell($"{Words.Ago(worker.Seen, now)} (gone?)", Looks.Bad) : Words.Ago(worker.Seen, now),
                new Cell(string.Join(' ', worker.Running), Looks.Quiet));
        }

        workers.Write(terminal);
        WriteHeld(terminal, status.Workers);
        WriteUnusable(terminal, status.Workers);
        if (status.Workers.Any(w => now - w.Seen > Silence))
            terminal.WriteLine("\nruns of a worker that died are taken over by the next worker that starts on its host");
    }

    private static void WriteHeld(Terminal terminal, IReadOnlyList<WorkerRecord> workers)
    {
        if (workers.All(w => w.Held is null))
            return;
        var held = new ListTable().Column("worker").Column("starts nothing because");
        foreach (var worker in workers.Where(w => w.Held is not null))
            held.Row(worker.Id, new Cell(worker.Held!, Looks.Bad));
        terminal.WriteLine();
        held.Write(terminal);
    }

    private static void WriteUnusable(Terminal terminal, IReadOnlyList<WorkerRecord> workers)
    {
        if (workers.All(w => w.UnusableGpus.IsEmpty))
            return;
        var gpus = new ListTable().Column("GPU").Column("host").Column("gets no runs because it is");
        foreach (var (host, gpu) in workers.SelectMany(w => w.UnusableGpus.Select(g => (w.Host, g))).Distinct())
            gpus.Row(gpu.Gpu, host, new Cell(gpu.Reason, Looks.Bad));
        terminal.WriteLine();
        gpus.Write(terminal);
    }

    private static void Write(Utf8JsonWriter json, RegistryStatus status)
    {
        json.WriteStartObject();
        json.WriteNumber("pending"u8, status.Pending);
        json.WriteNumber("running"u8, status.Running);
        json.WriteNumber("completed"u8, status.Completed);
        json.WriteNumber("failed"u8, status.Failed);
        json.WriteNumber("cancelled"u8, status.Cancelled);
        json.WriteNumber("blocked"u8, status.Blocked);
        json.WriteStartArray("workers"u8);
        foreach (var worker in status.Workers)
        {
            json.WriteStartObject();
            json.WriteString("id"u8, worker.Id);
            json.WriteString("host"u8, worker.Host);
            json.WriteNumber("pid"u8, worker.Process.Pid);
            json.WriteNumber("slots"u8, worker.Slots);
            json.WriteStartArray("gpus"u8);
            foreach (var gpu in worker.Gpus)
                json.WriteNumberValue(gpu);
            json.WriteEndArray();
            json.WriteStartArray("unusable_gpus"u8);
            foreach (var gpu in worker.UnusableGpus)
            {
                json.WriteStartObject();
                json.WriteString("gpu"u8, gpu.Gpu);
                json.WriteString("reason"u8, gpu.Reason);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteString("held"u8, worker.Held);
            json.WriteTime("started", worker.Started);
            json.WriteTime("seen", worker.Seen);
            json.WriteStrings("running", worker.Running);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
