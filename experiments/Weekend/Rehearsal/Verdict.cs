using System.Globalization;
using Experiments;
using Experiments.Registry;

namespace Weekend.Rehearsal;

/// <summary>Whether all went as it should, and how well.</summary>
internal static class Verdict
{
    /// <summary>So long after its start a worker has adopted what there is, filled its slots and done everything once, which is when .NET compiles it.</summary>
    private static readonly TimeSpan RampUp = TimeSpan.FromSeconds(1);

    /// <summary>How long a slot may be idle while runs wait.</summary>
    private static readonly TimeSpan IdleMax = TimeSpan.FromMilliseconds(100);

    /// <summary>Where other programs use the processors too, one change in twenty may take longer than <see cref="IdleMax"/>, but not longer than this.</summary>
    private static readonly TimeSpan IdleEver = TimeSpan.FromSeconds(1);

    /// <summary>Prints the verdict.</summary>
    /// <param name="root">The results root.</param>
    /// <param name="workers">The workers there were, in order.</param>
    /// <param name="disk">The small disk.</param>
    /// <param name="strict">Whether <see cref="IdleMax"/> holds always.</param>
    /// <returns>Whether nothing is wrong.</returns>
    public static async Task<bool> PrintAsync(ResultsRoot root, IReadOnlyList<WorkerProcess> workers, SmallDisk disk, bool strict)
    {
        var orphans = await Leftovers.ProcessesAsync(root);
        await using var registry = await SqliteRegistry.OpenAsync(root, new RegistryOptions { ReadOnly = true });
        var runs = new List<RunDetails>();
        foreach (var run in await registry.ListAsync(RunFilter.All))
            runs.Add((await registry.FindAsync(run.Id))!);

        var problems = new List<string>();
        Console.WriteLine();
        Say("runs", "as expected", "which is");
        foreach (var expected in Expectation.All.Where(e => disk.Missing is null || !e.Kind.StartsWith("archive", StringComparison.Ordinal)))
        {
            var these = runs.Where(r => Expectation.Of(r.Run.Id) == expected).ToList();
            var wrong = these.SelectMany(expected.Problems).ToList();
            problems.AddRange(wrong);
            Say(expected.Name, $"{these.Count(r => !expected.Problems(r).Any())} of {these.Count}", expected.Text);
        }

        if (runs.Count != (disk.Missing is null ? 200 : 190))
            problems.Add($"expected 200 runs, 190 without a small disk, got {runs.Count}");
        Console.WriteLine();

        var executions = Executions.Of(root, runs);
        problems.AddRange(Workers(workers, runs, executions, out var idle));
        Console.WriteLine();

        foreach (var orphan in orphans)
            problems.Add($"process {orphan} is still there");
        var files = Leftovers.Files(root, runs).ToList();
        problems.AddRange(files);
        var lost = runs.Sum(r => r.Attempts.Count(a => a.Outcome == AttemptOutcome.Lost));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{runs.Count} runs, {executions.Processes.Count} processes, {lost} attempts lost before they began, {(workers[^1].Ended - workers[0].Started).TotalSeconds:0.0} s"));
        Console.WriteLine($"orphan processes: {orphans.Count}");
        Console.WriteLine($"misplaced or missing files: {files.Count}");
        problems.AddRange(Idle(idle, strict));

        foreach (var problem in problems)
            Console.WriteLine($"WRONG: {problem}");
        Console.WriteLine(problems.Count == 0 ? "all as it should be" : $"{problems.Count} things are wrong");
        return problems.Count == 0;
    }

    /// <summary>What each worker did, and how long its slots were idle.</summary>
    private static List<string> Workers(IReadOnlyList<WorkerProcess> workers, IReadOnlyList<RunDetails> runs, Executions executions, out List<TimeSpan> idle)
    {
        var problems = new List<string>();
        idle = [];
        Say("worker", "first claim", "its end");
        for (var i = 0; i < workers.Count; i++)
        {
            var worker = workers[i];
            // The claim that a new worker makes; an attempt that it adopted began before it.
            var claims = runs.SelectMany(r => r.Attempts).Where(a => a.WorkerId.Contains($"-{worker.Id}-", StringComparison.Ordinal) && a.Started >= worker.Started).Select(a => a.Started).Order().ToList();
            if (claims.Count == 0)
            {
                problems.Add($"worker {i + 1} claimed nothing");
                continue;
            }

            // Its time begins somewhere between its start and its first claim.
            var limit = Limit(worker);
            var end = worker.Killed ?? worker.Started + limit ?? worker.Ended;
            var running = executions.At(end);
            Say($"{i + 1}", string.Create(CultureInfo.InvariantCulture, $"after {(claims[0] - worker.Started).TotalSeconds:0.00} s"), worker.Killed is not null
                ? $"killed (-9) while {running} trainers ran"
                : limit is not null ? $"time is up while {running} trainers ran; they ended, and it: exit code {worker.ExitCode}" : $"nothing is left; exit code {worker.ExitCode}");
            if (worker.Killed is not null && running == 0)
                problems.Add($"worker {i + 1} was killed when nothing ran");
            if (worker.Killed is null && worker.ExitCode is not (0 or 1))
                problems.Add($"worker {i + 1} ended with exit code {worker.ExitCode}");
            if (claims[^1] > claims[0] + limit)
                problems.Add(string.Create(CultureInfo.InvariantCulture, $"worker {i + 1} claimed a run {(claims[^1] - claims[0]).TotalSeconds:0.00} s after its first one, and its time was {limit}"));

            idle.AddRange(executions.IdleTimes(Script.Slots, new Span(worker.Started + RampUp, end), out var tooMany));
            if (tooMany)
                problems.Add($"worker {i + 1} had more than {Script.Slots} processes at a time");
        }

        var preempted = runs.Where(r => r.Attempts.Any(a => a.Outcome == AttemptOutcome.Preempted)).Select(r => r.Run.Id).ToList();
        if (preempted.Count > 0)
            problems.Add($"stopped, though no worker was asked to stop: {string.Join(", ", preempted)}");
        return problems;
    }

    private static IEnumerable<string> Idle(List<TimeSpan> idle, bool strict)
    {
        idle.Sort();
        var (median, most, longest) = (idle[idle.Count / 2], idle[idle.Count * 95 / 100], idle[^1]);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"a slot was idle while runs waited, but for the first second of a worker: median {median.TotalMilliseconds:0} ms, 95 % {most.TotalMilliseconds:0} ms, longest {longest.TotalMilliseconds:0} ms; {idle.Count(t => t > IdleMax)} of {idle.Count} times more than {IdleMax.TotalMilliseconds} ms"));
        if (strict && longest > IdleMax)
            yield return $"expected slots never to be idle for more than {IdleMax.TotalMilliseconds} ms while runs wait";
        if (most > IdleMax)
            yield return $"expected slots to be idle for at most {IdleMax.TotalMilliseconds} ms 19 times of 20 while runs wait";
        if (longest > IdleEver)
            yield return $"expected slots never to be idle for more than {IdleEver.TotalSeconds} s while runs wait";
    }

    private static TimeSpan? Limit(WorkerProcess worker) =>
        worker.Arguments.SkipWhile(a => a != "--max-hours").Skip(1).FirstOrDefault() is { } hours ? TimeSpan.FromHours(double.Parse(hours, CultureInfo.InvariantCulture)) : null;

    private static void Say(string first, string second, string third) => Console.WriteLine($"{first,-22}{second,-16}{third}");
}
