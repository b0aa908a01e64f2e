using Experiments.Registry;
using Experiments.Runtime.Checkpoints;
using Experiments.Runtime.Failures;
using Experiments.Runtime.Keeper;
using Experiments.Runtime.Launching;
using Experiments.Runtime.Processes;
using Experiments.Runtime.Publishing;
using Experiments.Runtime.Reports;
using Experiments.Runtime.ResultFiles;
using Experiments.Runtime.Secrets;
using Experiments.Runtime.Slots;
using Experiments.Runtime.Telemetry;
using Experiments.Runtime.Workers;

namespace Experiments.Runtime.Attempts;

/// <summary>
/// One attempt, from its claim to its recorded end. First its process runs and is supervised (<see cref="ExecuteAsync"/>, as long as it holds
/// its slot), then its end is recorded and published (<see cref="FinishAsync"/>).
/// </summary>
internal sealed class Attempt
{
    private readonly AttemptServices _services;
    private readonly RunHome _home;
    private readonly Reporter _reporter;
    private readonly AttemptSecrets _secrets;
    private readonly Supervision _supervision;
    private readonly Judgement _judgement;
    private readonly CheckpointPruning _pruning;
    private readonly DateTimeOffset _started;
    private readonly AttemptProcess? _adopted;
    private Task _provenance = Task.CompletedTask;
    private Task _recorded = Task.CompletedTask;
    private ExitStatus? _exit;
    private AttemptEnd? _end;
    private SystemSummary? _used;

    /// <summary>A new attempt of a claimed run.</summary>
    public Attempt(AttemptServices services, ClaimedRun run, SlotLease slot)
        : this(services, run, slot, services.Host.Time.GetUtcNow(), reportsOffset: 0, lossesBefore: null)
    {
    }

    /// <summary>An attempt that another worker started.</summary>
    /// <param name="services">What attempts share.</param>
    /// <param name="orphan">The attempt as its worker left it.</param>
    /// <param name="lease">This worker's lease on it.</param>
    /// <param name="process">Its process; ended perhaps.</param>
    /// <param name="slot">The slot it holds.</param>
    public Attempt(AttemptServices services, OrphanedAttempt orphan, LeaseKey lease, AttemptProcess process, SlotLease slot)
        : this(services, orphan.Run with { Lease = lease }, slot, orphan.Started, orphan.ReportsOffset, orphan.LossesBefore) => _adopted = process;

    private Attempt(AttemptServices services, ClaimedRun run, SlotLease slot, DateTimeOffset started, long reportsOffset, int? lossesBefore)
    {
        _services = services;
        Run = run;
        Slot = slot;
        _started = started;
        _home = services.Root.Run(run.RunId);
        var ranks = new RankMetrics(run.Experiment);
        var tail = new EventTail(_home.StagingEvents(run.Attempt), reportsOffset, ranks, services.Host.Time);
        _secrets = AttemptSecrets.Of(run);
        _supervision = new Supervision(services, run.Experiment, new Activity(_home, run.Attempt, services.Host.Time), services.Host.Time.GetUtcNow() - started);
        _pruning = new CheckpointPruning(services, run, started);
        _judgement = new Judgement(services, run, slot, lossesBefore);
        _reporter = new Reporter(services.Registry, services.Patience, services.Observer, run, slot.Name, tail, ranks, _home.Staging(run.Attempt), _secrets, services.Host.Time);
    }

    /// <summary>The claim.</summary>
    public ClaimedRun Run { get; }

    /// <summary>The slot it holds while it executes.</summary>
    public SlotLease Slot { get; }

    /// <summary>Asks the attempt to stop; returns at once.</summary>
    public void Stop(StopCause cause) => _supervision.Stop(cause);

    /// <summary>Leaves the process alone and unwatched, for another worker to adopt; returns at once.</summary>
    public void Abandon() => _supervision.Abandon();

    /// <summary>Starts the process, or takes over the adopted one, and returns when it has ended.</summary>
    public Task ExecuteAsync() => OrFailAsync(async () =>
    {
        var process = _adopted ?? await StartAsync().ConfigureAwait(false);
        try
        {
            _services.Observer.AttemptStarted(Slot.Name, Run);
            _reporter.Gauge = await Measuring.BeginAsync(_services, Run, Slot, process, _adopted is not null).ConfigureAwait(false);
            _exit = await _supervision.WatchAsync(process, LookAsync).ConfigureAwait(false);
            if (_reporter.Gauge is { } gauge)
                _used = await _services.Sampler.EndAsync(gauge).ConfigureAwait(false);
        }
        catch (Exception e) when (EndsAttempt(e))
        {
            // Whatever went wrong: a slot is never given back, nor a run tried again, beside a process that runs on.
            await Supervision.KillAsync(process).ConfigureAwait(false);
            throw;
        }
    });

