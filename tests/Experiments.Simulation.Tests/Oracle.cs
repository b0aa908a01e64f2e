using Experiments.Registry;

namespace Experiments.Simulation.Tests;

/// <summary>What the registry has told anybody, compared in the end with what it says then.</summary>
internal sealed class Oracle
{
    /// <summary>The batch that all runs declare, and the smallest that remedies lead to, by halves.</summary>
    public const int DeclaredBatch = 8, SmallestBatch = 2;

    private readonly HashSet<string> _submitted = [];
    private readonly HashSet<LeaseKey> _held = [];
    private readonly Dictionary<long, string> _ids = [];
    private readonly List<LeaseKey> _completions = [];
    private readonly Dictionary<string, int> _reruns = [];
    private readonly Dictionary<(string Run, int Attempt), SimulatedProcess> _processes = [];
    private readonly List<string> _problems = [];

    public void Submitted(IEnumerable<string> ids) => _submitted.UnionWith(ids);

    /// <summary>Somebody asked, perhaps in vain, for runs to be executed again.</summary>
    public void MayRerun(IEnumerable<string> ids)
    {
        foreach (var id in ids)
            _reruns[id] = _reruns.GetValueOrDefault(id) + 1;
    }

    /// <summary>A run was given to a worker, by a claim (which tells its id) or by adoption.</summary>
    public void Held(LeaseKey lease, string? runId = null)
    {
        if (!_held.Add(lease))
            _problems.Add($"run {lease.Run} was given away twice under epoch {lease.Epoch}");
        if (runId is not null)
            _ids[lease.Run] = runId;
    }

    public void Completed(LeaseKey lease) => _completions.Add(lease);

    public void Started(string run, int attempt, SimulatedProcess process)
    {
        if (!_processes.TryAdd((run, attempt), process))
            _problems.Add($"attempt {attempt} of {run} was started twice");
    }

    public async Task<List<string>> ProblemsAsync(IRegistry registry)
    {
        var runs = (await registry.ListAsync(RunFilter.All)).ToDictionary(r => r.Id);
        var problems = new List<string>(_problems);
        problems.AddRange(_submitted.Where(id => !runs.ContainsKey(id)).Select(id => $"{id} was submitted and is gone"));
        foreach (var id in runs.Keys)
        {
            var details = (await registry.FindAsync(id))!;
            var wins = details.Attempts.Count(a => a.Outcome == AttemptOutcome.Succeeded);
            if (wins > 1 + _reruns.GetValueOrDefault(id))
                problems.Add($"{id} was completed {wins} times and submitted again {_reruns.GetValueOrDefault(id)} times");
            problems.AddRange(Remedies(details));
            if (details.Run.Status != RunStatus.Completed)
                continue;
            var winner = details.Attempts[^1].Number;
            var recorded = (await registry.SeriesAsync(id, "v")).Select(p => p.Value);
            if (!_processes.TryGetValue((id, winner), out var process))
                problems.Add($"attempt {winner} of {id} won and was never started");
            else if (!recorded.SequenceEqual(process.Values))
                problems.Add($"attempt {winner} of {id} reported {string.Join(' ', process.Values)}, recorded are {string.Join(' ', recorded)}");
        }

        foreach (var lease in _completions)
        {
            if ((await registry.FindAsync(_ids[lease.Run]))?.Attempts.Any(a => a.Epoch == lease.Epoch && a.Outcome == AttemptOutcome.Succeeded) != true)
                problems.Add($"{_ids[lease.Run]} was completed under epoch {lease.Epoch}, and nobody knows of it");
        }

        return problems;
    }

    /// <summary>Every attempt has the configuration that the end of the one before it leads to.</summary>
    private static IEnumerable<string> Remedies(RunDetails details)
    {
        var expected = DeclaredBatch;
        foreach (var attempt in details.Attempts)
        {
            var batch = attempt.Config is null ? DeclaredBatch : System.Text.Json.JsonDocument.Parse(attempt.Config).RootElement.GetProperty("batch").GetInt32();
            if (batch != expected)
                yield return $"attempt {attempt.Number} of {details.Run.Id} had a batch of {batch}, expected {expected}";
            // At the end of the ladder, and after a success, whoever queues the run again lets it begin anew.
            expected = attempt.Outcome == AttemptOutcome.Succeeded ? DeclaredBatch
                : attempt.Category != "out-of-memory" ? batch
                : batch > SmallestBatch ? batch / 2 : DeclaredBatch;
        }
    }
}
