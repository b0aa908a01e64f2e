using Experiments.Registry;

namespace Experiments.Torture.Hammering;

/// <summary>Compares what the registry says in the end with what it told the processes.</summary>
internal static class Checker
{
    /// <summary>One sentence for each thing that is wrong.</summary>
    public static async Task<List<string>> ProblemsAsync(string directory)
    {
        var problems = new List<string>();
        var acknowledged = Acknowledgements.ReadAll(directory);
        problems.AddRange(acknowledged.Where(a => a.What == "error").Select(a => $"{a.Worker} saw an error: {a.Id}"));

        await using var registry = await SqliteRegistry.OpenAsync(ResultsRoot.At(directory), new RegistryOptions());
        problems.AddRange(await registry.CheckAsync());
        await DrainAsync(registry, directory);
        problems.AddRange((await registry.CheckAsync()).Select(p => "after draining: " + p));

        var runs = (await registry.ListAsync(RunFilter.All)).ToDictionary(r => r.Id);
        foreach (var (_, id, _, worker) in acknowledged.Where(a => a.What == "submitted" && !runs.ContainsKey(a.Id)))
            problems.Add($"{worker} was told that {id} is submitted; it is gone");
        foreach (var claims in acknowledged.Where(a => a.What == "claimed").GroupBy(a => (a.Id, a.Epoch)).Where(g => g.Count() > 1))
            problems.Add($"{claims.Key.Id} was claimed under epoch {claims.Key.Epoch} by {string.Join(" and ", claims.Select(c => c.Worker))}");
        foreach (var completions in acknowledged.Where(a => a.What == "completed").GroupBy(a => a.Id))
        {
            if (completions.Count() > 1)
                problems.Add($"{completions.Key} was completed {completions.Count()} times");
            var details = await registry.FindAsync(completions.Key);
            if (details is null || details.Run.Status != RunStatus.Completed || details.Attempts[^1].Epoch != completions.First().Epoch)
                problems.Add($"{completions.Key} was completed under epoch {completions.First().Epoch}; now it is {details?.Run.Status} under epoch {details?.Attempts[^1].Epoch}");
        }

        foreach (var run in runs.Values.Where(r => r.Status is RunStatus.Pending or RunStatus.Running && r.BlockedBy is null))
            problems.Add($"{run.Id} is stuck {run.Status}");
        Console.WriteLine($"{runs.Count} runs, {acknowledged.Count(a => a.What == "claimed")} claims, {acknowledged.Count(a => a.What == "completed")} completions");
        return problems;
    }

    /// <summary>Does what is left, as the next worker would: after it nothing may be pending or running.</summary>
    private static async Task DrainAsync(SqliteRegistry registry, string directory)
    {
        using var acknowledgements = new Acknowledgements(directory, "last");
        await registry.RegisterWorkerAsync(Processes.Worker("last"));
        await HammerChild.TakeOverAsync(registry, "last", acknowledgements);
        var request = new ClaimRequest { WorkerId = "last", Count = 100 };
        while (true)
        {
            var claimed = await registry.ClaimAsync(request);
            foreach (var run in claimed)
            {
                await registry.EndAttemptAsync(run.Lease, new AttemptEnd { Outcome = AttemptOutcome.Succeeded, Next = RunStatus.Completed });
                await registry.RecordPublishedAsync(run.Lease);
            }

            if (claimed.Count > 0)
                continue;
            if ((await registry.OutlookAsync(request)).NextDue is not { } due)
                return;
            await Task.Delay(due);
        }
    }
}
