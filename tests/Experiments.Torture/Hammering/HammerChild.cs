using System.Diagnostics;
using System.Globalization;
using System.Text;
using Experiments.Registry;

namespace Experiments.Torture.Hammering;

/// <summary>One process of the hammer: submits, claims, reports, ends, publishes, retries, cancels and looks, as fast as it can.</summary>
internal static class HammerChild
{
    private const int Slots = 4;

    private static readonly ExperimentDefinition s_experiment = new()
    {
        Name = "hammer",
        IdTemplate = "{Number}",
        Launch = new Launch { Kind = LaunchKind.Executable, Target = "true", Program = ["/bin/true"], WorkingDirectory = "/" },
    };

    public static async Task<int> RunAsync(IReadOnlyList<string> words)
    {
        var settings = new Settings(words);
        var root = ResultsRoot.At(settings.Text("root", "."));
        var worker = settings.Text("worker", "w");
        using var acknowledgements = new Acknowledgements(root.Directory, worker);
        try
        {
            await using var registry = await SqliteRegistry.OpenAsync(root, new RegistryOptions());
            await registry.RegisterWorkerAsync(Processes.Worker(worker));
            await TakeOverAsync(registry, worker, acknowledgements);
            var duration = TimeSpan.FromSeconds(settings.Number("seconds", 5));
            await HammerAsync(registry, worker, Slots, TimeSpan.FromSeconds(settings.Number("warm-up", 0)), acknowledgements);
            Console.WriteLine("ready");
            Console.In.ReadToEnd();
            var slots = await Task.WhenAll(Enumerable.Range(0, Slots).Select(slot => Task.Run(() => HammerAsync(registry, worker, slot, duration, acknowledgements))));
            await registry.EndWorkerAsync(worker);
            var waits = slots.SelectMany(w => w).Order().ToArray();
            Console.Write(string.Create(CultureInfo.InvariantCulture, $"{waits.Length} {waits[waits.Length / 2]} {waits[waits.Length * 99 / 100]} {waits[^1]}"));
            return 0;
        }
        catch (Exception error)
        {
            acknowledgements.Note("error", error.ToString());
            return 1;
        }
    }

    /// <summary>Ends what killed processes left, as a worker that starts does.</summary>
    public static async Task TakeOverAsync(IRegistry registry, string worker, Acknowledgements acknowledgements)
    {
        foreach (var orphan in await registry.OrphansAsync(Processes.Host, Processes.IsAlive))
        {
            if (orphan.Unpublished)
                await registry.RecordPublishedAsync(orphan.Lease);
            else if (await registry.AdoptAsync(orphan.Lease, worker, TimeSpan.FromMinutes(1)) is { } lease)
                await EndAsync(registry, lease, orphan.Run.RunId, new AttemptEnd { Outcome = AttemptOutcome.Lost, Next = RunStatus.Pending, Counts = false }, acknowledgements);
        }
    }

    private static async Task<List<double>> HammerAsync(IRegistry registry, string worker, int slot, TimeSpan duration, Acknowledgements acknowledgements)
    {
        var waits = new List<double>();
        var random = new Random(HashCode.Combine(worker, slot));
        var submitted = 0;
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < duration;)
        {
            var before = Stopwatch.GetTimestamp();
            switch (random.Next(20))
            {
                case < 4:
                    var plan = Plan(worker, slot, submitted, random);
                    submitted += plan.Runs.Length;
                    var report = await registry.SubmitAsync(plan, new SubmitOptions());
                    foreach (var id in report.Added)
                        acknowledgements.Note("submitted", id);
                    break;
                case < 16:
                    foreach (var claimed in await registry.ClaimAsync(new ClaimRequest { WorkerId = worker, Count = random.Next(1, 4) }))
                    {
                        acknowledgements.Note("claimed", claimed.RunId, claimed.Lease.Epoch);
                        await ExecuteAsync(registry, worker, claimed, random, acknowledgements);
                    }

                    break;
                case 16:
                    await registry.RetryAsync(new RunFilter { Status = [RunStatus.Failed, RunStatus.Cancelled], Limit = 5 });
                    break;
                case 17:
                    await registry.CancelAsync(new RunFilter { Status = [RunStatus.Pending], Collection = Target(worker, slot), Limit = 1 });
                    break;
                case 18:
                    await registry.StatusAsync(RunFilter.All);
                    break;
                default:
                    await registry.ListAsync(new RunFilter { Limit = 20 });
                    await registry.LeaderboardAsync(RunFilter.All, "acc", Goal.Maximize, 10);
                    break;
            }

            waits.Add(Stopwatch.GetElapsedTime(before).TotalMilliseconds);
        }

