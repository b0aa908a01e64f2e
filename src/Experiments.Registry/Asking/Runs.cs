using System.Collections.Concurrent;
using System.Collections.Frozen;
using Experiments.Registry.Executing;
using Experiments.Registry.Storage;

namespace Experiments.Registry.Asking;

/// <summary>Reads runs as lists and as details show them.</summary>
internal sealed class Runs
{
    private readonly ConcurrentDictionary<long, string> _metricNames = new();

    public List<RunRecord> List(Database database, RunFilter filter)
    {
        var runs = new List<RunRecord>();
        if (Filter.Resolve(database, filter) is not { } resolved)
            return runs;
        using var rows = resolved.Apply(database, "ask.list");
        while (rows.Step())
            runs.Add(Read(database, rows));
        return runs;
    }

    public static Dictionary<string, RunState> States(Database database, RunFilter filter)
    {
        var states = new Dictionary<string, RunState>();
        var experiments = new Dictionary<long, string>();
        if (Filter.Resolve(database, filter) is not { } resolved)
            return states;
        using var rows = resolved.Apply(database, "ask.states");
        while (rows.Step())
            states.Add(rows.Text(0), new RunState((RunStatus)rows.Int32(1), Experiment(rows.Int64(2)), ContentHash.FromBytes(rows.Blob(3))));
        return states;

        string Experiment(long id)
        {
            if (experiments.TryGetValue(id, out var known))
                return known;
            using var row = database["ask.experiment_name"].Bind(id);
            row.Step();
            return experiments[id] = row.Text(0);
        }
    }

    /// <summary>Runs by their keys, in that order.</summary>
    public List<RunRecord> List(Database database, IEnumerable<long> keys)
    {
        var runs = new List<RunRecord>();
        foreach (var key in keys)
        {
            using var row = database["ask.list_key"].Bind(key);
            row.Step();
            runs.Add(Read(database, row));
        }

        return runs;
    }

    public RunDetails? Find(Database database, Definitions definitions, string id)
    {
        if (List(database, new RunFilter { Ids = [id] }) is not [var run])
            return null;
        long key, definition;
        ContentHash hash;
        using (var row = database["ask.find"].Bind(id))
        {
            row.Step();
            (key, definition, hash) = (row.Int64(0), row.Int64(1), ContentHash.FromBytes(row.Blob(2)));
        }

        return new RunDetails(run, definitions.Get(database, definition), hash, Attempts(database, key), Claims.Inputs(database, key), UsedBy(database, key));
    }

    /// <summary>Read from the latest back to where the asked part begins: of a long series that is mostly its end.</summary>
    public static List<MetricPoint> Series(Database database, string id, string metric, DateTimeOffset? since)
    {
        var points = new List<MetricPoint>();
        using var rows = database["ask.series"].Bind(id).Bind(metric);
        for (var moments = 0; rows.Step();)
        {
            var time = rows.Time(2);
            if (time <= since && (points.Count == 0 || time < points[^1].Time) && ++moments > 2)
                break;
            points.Add(new MetricPoint(metric, rows.Int64OrNull(0), rows.Value(1), time));
        }

        points.Reverse();
        return points;
    }

    public static RunEvents Events(Database database, string id, int? latest)
    {
        int count;
        using (var row = database["ask.count_events"].Bind(id))
        {
            row.Step();
            count = row.Int32(0);
        }

        var events = new List<RunEvent>();
        using var rows = database["ask.events"].Bind(id).Bind((long)(latest ?? -1));
        while (rows.Step())
            events.Add(new RunEvent(rows.Text(0), rows.Text(1), rows.Time(2)));
        events.Reverse();
        return new RunEvents(count, events);
    }

    private RunRecord Read(Database database, Statement row)
    {
        var key = row.Int64(0);
        var status = (RunStatus)row.Int32(3);
        return new RunRecord
        {
            Id = row.Text(1),
            Experiment = row.Text(2),
            Status = status,
            Attempts = row.Int32(4),
            Priority = row.Int32(5),
            Tags = JsonList.ReadStrings(row.TextOrNull(6)),
            Created = row.Time(7),
            Started = row.TimeOrNull(8),
            Ended = row.TimeOrNull(9),
            Category = row.TextOrNull(10),
            Message = row.TextOrNull(11),
            BlockedBy = status == RunStatus.Pending && row.Int32(12) > 0 ? BlockedBy(database, key) : null,
            Config = row.Text(13),
            Hash = ContentHash.FromBytes(row.Blob(14)),
            Metrics = Metrics(database, key),
        };
    }

    private IReadOnlyDictionary<string, double> Metrics(Database database, long run)
    {
        using var rows = database["ask.scores"].Bind(run);
        if (!rows.Step())
            return FrozenDictionary<string, double>.Empty;
        var metrics = new SortedList<string, double>(StringComparer.Ordinal);
        do
            metrics[MetricName(database, rows.Int64(0))] = rows.Value(1);
        while (rows.Step());
        return metrics;
    }

    private string MetricName(Database database, long metric)
    {
        if (_metricNames.TryGetValue(metric, out var name))
            return name;
        using var row = database["ask.metric_name"].Bind(metric);
        row.Step();
        return _metricNames[metric] = row.Text(0);
    }

    /// <summary>The failed or cancelled run at the end of the chain of blocked inputs.</summary>
    private static string BlockedBy(Database database, long run)
    {
        while (true)
        {
            using var row = database["ask.broken_input"].Bind(run);
            if (!row.Step())
                return "an input";
            var status = (RunStatus)row.Int32(2);
            if (status != RunStatus.Pending)
                return $"input `{row.Text(1)}` {(status == RunStatus.Failed ? "failed" : "was cancelled")}";
            run = row.Int64(0);
        }
    }

    private static List<AttemptRecord> Attempts(Database database, long run)
    {
        var attempts = new List<AttemptRecord>();
        using var rows = database["ask.attempts"].Bind(run);
        while (rows.Step())
        {
            attempts.Add(new AttemptRecord
            {
                Number = rows.Int32(0),
                Epoch = rows.Int64(1),
                Outcome = (AttemptOutcome)rows.Int32(2),
                WorkerId = rows.Text(3),
                Host = rows.Text(4),
                Pid = rows.Int32OrNull(5),
                Started = rows.Time(6),
                Ended = rows.TimeOrNull(7),
                ExitCode = rows.Int32OrNull(8),
                Signal = rows.Int32OrNull(9),
                Category = rows.TextOrNull(10),
                Message = rows.TextOrNull(11),
                Counts = rows.Int32(12) > 0,
                Requeued = rows.Int32(12) == 2,
                Config = rows.TextOrNull(13),
            });
        }

        return attempts;
    }

    private static List<string> UsedBy(Database database, long run)
    {
        var ids = new List<string>();
        using var rows = database["ask.used_by"].Bind(run);
        while (rows.Step())
            ids.Add(rows.Text(0));
        return ids;
    }
}