    /// <summary>Judges and records how the attempt ended, and publishes what it wrote, if it won.</summary>
    /// <returns>The end; <see langword="null"/> when the attempt was stale, so nothing was written.</returns>
    public async Task<AttemptEnd?> FinishAsync()
    {
        await _recorded.ConfigureAwait(false);
        if (_exit is { } exit && _end is null)
            await OrFailAsync(async () => _end = await JudgeAsync(exit).ConfigureAwait(false)).ConfigureAwait(false);
        if (_end is not { } end || _supervision.Cause == StopCause.Stale)
        {
            _services.Observer.Notice($"`{Run.RunId}`: attempt {Run.Attempt} was replaced by another worker's and stopped");
            return null;
        }

        if (end.Next == RunStatus.Completed)
            end = await FlushOrFailAsync(end).ConfigureAwait(false);
        // Last words are the trainer's; they go where the whole project reads them.
        end = end with { Message = end.Message is null ? null : _secrets.Redact(end.Message) };
        if (!await _services.Patience.CallAsync(() => _services.Registry.EndAttemptAsync(Run.Lease, end)).ConfigureAwait(false))
        {
            _services.Observer.Notice($"`{Run.RunId}`: attempt {Run.Attempt} had been replaced when it ended; nothing of it is published");
            return null;
        }

        // Before publication, after which checkpoints are results.
        await _pruning.PruneAsync().ConfigureAwait(false);
        if (end.Next == RunStatus.Completed)
            await _services.Publication.PublishAsync(_services, Run).ConfigureAwait(false);
        else if (end.Next == RunStatus.Failed)
            await ListFailedAsync(end).ConfigureAwait(false);
        ShowInViews(end.Next);
        await FinishProvenanceAsync().ConfigureAwait(false);
        _services.Observer.AttemptEnded(Slot.Name, Run, end, _supervision.Duration);
        return end;
    }

    private async Task<AttemptProcess> StartAsync()
    {
        if (LaunchCheck.Missing(Run.Experiment.Launch) is { } missing)
            throw new ExperimentsException("EXP8022", missing, "restore it, or submit the run again from where the entrypoint is now");
        RunDirectory.Prepare(_services.Root, Run);
        var variables = AttemptVariables.Of(_services.Root, Run, _services.WorkerId, Slot.Devices, _secrets);
        ShowInViews(RunStatus.Running);
        var command = LaunchResolver.CommandLine(Run.Experiment.Launch, Run.Config, _home.Config, Run.Inputs.Select(i => i.Name).Concat(Run.Experiment.Secrets), Run.Attempt);
        var process = await _services.Keeper.StartAsync(_home.ProcessRecord(Run.Attempt), command,
            variables, Run.Experiment.Launch.WorkingDirectory!, _home.Log(Run.Attempt)).ConfigureAwait(false);
        _provenance = _services.Provenance.WriteAsync(Run, command, Slot.Devices, _started, _secrets);
        // While it is written the process runs already; the keeper's record tells a successor of it if we die now.
        _recorded = RecordAsync(process);
        return process;
    }

    private async Task RecordAsync(AttemptProcess process)
    {
        if (!await _services.Patience.CallAsync(() => _services.Registry.RecordProcessAsync(Run.Lease, process.Identity)).ConfigureAwait(false))
            Stop(StopCause.Stale);
    }

    private async Task LookAsync()
    {
        await ReadReportsAsync(ended: false).ConfigureAwait(false);
        await _pruning.LookAsync().ConfigureAwait(false);
    }

    /// <summary>Records what the attempt has reported since the last time.</summary>
    internal async Task ReadReportsAsync(bool ended)
    {
        if (!await _reporter.ReadAsync(ended).ConfigureAwait(false))
            Stop(StopCause.Stale);
    }

