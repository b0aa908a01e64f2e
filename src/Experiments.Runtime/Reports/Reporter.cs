using Experiments.Registry;
using Experiments.Runtime.Secrets;
using Experiments.Runtime.Workers;

namespace Experiments.Runtime.Reports;

/// <summary>Brings what an attempt reports into the registry and before the observer.</summary>
internal sealed class Reporter
{
    private readonly IRegistry _registry;
    private readonly Patience _patience;
    private readonly IWorkerObserver _observer;
    private readonly ClaimedRun _run;
    private readonly string _slot;
    private readonly EventTail _tail;
    private readonly TimeProvider _time;
    private readonly string _directory;
    private readonly AttemptSecrets _secrets;
    private readonly Dictionary<string, double> _final = [];
    private bool _saidMalformed;

    /// <summary>Creates a reporter for an attempt.</summary>
    public Reporter(IRegistry registry, Patience patience, IWorkerObserver observer, ClaimedRun run, string slot, EventTail tail, string directory, AttemptSecrets secrets, TimeProvider time)
    {
        _registry = registry;
        _patience = patience;
        _observer = observer;
        _run = run;
        _slot = slot;
        _tail = tail;
        _directory = directory;
        _secrets = secrets;
        _time = time;
    }

    /// <summary>Last value of each metric; those of a final <c>metrics.json</c> win.</summary>
    public IReadOnlyDictionary<string, double> LastValues
    {
        get
        {
            var values = new Dictionary<string, double>(_tail.LastValues);
            foreach (var (name, value) in _final)
                values[name] = value;
            return values;
        }
    }

    /// <summary>Reads what is new and records it.</summary>
    /// <param name="ended">Whether the attempt's process has ended: then everything is read.</param>
    /// <returns><see langword="false"/> when the lease is stale.</returns>
    public async Task<bool> ReadAsync(bool ended)
    {
        while (_tail.Read(ended) is { } batch)
        {
            if (!await RecordAsync(batch).ConfigureAwait(false))
                return false;
            if (!ended)
                break;
        }

        if (!ended || FinalMetrics.Read(_directory, _time.GetUtcNow()) is not { } final)
            return true;
        foreach (var point in final.Points)
            _final[point.Metric] = point.Value;
        final.Offset = _tail.Offset;
        return await RecordAsync(final).ConfigureAwait(false);
    }

    private async Task<bool> RecordAsync(ReportBatch batch)
    {
        for (var i = 0; i < batch.Events.Count; i++)
            batch.Events[i] = batch.Events[i] with { Name = _secrets.Redact(batch.Events[i].Name), Data = _secrets.RedactJson(batch.Events[i].Data) };
        if (!batch.IsEmpty && !await _patience.CallAsync(() =>
                _registry.AppendReportsAsync(_run.Lease, new AttemptReports(batch.Points, batch.Events, batch.Offset))).ConfigureAwait(false))
            return false;
        if (batch.Points.Count > 0)
            _observer.Metrics(_slot, _run, batch.Points);
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
