using Experiments.Registry.Submitting;

namespace Experiments.Registry;

public sealed partial class SqliteRegistry
{
    /// <inheritdoc/>
    public Task<SubmitReport> SubmitAsync(Plan plan, SubmitOptions options, CancellationToken cancel = default)
    {
        if (options.Priority is { } priority)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(priority);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(priority, PlannedRun.PriorityMax);
        }

        return WriteAsync(database => new Submission(database, plan, options, Now()).Record(), cancel);
    }
}
