using Experiments.Registry.Tests.Kit;

namespace Experiments.Registry.Tests.Model;

/// <summary>Takes the steps of a history on a registry. The same steps on two registries that agree make the same choices.</summary>
internal sealed class Player(ManualTime time)
{
    private static readonly string[] s_workers = ["w1", "w2", "far1", "far2"];
    private static readonly string[] s_targets = ["One", "Two", "Three"];
    private static readonly string[] s_metrics = ["acc", "loss"];
    private static readonly double[] s_values = [0.1, 0.5, 0.5, 0.9, double.NaN, double.PositiveInfinity, double.NegativeInfinity, -0.0];
    private static readonly ExperimentDefinition[] s_experiments =
        [Given.Experiment("classifier"), Given.Experiment("classifier", target: "new.py"), Given.Experiment("pretrain", gpus: 1), Given.Experiment("pretrain", gpus: 4)];

    /// <summary>Configurations that remedies lead to; one is some runs' own.</summary>
    private static readonly ReadOnlyMemory<byte>[] Configs = [.. new[] { """{"batch":32}""", """{"batch":16}""", """{"other":1}""", """{"batch":8}""" }.Select(c => (ReadOnlyMemory<byte>)System.Text.Encoding.UTF8.GetBytes(c))];

    private readonly List<LeaseKey> _leases = [];
    private readonly List<long> _collections = [];

    /// <summary>Registers the workers all histories have.</summary>
    public static async Task BeginAsync(IRegistry registry)
    {
        foreach (var worker in s_workers)
            await registry.RegisterWorkerAsync(Worker(worker));
    }

    /// <summary>Takes a step.</summary>
    /// <returns>What the registry answered, or the code of its refusal.</returns>
    public async Task<string> TakeAsync(IRegistry registry, Step step)
    {
        try
        {
            return Transcript.Of(await ActAsync(registry, step));
        }
        catch (ExperimentsException refusal) when (refusal.Code is "EXP7010" or "EXP7011")
        {
            return refusal.Code;
        }
    }

    /// <summary>Takes over what another player knows: its answers did not arrive here.</summary>
    public void LearnFrom(Player other)
    {
        _leases.Clear();
        _leases.AddRange(other._leases);
        _collections.Clear();
        _collections.AddRange(other._collections);
    }

    /// <summary>Everything that can be seen of a registry.</summary>
    public static async Task<string> LookAsync(IRegistry registry) => string.Join('\n',
        [
            .. (await registry.ListAsync(RunFilter.All)).Select(r => Transcript.Of(r)),
            Transcript.Of(await registry.StatusAsync(RunFilter.All)),
            Transcript.Of((await registry.StatusAsync(new RunFilter { Collection = "One" })) with { Workers = [] }),
            Transcript.Of(await registry.OutlookAsync(new ClaimRequest { WorkerId = "w1", GpusMax = 1 })),
        ]);

