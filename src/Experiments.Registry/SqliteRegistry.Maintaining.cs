using Experiments.Registry.Maintaining;

namespace Experiments.Registry;

public sealed partial class SqliteRegistry
{
    /// <summary>Checks the file and everything that must always hold. Reads the whole registry: seconds for a million runs.</summary>
    /// <returns>One sentence for each thing that is wrong; empty: all is well.</returns>
    public Task<IReadOnlyList<string>> CheckAsync(CancellationToken cancel = default) =>
        ReadAsync<IReadOnlyList<string>>(database => Integrity.Problems(database), cancel);
}
