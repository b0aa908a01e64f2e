using System.Text.RegularExpressions;
using Experiments.Registry.Storage;
using Experiments.Registry.Tests.Kit;

namespace Experiments.Registry.Tests;

/// <summary>The table of transitions in docs/registry.md is what the registry does: every call is made in every state, and what changes must be in the table, and the other way round.</summary>
public sealed partial class TransitionSpecs
{
    private const string None = "–", Pending = "pending", Running = "running", Cancelling = "being cancelled", Failed = "failed", Cancelled = "cancelled", Completed = "completed", Published = "published";

    private static readonly string[] States = [None, Pending, Running, Cancelling, Failed, Cancelled, Completed, Published];

    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    /// <summary>Calls by the name in the table; each says whether it was accepted.</summary>
    private static readonly (string Name, Func<Situation, Task<bool>> Make)[] Calls =
    [
        ("SubmitAsync", s => SubmitAsync(s, Known.Resume)),
        ("SubmitAsync", s => SubmitAsync(s, Known.SkipExisting)),
        ("SubmitAsync --rerun", s => SubmitAsync(s, Known.Rerun)),
        ("SubmitAsync --rerun", s => SubmitAsync(s, Known.Force)),
        ("ClaimAsync", async s => (await s.Registry.ClaimAsync()).Count > 0),
        ("RecordProcessAsync", s => s.WithLeaseAsync(lease => s.Registry.RecordProcessAsync(lease, new ProcessIdentity(1, 2, "boot")))),
        ("AppendReportsAsync", s => s.WithLeaseAsync(lease => s.Registry.AppendReportsAsync(lease, new AttemptReports([], [], 1)))),
        ("AdoptAsync", s => s.WithLeaseAsync(async lease => await s.Registry.AdoptAsync(lease, "w2", Lease) is not null)),
        ("EndAttemptAsync", s => s.WithLeaseAsync(lease => s.Registry.EndAttemptAsync(lease, Given.Success()))),
        ("EndAttemptAsync", s => s.WithLeaseAsync(lease => s.Registry.EndAttemptAsync(lease, Given.Failure(RunStatus.Pending)))),
        ("EndAttemptAsync", s => s.WithLeaseAsync(lease => s.Registry.EndAttemptAsync(lease, Given.Failure(RunStatus.Failed)))),
        ("EndAttemptAsync", s => s.WithLeaseAsync(lease => s.Registry.EndAttemptAsync(lease, Given.Failure(RunStatus.Cancelled) with { Outcome = AttemptOutcome.Cancelled }))),
        ("RecordPublishedAsync", s => s.WithLeaseAsync(lease => s.Registry.RecordPublishedAsync(lease))),
        ("ExpireLeasesAsync", ExpireAsync),
        ("CancelAsync", async s => (await s.Registry.CancelAsync(RunFilter.All)).Count > 0),
        ("RetryAsync", async s => (await s.Registry.RetryAsync(RunFilter.All)).Count > 0),
    ];

    [Fact]
    public async Task The_documented_transitions_are_the_implemented_ones()
    {
        var implemented = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var state in States)
        {
            foreach (var (name, make) in Calls)
            {
                using var folder = new ResultsFolder();
                await using var registry = await folder.OpenAsync();
                // Of another host for the one call that is about other hosts.
                var situation = await Situation.InAsync(registry, folder, state, worker: name == "ExpireLeasesAsync" ? "far" : "w1");
                var accepted = await make(situation);
                var after = situation.Observe(await registry.FindAsync("a"));
                if (after != state || (accepted && name is not ("SubmitAsync" or "SubmitAsync --rerun")))
                    implemented.Add($"{state} -> {after} by {name}");
            }
        }

