using Experiments.Registry;
using Experiments.Runtime.Keeper;
using Experiments.Runtime.Processes;

namespace Experiments.Runtime.Attempts;

/// <summary>Watches the process of an attempt until it has ended, and ends it when it must stop: asked to, out of time, or hanging.</summary>
/// <param name="services">What attempts share.</param>
/// <param name="experiment">Its experiment.</param>
/// <param name="activity">What shows that it lives.</param>
/// <param name="before">How long the attempt took before this worker watched it.</param>
internal sealed class Supervision(AttemptServices services, ExperimentDefinition experiment, Activity activity, TimeSpan before)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);

    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _stopRequested = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _abandoned = new(TaskCreationOptions.RunContinuationsAsynchronously);
    // Calendar time only for what another worker did; what is measured here must not jump with the clock.
    private readonly long _since = services.Host.Time.GetTimestamp();

    /// <summary>Why it was stopped.</summary>
    public StopCause Cause { get; private set; }

    /// <summary>How long the attempt has taken so far.</summary>
    public TimeSpan Duration => before + services.Host.Time.GetElapsedTime(_since);

    /// <summary>Asks the attempt to stop; returns at once.</summary>
    public void Stop(StopCause cause)
    {
        lock (_lock)
        {
            if (cause > Cause)
                Cause = cause;
        }

        _stopRequested.TrySetResult();
    }

    /// <summary>Leaves the process to another worker; returns at once.</summary>
    public void Abandon() => _abandoned.TrySetResult();

    /// <summary>Ends a process that nobody will watch any more, and returns when it has ended.</summary>
    public static async Task KillAsync(AttemptProcess process)
    {
        if (!process.Exited.IsCompleted)
            ProcessGroup.Signal(process.Identity, Libc.SigKill);
        await process.Exited.ConfigureAwait(false);
    }

    /// <summary>Returns when the process has ended.</summary>
    /// <param name="process">The process.</param>
    /// <param name="read">Reads what the attempt reported since the last time.</param>
    /// <exception cref="OperationCanceledException">It was abandoned.</exception>
    public async Task<ExitStatus> WatchAsync(AttemptProcess process, Func<Task> read)
    {
        activity.Begin();
        while (!process.Exited.IsCompleted)
        {
            var wait = Earlier(LookEvery, Limit(experiment.Timeout, Duration, StopCause.TimedOut));
            if (experiment.Stall is { } stall)
                wait = Earlier(wait, Limit(stall, activity.Silence(), StopCause.Stalled));
            if (_stopRequested.Task.IsCompleted)
                return await TerminateAsync(process).ConfigureAwait(false);
            if (!await EndsWithinAsync(wait, process.Exited, _stopRequested.Task, _abandoned.Task).ConfigureAwait(false))
                await read().ConfigureAwait(false);
            if (_abandoned.Task.IsCompleted)
                throw new OperationCanceledException("abandoned to another worker");
        }

        if (services.Stopping.IsCancellationRequested)
            Stop(StopCause.Preempted);
        return await process.Exited.ConfigureAwait(false);
    }

    /// <summary>What is left of a limit; stops the attempt when that is nothing.</summary>
    private TimeSpan? Limit(TimeSpan? most, TimeSpan passed, StopCause cause)
    {
        if (most - passed <= TimeSpan.Zero)
            Stop(cause);
        return most - passed;
    }

    private static TimeSpan Earlier(TimeSpan first, TimeSpan? second) => second is { } other && other < first ? other : first;

    /// <summary>SIGTERM, the grace period, SIGKILL: to the whole group.</summary>
    private async Task<ExitStatus> TerminateAsync(AttemptProcess process)
    {
        // One that ended before it could be asked has ended by itself.
        if (!ProcFs.IsRunning(process.Identity))
        {
            // Unless a scheduler signalled both of us, so that it saved and left before we came to ask: then its 0 does not mean that it is done.
            lock (_lock)
                Cause = Cause is StopCause.Stale or StopCause.Preempted ? Cause : StopCause.None;
            return await process.Exited.ConfigureAwait(false);
        }

        if (Cause != StopCause.Stale)
        {
            GiveGrace(process);
            ProcessGroup.Signal(process.Identity, Libc.SigTerm);
            await EndsWithinAsync(services.Grace, process.Exited, services.Impatience).ConfigureAwait(false);
        }

        await KillAsync(process).ConfigureAwait(false);
        return await process.Exited.ConfigureAwait(false);
    }

    private void GiveGrace(AttemptProcess process)
    {
        try
        {
            ProcessRecord.Stop(process.Record, services.Grace);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            services.Observer.Notice($"`{process.Record}` could not be written, so what a shell started may be killed with it before the grace period ends: {e.Message}");
        }
    }

    private async Task<bool> EndsWithinAsync(TimeSpan time, params Task[] any)
    {
        using var enough = new CancellationTokenSource();
        var ended = Task.WhenAny(any);
        var first = await Task.WhenAny(ended, Task.Delay(time, services.Host.Time, enough.Token)).ConfigureAwait(false);
        await enough.CancelAsync().ConfigureAwait(false);
        return first == ended;
    }
}
