using Experiments.Registry.Asking;

namespace Experiments.Registry;

public sealed partial class SqliteRegistry
{
    private readonly Runs _runs = new();

    /// <inheritdoc/>
    public Task<RegistryStatus> StatusAsync(RunFilter filter, CancellationToken cancel = default) =>
        ReadAsync(database => Statuses.Read(database, filter), cancel);

    /// <inheritdoc/>
    public Task<IReadOnlyList<RunRecord>> ListAsync(RunFilter filter, CancellationToken cancel = default) =>
        ReadAsync<IReadOnlyList<RunRecord>>(database => _runs.List(database, filter), cancel);

    /// <inheritdoc/>
    public Task<IReadOnlyDictionary<string, RunState>> StatesAsync(RunFilter filter, CancellationToken cancel = default) =>
        ReadAsync<IReadOnlyDictionary<string, RunState>>(database => Runs.States(database, filter), cancel);

    /// <inheritdoc/>
    public Task<RunDetails?> FindAsync(string runId, CancellationToken cancel = default) =>
        ReadAsync(database => _runs.Find(database, _definitions, runId), cancel);

    /// <inheritdoc/>
    public Task<RunEvents> EventsAsync(string runId, int? latest = null, CancellationToken cancel = default) =>
        ReadAsync(database => Runs.Events(database, runId, latest), cancel);

    /// <inheritdoc/>
    public Task<IReadOnlyList<RunRecord>> LeaderboardAsync(RunFilter filter, string metric, Goal goal, int top, CancellationToken cancel = default) =>
        ReadAsync<IReadOnlyList<RunRecord>>(database => _runs.List(database, Leaderboards.Best(database, filter, metric, goal, top)), cancel);

    /// <inheritdoc/>
    public Task<IReadOnlyList<MetricPoint>> SeriesAsync(string runId, string metric, DateTimeOffset? since = null, CancellationToken cancel = default) =>
        ReadAsync<IReadOnlyList<MetricPoint>>(database => Runs.Series(database, runId, metric, since), cancel);

    /// <inheritdoc/>
    public Task<IReadOnlyList<TargetRecord>> TargetsAsync(CancellationToken cancel = default) =>
        ReadAsync<IReadOnlyList<TargetRecord>>(database => Targets.Read(database, _definitions), cancel);
}