    private async Task<object?> ActAsync(IRegistry registry, Step step)
    {
        switch (step.Kind)
        {
            case StepKind.Submit:
                var report = await registry.SubmitAsync(Plan(step), new SubmitOptions
                {
                    Known = (Known)(step.B % 11 < 7 ? 0 : step.B % 4),
                    Priority = step.C % 5 == 0 ? 100 + step.C % 3 : null,
                    Tags = step.C % 7 == 0 ? ["extra"] : [],
                });
                if (!_collections.Contains(report.Collection))
                    _collections.Add(report.Collection);
                return report;
            case StepKind.Claim:
                var claimed = await registry.ClaimAsync(new ClaimRequest
                {
                    WorkerId = Pick(s_workers, step.A),
                    Count = 1 + step.B % 3,
                    GpusMax = step.B % 5,
                    GpusMin = step.C % 9 == 0 ? 1 : 0,
                    GpusTotal = step.A % 2 == 0 ? 4 : null,
                    Reserved = step.A % 4 == 0 ? step.C % 9 : null,
                    Fit = Fit(step),
                    Collection = step.C % 3 == 0 && _collections.Count > 0 ? Pick(_collections, step.C) : null,
                    Lease = TimeSpan.FromSeconds(10 + step.A % 20),
                });
                _leases.AddRange(claimed.Select(c => c.Lease));
                return claimed;
            case StepKind.End:
                return _leases.Count == 0 ? null : await registry.EndAttemptAsync(Lease(step), End(step));
            case StepKind.Publish:
                return _leases.Count == 0 ? null : await registry.RecordPublishedAsync(Lease(step));
            case StepKind.Report:
                return _leases.Count == 0 ? null : await registry.AppendReportsAsync(Lease(step), new AttemptReports(
                    [.. Enumerable.Range(0, step.B % 4).Select(i => new MetricPoint(Pick(s_metrics, step.B + i), i % 2 == 0 ? i : null, Pick(s_values, step.C + i), time.GetUtcNow()))],
                    step.C % 3 == 0 ? [new RunEvent("epoch_complete", "{}", time.GetUtcNow())] : [],
                    step.C));
            case StepKind.RecordProcess:
                return _leases.Count == 0 ? null : await registry.RecordProcessAsync(Lease(step), new ProcessIdentity(step.B, step.C, "boot"));
            case StepKind.Heartbeat:
                return await registry.HeartbeatAsync(Pick(s_workers, step.A), [.. _leases.Where((_, i) => (step.B + i) % 2 == 0)], TimeSpan.FromSeconds(10 + step.C % 20));
            case StepKind.Adopt:
                if (_leases.Count == 0)
                    return null;
                var adopted = await registry.AdoptAsync(Lease(step), Pick(s_workers, step.B), TimeSpan.FromSeconds(10 + step.C % 20));
                if (adopted is { } lease)
                    _leases.Add(lease);
                return adopted;
            case StepKind.Retry:
                return await registry.RetryAsync(Filter(step));
            case StepKind.Cancel:
                return await registry.CancelAsync(Filter(step));
            case StepKind.Pause:
                return await registry.PauseAsync(s_experiments[step.A % 4].Name, step.B % 3 == 0);
            case StepKind.Limit:
                return await registry.LimitAsync(s_experiments[step.A % 4].Name, step.B % 3 == 0 ? null : 1 + step.B % 2);
            case StepKind.Orphans:
                return (await registry.OrphansAsync(Given.Host, w => (step.B & w.Id[^1]) % 2 == 0)).OrderBy(o => o.Lease.Run).ToList();
            case StepKind.EndWorker:
                await registry.EndWorkerAsync(Pick(s_workers, step.A));
                return null;
            case StepKind.RegisterWorker:
                await registry.RegisterWorkerAsync(Worker(Pick(s_workers, step.A)));
                return null;
            case StepKind.ExpireLeases:
                return await registry.ExpireLeasesAsync(Given.Host);
            case StepKind.Ask:
                return await AskAsync(registry, step);
            default:
                return null; // time and reopening are the test's
        }
    }

