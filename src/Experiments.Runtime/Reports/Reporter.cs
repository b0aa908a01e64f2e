using System.Text.Json;
using Experiments.Registry;
using Experiments.Runtime.Failures;
using Experiments.Runtime.Secrets;
using Experiments.Runtime.Telemetry;
using Experiments.Runtime.Workers;

namespace Experiments.Runtime.Reports;

/// <summary>Brings what an attempt reports into the registry and before the observer.</summary>
internal sealed class Reporter
{
    /// <summary>Name of the event that says which ranks did not report a metric.</summary>
    public const string MissingRanks = "missing_ranks";

    private readonly IRegistry _registry;
    private readonly Patience _patience;
    private readonly IWorkerObserver _observer;
    private readonly ClaimedRun _run;
    private readonly string _slot;
    private readonly EventTail _tail;
    private readonly RankMetrics _ranks;
    private readonly TimeProvider _time;
    private readonly string _directory;
    private readonly AttemptSecrets _secrets;
    private readonly Dictionary<string, double> _final = [];
    private bool _saidMalformed;
    private bool _saidUnreadable;

    /// <summary>Creates a reporter for an attempt.</summary>
    public Reporter(IRegistry registry, Patience patience, IWorkerObserver observer, ClaimedRun run, string slot, EventTail tail, RankMetrics ranks, string directory, AttemptSecrets secrets, TimeProvider time)
    {
        _registry = registry;
        _patience = patience;
        _observer = observer;
        _run = run;
        _slot = slot;
        _tail = tail;
        _ranks = ranks;
        _directory = directory;
        _secrets = secrets;
        _time = time;
    }

    /// <summary>Last value of each metric. What the trainer says of the whole run wins over what we make of its ranks, and a final <c>metrics.json</c> over events.</summary>
    public IReadOnlyDictionary<string, double> LastValues
    {
        get
        {
            var values = new Dictionary<string, double>(_ranks.Final(out _));
            foreach (var (name, value) in _tail.LastValues.Concat(_final))
                values[name] = value;
            return values;
        }
    }

    /// <summary>Why the trainer says it fails (<c>{"event": "failure", "data": {"category": "data", "message": "…"}}</c>); <see langword="null"/>: it doesn't say.</summary>
    public Failure? Failure { get; private set; }

    /// <summary>What the worker measures of the attempt; <see langword="null"/>: nothing.</summary>
    public Gauge? Gauge { get; set; }

    /// <summary>Reads what is new and records it.</summary>
    /// <param name="ended">Whether the attempt's process has ended: then everything is read.</param>
    /// <returns><see langword="false"/> when the lease is stale.</returns>
    public async Task<bool> ReadAsync(bool ended)
    {
        if (Gauge?.Take() is { Count: > 0 } measured && !await AppendAsync(new AttemptReports(measured, [], _tail.Offset)).ConfigureAwait(false))
            return false;
        if (!ended)
            return TryRead() is not { } news || await RecordAsync(news).ConfigureAwait(false);
        while (_tail.Read(ended) is { } batch)
        {
            if (!await RecordAsync(batch).ConfigureAwait(false))
                return false;
        }

        return await ReadFinalAsync().ConfigureAwait(false);
    }

    /// <summary>What is new, as far as it can be read: while the attempt runs there is another time.</summary>
    private ReportBatch? TryRead()
    {
        try
        {
            return _tail.Read(ended: false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (!_saidUnreadable)
                _observer.Notice($"`{_run.RunId}`: what it reports can't be read now, trying again as long as it runs: {e.Message}");
            _saidUnreadable = true;
            return null;
        }
    }

    private Task<bool> AppendAsync(AttemptReports reports) => _patience.CallAsync(() => _registry.AppendReportsAsync(_run.Lease, reports));

    /// <summary>Reads the files that an attempt may leave at its end, and makes the values of the whole run of those of its ranks.</summary>
    private async Task<bool> ReadFinalAsync()
    {
        var now = _time.GetUtcNow();
        var batch = new ReportBatch { Offset = _tail.Offset };
        foreach (var (rank, file) in FinalMetrics.ReadRanks(_directory, now))
        {
            foreach (var point in file.Points)
                _ranks.Add(rank, point);
            batch.Events.AddRange(file.Events);
        }

        if (FinalMetrics.Read(_directory, now) is { } final)
        {
            foreach (var point in final.Points)
                _final[point.Metric] = point.Value;
            batch.Points.AddRange(final.Points);
            batch.Events.AddRange(final.Events);
        }

        var whole = _ranks.Final(out var missing);
        batch.Points.AddRange(whole.Where(m => !IsSaid(m.Key) && !_ranks.Passed.Contains(m.Key)).Select(m => new MetricPoint(m.Key, null, m.Value, now)));
        foreach (var (metric, ranks) in missing.Where(m => !IsSaid(m.Metric)))
        {
            var silent = string.Join(", ", ranks);
            batch.Events.Add(new RunEvent(MissingRanks, $$"""{"metric":"{{JsonEncodedText.Encode(metric)}}","ranks":[{{silent}}]}""", now));
            _observer.Notice($"`{_run.RunId}` has no `{metric}`: rank {silent} did not report it");
        }

        return await RecordAsync(batch).ConfigureAwait(false);
    }

    /// <summary>Whether the trainer itself said a metric of the whole run.</summary>
    private bool IsSaid(string metric) => _tail.LastValues.ContainsKey(metric) || _final.ContainsKey(metric);

    private async Task<bool> RecordAsync(ReportBatch batch)
    {
        for (var i = 0; i < batch.Events.Count; i++)
            batch.Events[i] = batch.Events[i] with { Name = _secrets.Redact(batch.Events[i].Name), Data = _secrets.RedactJson(batch.Events[i].Data) };
        if (!batch.IsEmpty && !await AppendAsync(new AttemptReports(batch.Points, batch.Events, batch.Offset)).ConfigureAwait(false))
            return false;
        if (batch.Points.Count > 0)
            _observer.Metrics(_slot, _run, batch.Points);
        Failure = SaidFailure.Last(batch.Events) ?? Failure;
        if (batch.Progress is { } fraction)
            _observer.Progress(_slot, _run, fraction);
        if (!_saidMalformed && batch.Events.Find(e => e.Name == EventLine.Malformed) is { } malformed)
        {
            _saidMalformed = true;
            _observer.Notice($"`{_run.RunId}` reported something that is not understood, kept as event `{EventLine.Malformed}`: {malformed.Data}");
        }

        return true;
    }
}
