using Experiments.Registry;
using Experiments.Runtime.Failures;
using Experiments.Runtime.Processes;
using Experiments.Runtime.Reports;
using Experiments.Runtime.Slots;

namespace Experiments.Runtime.Attempts;

/// <summary>What the end of an attempt's process means for its run.</summary>
/// <param name="services">What attempts share.</param>
/// <param name="run">The claim.</param>
/// <param name="slot">Its slot.</param>
/// <param name="lossesBefore">Attempts of the run directly before this one that were lost; <see langword="null"/>: not known yet.</param>
internal sealed class Judgement(AttemptServices services, ClaimedRun run, SlotLease slot, int? lossesBefore)
{
    private static readonly TimeSpan HearingMax = TimeSpan.FromSeconds(1);

    /// <summary>What shells add to a signal's number.</summary>
    private const int SignalExitCode = 128;

    private readonly RunHome _home = services.Root.Run(run.RunId);
    private readonly long _oomKillsBefore = HostMemory.OutOfMemoryKills();

    /// <summary>Judges a process that has ended.</summary>
    /// <param name="exit">How it ended.</param>
    /// <param name="cause">Why it was stopped, if it was.</param>
    /// <param name="reporter">What it reported.</param>
    /// <param name="used">What was measured of it.</param>
    public async Task<AttemptEnd> OfAsync(ExitStatus exit, StopCause cause, Reporter reporter, IReadOnlyDictionary<string, double>? used)
    {
        if (!exit.IsKnown)
            EndRemains();
        if (cause == StopCause.None && (exit.Signal ?? exit.ExitCode - SignalExitCode) == Libc.SigTerm && await IsStoppingAsync().ConfigureAwait(false))
            cause = StopCause.Preempted;
        var end = cause switch
        {
            StopCause.Preempted => new AttemptEnd { Outcome = AttemptOutcome.Preempted, Next = RunStatus.Pending, Counts = false, Message = "its worker was asked to stop" },
            StopCause.Cancelled => new AttemptEnd { Outcome = AttemptOutcome.Cancelled, Next = RunStatus.Cancelled, Counts = false, Message = "cancelled" },
            StopCause.TimedOut => await FailedAsync(new Failure(FailureCategory.Timeout, $"took longer than {run.Experiment.Timeout}")).ConfigureAwait(false),
            StopCause.Stalled => await FailedAsync(new Failure(FailureCategory.Stall, $"printed and reported nothing for {run.Experiment.Stall}{LastWords()}")).ConfigureAwait(false),
            _ when !exit.IsKnown => await TriedAgainAsync().ConfigureAwait(false),
            _ when exit.ExitCode == 0 => Succeeded(reporter, used),
            _ => await FailedAsync(Classify(exit, reporter.Failure)).ConfigureAwait(false),
        };
        return end with { ExitCode = exit.ExitCode, Signal = exit.Signal };
    }

    /// <summary>The end of an attempt that failed.</summary>
    public async Task<AttemptEnd> FailedAsync(Failure failure)
    {
        IReadOnlyList<AttemptRecord> earlier = run.Failures == 0 ? [] : [.. (await AttemptsAsync().ConfigureAwait(false)).Where(a => a.Counts).TakeLast(run.Failures)];
        return Retries.Decide(run, failure, earlier, services.Host.Random) with { Gpus = slot.Identities };
    }

    /// <summary>Nobody saw how it ended, or whether it started: before the run may be tried again, nothing of this attempt runs on.</summary>
    public Task<AttemptEnd> LostAsync()
    {
        EndRemains();
        return TriedAgainAsync();
    }

    private async Task<AttemptEnd> TriedAgainAsync() =>
        Retries.Lost(lossesBefore ?? (await AttemptsAsync().ConfigureAwait(false)).Reverse().TakeWhile(a => a.Outcome == AttemptOutcome.Lost).Count());

    /// <summary>Ends what an attempt without a keeper left running, in whichever session.</summary>
    private void EndRemains()
    {
        foreach (var pid in ProcFs.WithVariable(ProtocolVariables.RunDirectory, _home.Staging(run.Attempt)))
            _ = Libc.kill(pid, Libc.SigKill);
    }

    private AttemptEnd Succeeded(Reporter reporter, IReadOnlyDictionary<string, double>? used)
    {
        var written = _home.Staging(run.Attempt);
        foreach (var artifact in run.Experiment.Artifacts.Where(a => !Path.Exists(Path.Combine(written, a.File))))
            services.Observer.Notice($"`{run.RunId}` has no `{artifact.File}`: it declares that artifact and ended well without it");
        return new AttemptEnd
        {
            Outcome = AttemptOutcome.Succeeded,
            Next = RunStatus.Completed,
            Metrics = DerivedMetrics.Added(run, reporter.LastValues, used, written, services.Observer.Notice),
        };
    }

    /// <summary>What the trainer itself says counts most, then people's rules, then the built-in ones.</summary>
    private Failure Classify(ExitStatus exit, Failure? said)
    {
        if (said is not null)
            return said;
        var tail = LogTail.Read(_home.Log(run.Attempt));
        if (DeclaredRules.Find(run.Experiment.FailureRules, tail) is var (rule, index))
            return new Failure(rule.Category, $"{FailureClassifier.Ending(exit)}: {LogTail.LineAt(tail, index)}", rule.Action);
        var (category, message) = FailureClassifier.Classify(exit, tail, HostMemory.OutOfMemoryKills() > _oomKillsBefore);
        return new Failure(category, message);
    }

    /// <summary>A scheduler signals a whole job at once: the attempt may have ended before its worker heard of it.</summary>
    private async Task<bool> IsStoppingAsync()
    {
        await Task.Delay(HearingMax, services.Host.Time, services.Stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return services.Stopping.IsCancellationRequested;
    }

    private string LastWords() => LogTail.LastLine(LogTail.Read(_home.Log(run.Attempt))) is { } words ? $"; the last was: {words}" : "";

    /// <summary>The attempts of the run before this one.</summary>
    private async Task<IReadOnlyList<AttemptRecord>> AttemptsAsync()
    {
        var details = await services.Patience.CallAsync(() => services.Registry.FindAsync(run.RunId)).ConfigureAwait(false);
        return [.. details?.Attempts.Where(a => a.Number < run.Attempt) ?? []];
    }
}