    private async Task<AttemptEnd?> JudgeAsync(ExitStatus exit)
    {
        if (_supervision.Cause == StopCause.Stale)
            return null;
        await ReadReportsAsync(ended: true).ConfigureAwait(false);
        return await _judgement.OfAsync(exit, _supervision.Cause, _reporter, _used?.Totals).ConfigureAwait(false);
    }

    /// <summary>Does something that ends the attempt when it fails.</summary>
    private async Task OrFailAsync(Func<Task> act)
    {
        try
        {
            await act().ConfigureAwait(false);
        }
        catch (SpawnRefusedException e)
        {
            await FailAsync(IsWrongLaunch(e) ? FailureCategory.Configuration : FailureCategory.NodeFailure, $"could not start `{Run.Experiment.Launch.Program[0]}`: {e.Message}").ConfigureAwait(false);
        }
        catch (ExperimentsException e) when (e.Code == "EXP8040")
        {
            _end = await _judgement.LostAsync().ConfigureAwait(false);
            _services.Observer.Notice($"`{Run.RunId}`: {e.Message}");
        }
        catch (ExperimentsException e) when (EndsAttempt(e))
        {
            await FailAsync(FailureCategory.Configuration, e.Message).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            await FailAsync(CategoryOf(e), e.Message).ConfigureAwait(false);
        }
        catch (Exception e) when (EndsAttempt(e))
        {
            // A mistake of ours. It costs this attempt, not the worker, nor every later one that would meet it again.
            _services.Observer.Notice($"`{Run.RunId}`: unexpected error, please report it: {e}");
            await FailAsync(FailureCategory.Unknown, $"unexpected {e.GetType().Name} in its worker: {e.Message}").ConfigureAwait(false);
        }
    }

    /// <summary>Whether an error is this attempt's: not that the registry is away, nor that another worker shall go on with it.</summary>
    private static bool EndsAttempt(Exception e) => e is not OperationCanceledException && !Patience.IsRegistryAway(e);

    private async Task FailAsync(FailureCategory category, string message) => _end = await _judgement.FailedAsync(new Failure(category, message)).ConfigureAwait(false);

    /// <summary>A result that may not be on the disk is no result: the run is tried again.</summary>
    private async Task<AttemptEnd> FlushOrFailAsync(AttemptEnd end)
    {
        try
        {
            if (!Directory.Exists(_home.Staging(Run.Attempt)))
                return await RefusedAsync(FailureCategory.Unknown, $"what it wrote is gone: something deleted `{_home.Staging(Run.Attempt)}` while it ran").ConfigureAwait(false);
            Publisher.Flush(_home, Run.Attempt);
            return end;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return await RefusedAsync(CategoryOf(e), $"its files could not be brought to the disk: {e.Message}").ConfigureAwait(false);
        }

        async Task<AttemptEnd> RefusedAsync(FailureCategory category, string message) =>
            await _judgement.FailedAsync(new Failure(category, message)).ConfigureAwait(false) with { ExitCode = end.ExitCode };
    }

    private async Task ListFailedAsync(AttemptEnd end)
    {
        try
        {
            await FailedRuns.AppendAsync(_services.Root, Run, end, _services.Host.Time.GetUtcNow()).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _services.Observer.Notice($"`{Run.RunId}`: `{FailedRuns.File}` could not be written: {e.Message}");
        }
    }

    private void ShowInViews(RunStatus status)
    {
        try
        {
            RunViews.Show(_services.Root, Run.RunId, status);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _services.Observer.Notice($"`{Run.RunId}`: its view could not be changed: {e.Message}");
        }
    }

    private async Task FinishProvenanceAsync()
    {
        try
        {
            await _provenance.ConfigureAwait(false);
            if (_used is { } used)
                _services.Provenance.Add(Run, used);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _services.Observer.Notice($"`{Run.RunId}`: `run.json` could not be written: {e.Message}");
        }
    }

    private static FailureCategory CategoryOf(Exception e)
    {
        const int noSpace = 28, overQuota = 122;
        return e.HResult is noSpace or overQuota ? FailureCategory.DiskFull : FailureCategory.NodeFailure;
    }

    private static bool IsWrongLaunch(SpawnRefusedException refusal)
    {
        const int noEntry = 2, notExecutable = 8, accessDenied = 13, notDirectory = 20, argumentsTooLong = 7;
        return refusal.Error is noEntry or notExecutable or accessDenied or notDirectory or argumentsTooLong;
    }
}
