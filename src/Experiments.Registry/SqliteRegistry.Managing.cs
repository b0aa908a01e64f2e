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
}