        Assert.Equal(string.Join('\n', Documented()), string.Join('\n', implemented));
    }

    private static SortedSet<string> Documented()
    {
        var transitions = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var row in File.ReadLines(Page()).Select(line => line.Split('|', StringSplitOptions.TrimEntries)).Where(cells => cells.Length == 6 && CallName().IsMatch(cells[3])))
        {
            foreach (var from in StatesIn(row[1]))
            {
                foreach (var to in StatesIn(row[2]))
                {
                    foreach (var call in CallName().Matches(row[3]).Select(match => match.Groups[1].Value))
                    {
                        // Without a word on options, whatever they are.
                        if (!row[3].Contains("--rerun", StringComparison.Ordinal))
                            transitions.Add($"{from} -> {to} by {call}");
                        if (call == "SubmitAsync")
                            transitions.Add($"{from} -> {to} by SubmitAsync --rerun");
                    }
                }
            }
        }

        return transitions;
    }

    private static string[] StatesIn(string cell) => cell.Split(", ");

    private static string Page()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(directory.FullName, "Experiments.sln")))
            directory = directory.Parent!;
        return Path.Combine(directory.FullName, "docs", "registry.md");
    }

    private static async Task<bool> SubmitAsync(Situation situation, Known known) =>
        (await situation.Registry.SubmitAsync(Given.Plan(Given.Run("a")), new SubmitOptions { Known = known })).Added.Count > 0;

    private static async Task<bool> ExpireAsync(Situation situation)
    {
        await situation.Registry.ExpireLeasesAsync(Given.Host);
        situation.Folder.Time.Advance(TimeSpan.FromHours(1));
        return await situation.Registry.ExpireLeasesAsync(Given.Host) > 0;
    }

    [GeneratedRegex("`([A-Za-z]+Async)`")]
    private static partial Regex CallName();

    /// <summary>A registry whose only run is in a state, and the lease of its latest attempt, stale or not.</summary>
    private sealed record Situation(SqliteRegistry Registry, ResultsFolder Folder, LeaseKey? Lease)
    {
        public static async Task<Situation> InAsync(SqliteRegistry registry, ResultsFolder folder, string state, string worker)
        {
            await registry.RegisterWorkerAsync(Given.Worker());
            await registry.RegisterWorkerAsync(Given.Worker("w2"));
            await registry.RegisterWorkerAsync(Given.Worker("far", host: "there"));
            if (state == None)
                return new Situation(registry, folder, null);
            await registry.SubmitAsync(Given.Run("a"));
            var lease = Assert.Single(await registry.ClaimAsync(worker: worker, lease: TransitionSpecs.Lease)).Lease;
            switch (state)
            {
                case Pending: Assert.True(await registry.EndAttemptAsync(lease, Given.Failure(RunStatus.Pending))); break;
                case Cancelling: Assert.Single(await registry.CancelAsync(RunFilter.All)); break;
                case Failed: Assert.True(await registry.EndAttemptAsync(lease, Given.Failure())); break;
                case Cancelled: Assert.True(await registry.EndAttemptAsync(lease, Given.Failure(RunStatus.Cancelled))); break;
                case Completed or Published: Assert.True(await registry.EndAttemptAsync(lease, Given.Success())); break;
            }

            if (state == Published)
                Assert.True(await registry.RecordPublishedAsync(lease));
            var situation = new Situation(registry, folder, lease);
            Assert.Equal(state, situation.Observe(await registry.FindAsync("a")));
            return situation;
        }

        public async Task<bool> WithLeaseAsync(Func<LeaseKey, Task<bool>> call) => Lease is { } lease && await call(lease);

        public string Observe(RunDetails? details)
        {
            if (details is null)
                return None;
            using var database = Database.OpenReader(Folder.Root.RegistryFile);
            return details.Run.Status switch
            {
                RunStatus.Pending => Pending,
                RunStatus.Running => database.Scalar("SELECT cancelling FROM run") != 0 ? Cancelling : Running,
                RunStatus.Failed => Failed,
                RunStatus.Cancelled => Cancelled,
                _ => database.Scalar("SELECT published FROM run") != 0 ? Published : Completed,
            };
        }
    }
}
