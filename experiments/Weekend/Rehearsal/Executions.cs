using System.Text.Json;
using Experiments;
using Experiments.Registry;

namespace Weekend.Rehearsal;

/// <summary>A span of time, UTC.</summary>
internal readonly record struct Span(DateTimeOffset From, DateTimeOffset To)
{
    public bool Has(DateTimeOffset moment) => From <= moment && moment < To;
}

/// <summary>When processes of attempts really ran, and when runs waited for one.</summary>
/// <param name="Processes">From their start to their end.</param>
/// <param name="Waits">Each from when a run could have been claimed until the process of its next attempt began.</param>
internal sealed record Executions(IReadOnlyList<Span> Processes, IReadOnlyList<Span> Waits)
{
    /// <summary>The most that a wait before a retry is longer than declared.</summary>
    private const double Jitter = 1.1;

    public static Executions Of(ResultsRoot root, IEnumerable<RunDetails> runs)
    {
        var processes = new List<Span>();
        var waits = new List<Span>();
        var boot = BootTime.Read();
        foreach (var details in runs)
        {
            var claimable = details.Run.Created;
            var retries = 0;
            foreach (var attempt in details.Attempts)
            {
                if (Process(root.Run(details.Run.Id), details.Run.Id, attempt, boot) is { } process)
                {
                    processes.Add(process);
                    waits.Add(new Span(claimable, process.From));
                }

                retries += attempt.Counts ? 1 : 0;
                claimable = attempt.Ended!.Value + (attempt.Counts ? TimeSpan.FromSeconds(Jitter * Math.Pow(details.Definition.Retry.BackoffBase, retries)) : TimeSpan.Zero);
            }
        }

        return new Executions(processes, Joined(waits));
    }

    /// <summary>How many processes ran at a moment.</summary>
    public int At(DateTimeOffset moment) => Processes.Count(p => p.Has(moment));

    /// <summary>
    /// How long slots were idle while a run waited: one time for each change from one process to the next and for each slot that is idle at the end.
    /// Slots are alike, so whichever has been idle longest counts as the one that is filled.
    /// </summary>
    /// <param name="slots">How many slots there are.</param>
    /// <param name="within">The time that counts.</param>
    /// <param name="tooMany">Whether ever more processes ran than there are slots.</param>
    public IEnumerable<TimeSpan> IdleTimes(int slots, Span within, out bool tooMany)
    {
        var idle = new Queue<DateTimeOffset>(Enumerable.Repeat(within.From, Math.Max(0, slots - At(within.From))));
        var times = new List<TimeSpan>();
        tooMany = false;
        var changes = Processes.Select(p => (Moment: p.From, IsStart: true)).Concat(Processes.Select(p => (Moment: p.To, IsStart: false)))
            .Where(c => c.Moment > within.From && c.Moment < within.To)
            .OrderBy(c => c.Moment).ThenBy(c => c.IsStart);
        foreach (var (moment, isStart) in changes)
        {
            if (!isStart)
                idle.Enqueue(moment);
            else if (idle.TryDequeue(out var since))
                times.Add(Waited(new Span(since, moment)));
            else
                tooMany = true;
        }

        times.AddRange(idle.Select(since => Waited(new Span(since, within.To))));
        return times;
    }

    /// <summary>
    /// Nearer to the truth than the registry, which is told of the start before and of the end after. The keeper notes a process when it begins
    /// and when it has ended. The winner's note says later what was published, so there the end is when it wrote the last thing.
    /// </summary>
    private static Span? Process(RunHome home, string runId, AttemptRecord attempt, BootTime boot)
    {
        var note = new FileInfo(home.ProcessRecord(attempt.Number));
        var published = new FileInfo(home.Staging(attempt.Number) + ".published.jsonl");
        if (!note.Exists && !published.Exists)
            return null;
        using var began = JsonDocument.Parse(File.ReadLines((note.Exists ? note : published).FullName).First());
        var last = note.Exists ? note : new FileInfo(Path.Combine(home.Directory, Leftovers.Artifact(runId)));
        return new Span(boot.At(began.RootElement.GetProperty("start_ticks").GetInt64()), last.Exists ? last.LastWriteTimeUtc : attempt.Ended!.Value);
    }

    private TimeSpan Waited(Span idle)
    {
        var sum = TimeSpan.Zero;
        foreach (var wait in Waits.Where(w => w.From < idle.To && w.To > idle.From))
            sum += (wait.To < idle.To ? wait.To : idle.To) - (wait.From > idle.From ? wait.From : idle.From);
        return sum;
    }

    private static List<Span> Joined(List<Span> spans)
    {
        var joined = new List<Span>();
        foreach (var span in spans.OrderBy(s => s.From))
        {
            if (joined.Count > 0 && span.From <= joined[^1].To)
                joined[^1] = joined[^1] with { To = span.To > joined[^1].To ? span.To : joined[^1].To };
            else
                joined.Add(span);
        }

        return joined;
    }
}
