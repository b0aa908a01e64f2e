using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Experiments.Registry;
using Experiments.Runtime;

namespace Experiments.CommandLine;

/// <summary><c>show</c>: one run with all that is known of it.</summary>
internal sealed class ShowCommand : ExperimentCommand
{
    private const int EventsShown = 10;

    private readonly Argument<string> _run = new("RUN") { Description = "A run id" };

    public ShowCommand(CommandContext context)
        : base("show", "Show one run: configuration, metrics, attempts, files", context) => Add(_run);

    protected override async Task<ExitCode> RunAsync(Session session, ParseResult parsed, CancellationToken cancel)
    {
        await using var registry = await session.OpenExistingRegistryAsync().ConfigureAwait(false);
        var id = parsed.GetRequiredValue(_run);
        var details = await registry.FindAsync(id, cancel).ConfigureAwait(false) ?? throw await RunSelection.UnknownAsync(registry, id, cancel).ConfigureAwait(false);
        var events = await registry.EventsAsync(id, session.Json ? null : EventsShown, cancel).ConfigureAwait(false);
        var home = session.Root.Run(details.Run.Id);
        if (session.Json)
            session.Terminal.WriteJson(json => Write(json, details, events, home));
        else
            Write(session.Terminal, details, events, home);
        return ExitCode.Success;
    }

    private static void Write(Terminal terminal, RunDetails details, RunEvents events, RunHome home)
    {
        var run = details.Run;
        var facts = new FactTable();
        facts.Add("run", new Cell(run.Id, Looks.Strong));
        facts.Add("status", Looks.Of(run.Status, run.BlockedBy is not null));
        if (run.BlockedBy is { } input)
            facts.Add("blocked by", input);
        facts.Add("experiment", run.Experiment);
        if (!run.Tags.IsEmpty)
            facts.Add("tags", string.Join(' ', run.Tags));
        facts.Add("priority", run.Priority.ToString(CultureInfo.InvariantCulture));
        facts.Add("created", Words.Time(run.Created));
        facts.Add("directory", Paths.FromHere(home.Directory));
        facts.AddAll("config", Config.Flatten(run.Config).Select(c => $"{c.Key} = {c.Value}"));
        facts.AddAll("metrics", Lines(run.Metrics.Where(m => !SystemMetrics.Has(m.Key))));
        facts.AddAll("system", Lines(run.Metrics.Where(m => SystemMetrics.Has(m.Key)).Select(m => KeyValuePair.Create(m.Key[SystemMetrics.Prefix.Length..], m.Value))));
        facts.AddAll("artifacts", details.Definition.Artifacts.Select(a => $"{a.Name} = {a.File}{(File.Exists(Path.Combine(home.Directory, a.File)) ? "" : " (not there)")}"));
        facts.AddAll("inputs", details.Inputs.Select(i => $"{i.Name} = {i.RunId}"));
        facts.AddAll("used by", details.UsedBy);
        facts.Write(terminal);
        WriteAttempts(terminal, details, home);
        WriteEvents(terminal, events);
    }