        return waits;
    }

    private static async Task ExecuteAsync(IRegistry registry, string worker, ClaimedRun run, Random random, Acknowledgements acknowledgements)
    {
        await registry.RecordProcessAsync(run.Lease, Processes.Self);
        await registry.AppendReportsAsync(run.Lease, new AttemptReports([.. Enumerable.Range(0, 5).Select(i => new MetricPoint("acc", i, random.NextDouble(), DateTimeOffset.UtcNow))], [], 100));
        foreach (var order in await registry.HeartbeatAsync(worker, [run.Lease], TimeSpan.FromMinutes(1)))
        {
            if (order.Reason == StopReason.Stale)
                throw new InvalidOperationException($"the lease of {run.RunId} is stale, and nobody can have taken it");
        }

        var end = random.Next(10) switch
        {
            0 => new AttemptEnd { Outcome = AttemptOutcome.Failed, Next = RunStatus.Failed, Category = "unknown", Message = "boom", ExitCode = 1 },
            1 => new AttemptEnd { Outcome = AttemptOutcome.Failed, Next = RunStatus.Pending, Delay = TimeSpan.FromMilliseconds(random.Next(50)), ExitCode = 1 },
            _ => new AttemptEnd { Outcome = AttemptOutcome.Succeeded, Next = RunStatus.Completed, ExitCode = 0, Metrics = new Dictionary<string, double> { ["acc"] = random.NextDouble() } },
        };
        if (!await EndAsync(registry, run.Lease, run.RunId, end, acknowledgements))
            throw new InvalidOperationException($"the lease of {run.RunId} was refused, and nobody can have taken it");
        if (end.Next == RunStatus.Completed && !await registry.RecordPublishedAsync(run.Lease))
            throw new InvalidOperationException($"the publication of {run.RunId} was refused");
    }

    private static async Task<bool> EndAsync(IRegistry registry, LeaseKey lease, string runId, AttemptEnd end, Acknowledgements acknowledgements)
    {
        var ended = await registry.EndAttemptAsync(lease, end);
        if (ended)
            acknowledgements.Note(end.Next == RunStatus.Completed ? "completed" : "ended", runId, lease.Epoch);
        return ended;
    }

    private static string Target(string worker, int slot) => $"{worker}-{slot}";

    /// <summary>A few runs; every third needs the one before it.</summary>
    private static Plan Plan(string worker, int slot, int first, Random random)
    {
        var runs = new List<PlannedRun>();
        for (var i = 0; i < random.Next(1, 8); i++)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"{worker}/{slot}/{Environment.ProcessId}-{first + i}");
            var config = Encoding.UTF8.GetBytes($$"""{"id":"{{id}}"}""");
            runs.Add(new PlannedRun
            {
                Id = id,
                Experiment = s_experiment,
                Config = config,
                Hash = ContentHash.Compute(config),
                Priority = random.Next(3) * 100,
                Inputs = i % 3 == 2 ? [new PlannedInput("before", runs[^1])] : [],
            });
        }

        return Experiments.Plan.Create(Target(worker, slot), runs);
    }
}
