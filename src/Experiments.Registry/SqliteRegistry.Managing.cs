using Experiments.Registry.Managing;

namespace Experiments.Registry;

public sealed partial class SqliteRegistry
{
    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> RetryAsync(RunFilter filter, CancellationToken cancel = default) =>
        WriteAsync<IReadOnlyList<string>>(database => new Lifecycle(database, Now()).Retry(filter), cancel);

    /// <inheritdoc/>
    public Task<IReadOnlyList<string>> CancelAsync(RunFilter filter, CancellationToken cancel = default) =>
        WriteAsync<IReadOnlyList<string>>(database => new Lifecycle(database, Now()).Cancel(filter), cancel);

    /// <inheritdoc/>
    public Task<bool> PauseAsync(string experiment, bool paused, CancellationToken cancel = default) => WriteAsync(database =>
    {
        using var row = database["manage.pause"].Bind(experiment).Bind(paused);
        return row.Step();
    }, cancel);

    /// <inheritdoc/>
    public Task<bool> LimitAsync(string experiment, int? runningMax, CancellationToken cancel = default)
    {
        if (runningMax is { } limit)
            ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1, nameof(runningMax));
        return WriteAsync(database =>
        {
            using var row = database["manage.limit"].Bind(experiment).Bind(runningMax);
            return row.Step();
        }, cancel);
    }
}
