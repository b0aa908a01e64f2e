using System.Collections.Concurrent;
using Experiments.Registry;
using Experiments.Runtime.Attempts;
using Experiments.Runtime.ResultFiles;
using Experiments.Runtime.Workers;

namespace Experiments.Runtime.Publishing;

/// <summary>Puts what winning attempts wrote in its place and records that. What can't be put there holds up nothing but the runs that need it.</summary>
internal sealed class Publication
{
    private readonly ConcurrentDictionary<long, ClaimedRun> _failed = new();

    /// <summary>Completed runs whose files this worker could not put in place.</summary>
    public IReadOnlyList<ClaimedRun> Failed => [.. _failed.Values];

    /// <summary>Publishes a run that this worker has completed. What may pass by itself is waited for.</summary>
    public Task PublishAsync(AttemptServices services, ClaimedRun run) => PublishAsync(services, run, services.Patience.CallAsync);

    /// <summary>Publishes a run whose worker died before it could, or that could not be published before. Waits for nothing: others wait for this worker.</summary>
    public Task RetryAsync(AttemptServices services, ClaimedRun run)
    {
        if (!_failed.ContainsKey(run.Lease.Run))
            services.Observer.Notice($"`{run.RunId}` is completed, and its files are put in place now");
        return PublishAsync(services, run, place => place());
    }

    private async Task PublishAsync(AttemptServices services, ClaimedRun run, Func<Func<Task<bool>>, Task<bool>> calling)
    {
        var home = services.Root.Run(run.RunId);
        var isMoved = false;
        try
        {
            await calling(() =>
            {
                Move(services, run, home);
                isMoved = true;
                return ComponentFiles.WriteAsync(services.Registry, services.Root, run, services.Observer.Notice);
            }).ConfigureAwait(false);
        }
        catch (Exception e) when (Patience.IsPassing(e) || e is UnauthorizedAccessException)
        {
            if (_failed.TryAdd(run.Lease.Run, run))
            {
                services.Observer.Notice($"`{run.RunId}` is completed, but its result{(isMoved ? " files could not be written" : "s could not be put in place")}: {e.Message.TrimEnd('.')}; "
                    + (isMoved ? "remove the cause, and this worker or the next one that starts on this host writes them; runs that need it wait for that"
                        : $"what is missing in `{home.Directory}` is in `{home.Staging(run.Attempt)}`: remove the cause, and the next worker that starts on this host puts it in place"));
            }

            return;
        }

        await services.Patience.CallAsync(() => services.Registry.RecordPublishedAsync(run.Lease)).ConfigureAwait(false);
        if (_failed.TryRemove(run.Lease.Run, out _))
            services.Observer.Notice($"`{run.RunId}`: its results are in place now");
    }

    private static void Move(AttemptServices services, ClaimedRun run, RunHome home)
    {
        foreach (var name in Publisher.Publish(home, run.Attempt, services.Host.BeforeFileChange))
            services.Observer.Notice($"`{run.RunId}`: `{name}` is in `{Publisher.ClashDirectory}/`, because the run's home has its own `{name}`");
    }
}