    private static IEnumerable<string> Lines(IEnumerable<KeyValuePair<string, double>> metrics) =>
        metrics.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => $"{m.Key} = {Words.Number(m.Value)}");

    private static void WriteAttempts(Terminal terminal, RunDetails details, RunHome home)
    {
        if (details.Attempts.Count == 0)
            return;
        terminal.WriteLine();
        var table = new ListTable().Column("attempt", number: true).Column("outcome").Column("started").Column("time", number: true).Column("host").Column("exit").Column("log");
        foreach (var attempt in details.Attempts)
        {
            var exit = attempt.Signal is { } signal ? $"signal {signal}" : attempt.ExitCode?.ToString(CultureInfo.InvariantCulture) ?? "";
            table.Row(attempt.Number.ToString(CultureInfo.InvariantCulture), OutcomeOf(attempt), Words.Time(attempt.Started),
                Words.Duration((attempt.Ended ?? DateTimeOffset.UtcNow) - attempt.Started), attempt.Host, exit, new Cell(Paths.FromHere(home.Log(attempt.Number)), Looks.Quiet));
        }

        table.Write(terminal);
        foreach (var attempt in details.Attempts)
        {
            if (attempt.Config is { } config)
                terminal.WriteLine($"attempt {attempt.Number} ran with {PlainText.OneLine(string.Join(", ", Changes(details.Run.Config, config)))}");
            if (attempt.Message is { Length: > 0 } message)
                terminal.WriteLine($"attempt {attempt.Number}: {(attempt.Category is { } category ? $"{category}: " : "")}{PlainText.OneLine(message)}");
        }
    }

    /// <summary>What remedies changed in a configuration.</summary>
    private static IEnumerable<string> Changes(string declared, string config)
    {
        var before = Config.Flatten(declared).ToDictionary(c => c.Key, c => c.Value);
        return Config.Flatten(config).Where(c => before.GetValueOrDefault(c.Key) != c.Value).Select(c => $"{c.Key} = {c.Value} instead of {before.GetValueOrDefault(c.Key)}");
    }

    private static void WriteEvents(Terminal terminal, RunEvents events)
    {
        if (events.Count == 0)
            return;
        terminal.WriteLine();
        var table = new ListTable().Column("time").Column("event").Column("data");
        foreach (var happened in events.Latest)
            table.Row(new Cell(Words.Time(happened.Time), Looks.Quiet), happened.Name, new Cell(happened.Data, Looks.Quiet));
        table.Write(terminal);
        if (events.Count > events.Latest.Count)
            terminal.WriteLine($"the last {EventsShown} of {Words.Count(events.Count, "event")}; `--json` has all");
    }

    private static Cell OutcomeOf(AttemptRecord attempt) => attempt.Outcome switch
    {
        AttemptOutcome.None => new Cell("running", Looks.Busy),
        AttemptOutcome.Succeeded => new Cell("succeeded", Looks.Good),
        AttemptOutcome.Failed => new Cell(attempt.Category is { } category ? $"failed ({category})" : "failed", Looks.Bad),
        AttemptOutcome.TimedOut => new Cell(attempt.Category == FailureCategory.Stall.Text() ? "stalled" : "timed-out", Looks.Bad),
        AttemptOutcome.Cancelled => new Cell("cancelled", Looks.Odd),
        AttemptOutcome.Preempted => new Cell("preempted", Looks.Odd),
        AttemptOutcome.Lost => new Cell("lost", Looks.Odd),
        _ => throw new InvalidOperationException($"unknown outcome {attempt.Outcome}"),
    };

    private static void Write(Utf8JsonWriter json, RunDetails details, RunEvents events, RunHome home)
    {
        json.WriteStartObject();
        RunJson.WriteProperties(json, details.Run, j => WriteAttempts(j, details, home));
        json.WriteString("message"u8, details.Run.Message);
        json.WriteString("blocked_by"u8, details.Run.BlockedBy);
        json.WriteString("hash"u8, details.Hash.ToString());
        json.WriteString("directory"u8, home.Directory);
        json.WritePropertyName("config"u8);
        json.WriteRawValue(details.Run.Config);
        json.WriteStartObject("inputs"u8);
        foreach (var (name, id) in details.Inputs)
            json.WriteString(name, id);
        json.WriteEndObject();
        json.WriteStrings("used_by", details.UsedBy);
        json.WriteStartObject("artifacts"u8);
        foreach (var artifact in details.Definition.Artifacts)
            json.WriteString(artifact.Name, Path.Combine(home.Directory, artifact.File));
        json.WriteEndObject();
        json.WriteStartArray("events"u8);
        foreach (var happened in events.Latest)
        {
            json.WriteStartObject();
            json.WriteString("name"u8, happened.Name);
            json.WriteTime("time", happened.Time);
            json.WritePropertyName("data"u8);
            // What a trainer wrote as data is JSON; a malformed line is kept as the text it was.
            if (IsJson(happened.Data))
                json.WriteRawValue(happened.Data);
            else
                json.WriteStringValue(happened.Data);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteAttempts(Utf8JsonWriter json, RunDetails details, RunHome home)
    {
        json.WriteStartArray();
        foreach (var attempt in details.Attempts)
            WriteAttempt(json, attempt, details.Run.Config, home);
        json.WriteEndArray();
    }

    private static void WriteAttempt(Utf8JsonWriter json, AttemptRecord attempt, string config, RunHome home)
    {
        json.WriteStartObject();
        json.WriteNumber("number"u8, attempt.Number);
        json.WriteNumber("epoch"u8, attempt.Epoch);
        json.WriteString("outcome"u8, attempt.Outcome switch
        {
            AttemptOutcome.None => "running",
            AttemptOutcome.Failed => "failed",
            _ => OutcomeOf(attempt).Text,
        });
        json.WriteString("worker"u8, attempt.WorkerId);
        json.WriteString("host"u8, attempt.Host);
        json.WriteNumberOrNull("pid", attempt.Pid);
        json.WriteTime("started", attempt.Started);
        json.WriteTime("ended", attempt.Ended);
        json.WriteNumberOrNull("exit_code", attempt.ExitCode);
        json.WriteNumberOrNull("signal", attempt.Signal);
        json.WriteString("category"u8, attempt.Category);
        json.WritePropertyName("config"u8);
        json.WriteRawValue(attempt.Config ?? config);
        json.WriteString("message"u8, attempt.Message);
        json.WriteString("log"u8, home.Log(attempt.Number));
        json.WriteEndObject();
    }

    private static bool IsJson(string text)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
        try
        {
            while (reader.Read())
                reader.TrySkip();
            return text.Length > 0;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