    private async Task<object?> AskAsync(IRegistry registry, Step step) => (step.A % 11) switch
    {
        0 => await registry.ListAsync(Filter(step) with { Limit = step.B % 4 == 0 ? 2 : null }),
        1 => await registry.StatusAsync(Filter(step)),
        2 => await registry.LeaderboardAsync(Filter(step), Pick(s_metrics, step.B), (Goal)(step.C % 2), 1 + step.B % 5),
        3 => await registry.FindAsync(Id(step.B)),
        4 => await registry.SeriesAsync(Id(step.B), Pick(s_metrics, step.C), step.B % 2 == 0 ? null : time.GetUtcNow() - TimeSpan.FromSeconds(step.C % 60)),
        5 => (await registry.TargetsAsync()).OrderBy(t => t.IsExperiment).ThenBy(t => t.Name, StringComparer.Ordinal).Where(t => t.Runs > 0).ToList(),
        6 => (await registry.StatesAsync(Filter(step))).OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => $"{s.Key}={s.Value}"),
        7 => (await registry.GpuDemandsAsync()).OrderBy(d => d.Experiment, StringComparer.Ordinal).ToList(),
        8 => (await registry.NodeFailuresAsync(Given.Host, time.GetUtcNow() - TimeSpan.FromSeconds(step.B % 60))).Select(Transcript.Of).Order(StringComparer.Ordinal).ToList(),
        9 => await registry.EventsAsync(Id(step.B), step.C % 3 == 0 ? null : step.C % 3),
        _ => await registry.OutlookAsync(new ClaimRequest { WorkerId = "w1", GpusMax = step.B % 5, GpusMin = step.C % 2, Fit = Fit(step) }),
    };

    private static Dictionary<string, GpuFit>? Fit(Step step) =>
        step.A % 3 == 0 ? new() { ["pretrain"] = (GpuFit)(step.B % 3) } : null;

    /// <summary>A few runs of a small universe: r3 needs r0, r4 needs r0 and r1, r5 needs r3 and r4, r7 needs r6.</summary>
    private static Plan Plan(Step step)
    {
        var runs = new List<PlannedRun>();
        for (var i = 0; i < 9; i++)
        {
            PlannedRun[] inputs = i switch { 3 => [runs[0]], 4 => [runs[0], runs[1]], 5 => [runs[3], runs[4]], 7 => [runs[6]], _ => [] };
            var pretrain = i >= 6;
            runs.Add(Given.Run(
                Id(i),
                step.C % 13 == i ? """{"other":1}""" : null,
                s_experiments[(pretrain ? 2 : 0) + (step.C % 6 == 0 ? 1 : 0)],
                100 + (step.B + i) % 3 * 10,
                step.B % 5 == 0 ? ["tag"] : [],
                inputs));
        }

        if (step.C % 31 == 0)
            return Given.Plan(Pick(s_targets, step.B), Given.Run(Id(step.A) + "/inside"));
        return Given.Plan(Pick(s_targets, step.B), [.. runs.Where((_, i) => (step.A >> i) % 4 == 0)]);
    }

    private static RunFilter Filter(Step step) => (step.B % 9) switch
    {
        0 => RunFilter.All,
        1 => new RunFilter { Status = [(RunStatus)(step.C % 5)] },
        2 => new RunFilter { Status = [RunStatus.Failed, RunStatus.Cancelled], Collection = Pick(s_targets, step.C) },
        3 => new RunFilter { Experiment = step.C % 2 == 0 ? "classifier" : "pretrain" },
        4 => new RunFilter { Collection = Pick(s_targets, step.C) },
        5 => new RunFilter { Tag = step.C % 3 == 0 ? "extra" : "tag" },
        6 => new RunFilter { Blocked = true },
        _ => new RunFilter { Ids = [Id(step.C), Id(step.C + 3)] },
    };

    private static AttemptEnd End(Step step) => (step.B % 6) switch
    {
        0 or 1 or 2 => Given.Success(step.C % 3 == 0 ? [] : [("acc", Pick(s_values, step.C)), (SystemMetrics.GpuMemoryPeak, step.C % 7)]),
        3 => Given.Failure(),
        4 => Given.Failure(RunStatus.Pending, TimeSpan.FromSeconds(step.C % 4 * 5)) with { Counts = step.C % 2 == 0, Outcome = step.C % 5 == 0 ? AttemptOutcome.Lost : AttemptOutcome.Failed, Requeued = step.C % 6 == 0,
            Category = step.C % 5 == 1 ? "node-failure" : null, Gpus = step.C % 10 == 1 ? ["GPU-1", "GPU-2"] : [], NextConfig = step.C % 3 == 0 ? Configs[step.C % 4] : null },
        _ => new AttemptEnd { Outcome = AttemptOutcome.Cancelled, Next = RunStatus.Cancelled, Counts = false, Signal = 15 },
    };

    /// <summary>Mostly a recent lease, sometimes any.</summary>
    private LeaseKey Lease(Step step) => step.A % 4 == 0 ? Pick(_leases, step.A >> 2) : _leases[^(1 + (step.A >> 2) % Math.Min(3, _leases.Count))];

    private static WorkerRecord Worker(string id) => Given.Worker(id, id.StartsWith('f') ? "there" : Given.Host);

    private static string Id(int number) => $"group/r{number % 9}";

    private static T Pick<T>(IReadOnlyList<T> list, int choice) => list[choice % list.Count];
}
