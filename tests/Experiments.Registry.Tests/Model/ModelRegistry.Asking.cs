using System.Text;

namespace Experiments.Registry.Tests.Model;

internal sealed partial class ModelRegistry
{
    public Task<RegistryStatus> StatusAsync(RunFilter filter, CancellationToken cancel = default)
    {
        var runs = Matching(filter with { Limit = null }).ToList();
        int Count(RunStatus status) => runs.Count(r => r.Status == status && !r.IsBlocked);
        var workers = _workers.Values.Where(w => !w.Ended).Select(w => w.Record with
        {
            Running = [.. _runs.Where(r => r.Status == RunStatus.Running && r.Attempt.Worker.Id == w.Record.Id).Select(r => r.Id)],
        });
        return Task.FromResult(new RegistryStatus(Count(RunStatus.Pending), Count(RunStatus.Running), Count(RunStatus.Completed), Count(RunStatus.Failed),
            Count(RunStatus.Cancelled), runs.Count(r => r.IsBlocked), [.. workers]));
    }

    public Task<IReadOnlyList<RunRecord>> ListAsync(RunFilter filter, CancellationToken cancel = default) =>
        Task.FromResult<IReadOnlyList<RunRecord>>([.. Matching(filter).Select(Record)]);

    public Task<IReadOnlyDictionary<string, RunState>> StatesAsync(RunFilter filter, CancellationToken cancel = default) =>
        Task.FromResult<IReadOnlyDictionary<string, RunState>>(Matching(filter).ToDictionary(r => r.Id, r => new RunState(r.Status, r.Experiment.Name, r.Hash)));

    public Task<RunDetails?> FindAsync(string runId, CancellationToken cancel = default)
    {
        if (_runs.Find(r => r.Id == runId) is not { } run)
            return Task.FromResult<RunDetails?>(null);
        return Task.FromResult<RunDetails?>(new RunDetails(
            Record(run),
            run.Experiment,
            run.Hash,
            [.. run.Attempts.Select(a => new AttemptRecord
            {
                Number = a.Number,
                Epoch = a.Epoch,
                Outcome = a.End?.Outcome ?? AttemptOutcome.None,
                WorkerId = a.Worker.Id,
                Host = a.Worker.Host,
                Pid = a.Process?.Pid,
                Started = a.Started,
                Ended = a.Ended,
                ExitCode = a.End?.ExitCode,
                Signal = a.End?.Signal,
                Category = a.End?.Category,
                Message = a.End?.Message,
                Counts = a.End is { Counts: true, Outcome: not AttemptOutcome.Succeeded },
                Requeued = a.End is { Counts: true, Requeued: true, Outcome: not AttemptOutcome.Succeeded },
                Config = a.Config is { } config ? Encoding.UTF8.GetString(config.Span) : null,
            })],
            [.. run.Inputs.OrderBy(i => i.Name, StringComparer.Ordinal).Select(i => (i.Name, i.Run.Id))],
            [.. _runs.Where(r => r.Inputs.Exists(i => i.Run == run)).Select(r => r.Id)]));
    }

    public Task<RunEvents> EventsAsync(string runId, int? latest = null, CancellationToken cancel = default)
    {
        var events = _runs.Where(r => r.Id == runId).SelectMany(r => r.Attempts).SelectMany(a => a.Events).ToList();
        return Task.FromResult(new RunEvents(events.Count, [.. events.TakeLast(latest ?? int.MaxValue)]));
    }

    public Task<IReadOnlyList<NodeFailure>> NodeFailuresAsync(string host, DateTimeOffset since, CancellationToken cancel = default) =>
        Task.FromResult<IReadOnlyList<NodeFailure>>([.. _runs.SelectMany(r => r.Attempts.Select(a => (Run: r, Attempt: a)))
            .Where(x => x.Attempt.End?.Category == "node-failure" && x.Attempt.Ended >= since && x.Attempt.Worker.Host == host)
            .Select(x => new NodeFailure(x.Run.Id, x.Attempt.End!.Gpus, x.Attempt.Ended!.Value, x.Attempt.End.Message))]);

    public Task<IReadOnlyList<RunRecord>> LeaderboardAsync(RunFilter filter, string metric, Goal goal, int top, CancellationToken cancel = default) =>
        Task.FromResult<IReadOnlyList<RunRecord>>([.. Matching(filter with { Status = [], Limit = null })
            .Where(r => r.Status == RunStatus.Completed && r.Scores.ContainsKey(metric))
            .OrderBy(r => double.IsNaN(r.Scores[metric])).ThenBy(r => goal == Goal.Maximize ? -r.Scores[metric] : r.Scores[metric]).ThenBy(r => r.Key)
            .Take(top).Select(Record)]);

    public Task<IReadOnlyList<MetricPoint>> SeriesAsync(string runId, string metric, DateTimeOffset? since = null, CancellationToken cancel = default)
    {
        var points = _runs.Where(r => r.Id == runId && r.Attempts.Count > 0).SelectMany(r => r.Attempt.Points).Where(p => p.Metric == metric).ToList();
        var begin = points.Where(p => p.Time <= since).Select(p => p.Time).Distinct().OrderDescending().Take(2).LastOrDefault();
        return Task.FromResult<IReadOnlyList<MetricPoint>>([.. points.Where(p => p.Time >= begin)]);
    }

    public Task<IReadOnlyList<TargetRecord>> TargetsAsync(CancellationToken cancel = default)
    {
        var experiments = _runs.GroupBy(r => r.Experiment.Name).Select(g => new TargetRecord(g.Key, true, g.Count(), []) { Paused = _experiments[g.Key].Paused, RunningMax = _experiments[g.Key].RunningMax });
        var collections = _collections.Select(c => new TargetRecord(c, false, _runs.Count(r => r.Collections.TryGetValue(c, out var added) && !added), []));
        return Task.FromResult<IReadOnlyList<TargetRecord>>([.. experiments, .. collections]);
    }

    private IEnumerable<ModelRun> Matching(RunFilter filter)
    {
        var runs = _runs.Where(r =>
            (filter.Status.IsEmpty || filter.Status.Contains(r.Status))
            && (!filter.Blocked || r.IsBlocked)
            && (filter.Experiment is null || r.Experiment.Name == filter.Experiment)
            && (filter.Collection is null || (r.Collections.TryGetValue(filter.Collection, out var added) && !added))
            && (filter.Tag is null || r.Tags.Contains(filter.Tag))
            && (filter.Ids.IsEmpty || filter.Ids.Contains(r.Id)));
        return filter.Limit is { } limit ? runs.Take(limit) : runs;
    }

    private static RunRecord Record(ModelRun run) => new()
    {
        Id = run.Id,
        Experiment = run.Experiment.Name,
        Status = run.Status,
        Attempts = run.Attempts.Count,
        Priority = run.Priority,
        Tags = [.. run.Tags],
        Metrics = new Dictionary<string, double>(run.Scores),
        Created = run.Created,
        Started = run.Started,
        Ended = run.Ended,
        Category = run.Category,
        Message = run.Message,
        BlockedBy = run.BlockedBy(),
        Config = Encoding.UTF8.GetString(run.Config.Span),
    };
}
