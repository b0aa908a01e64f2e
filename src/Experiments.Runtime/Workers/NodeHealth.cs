using Experiments.Registry;

namespace Experiments.Runtime.Workers;

/// <summary>
/// GPUs, or a whole host, that fail several different runs rest for a while: what failed is not the runs' fault. Judged from what the
/// registry holds, so all workers of a host agree and a restart forgets nothing.
/// </summary>
/// <param name="Gpus">GPUs that rest, by identifier, and why.</param>
/// <param name="Host">Why the host rests; <see langword="null"/>: it doesn't.</param>
internal sealed record NodeHealth(IReadOnlyDictionary<string, string> Gpus, string? Host)
{
    /// <summary>So many different runs must have failed.</summary>
    public const int RunsMin = 3;

    /// <summary>Failures count for this long.</summary>
    public static readonly TimeSpan CountedFor = TimeSpan.FromHours(1);

    /// <summary>The rest after the latest failure. Then one more failure is enough for another.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromMinutes(10);

    /// <summary>Judges a host.</summary>
    /// <param name="failures">Attempts that it let down, of the last <see cref="CountedFor"/>.</param>
    /// <param name="now">The time, UTC.</param>
    public static NodeHealth Of(IReadOnlyList<NodeFailure> failures, DateTimeOffset now)
    {
        var gpus = failures.SelectMany(f => f.Gpus).Distinct()
            .Select(gpu => (Gpu: gpu, Why: Reason([.. failures.Where(f => f.Gpus.Contains(gpu))], now)))
            .Where(g => g.Why is not null)
            .ToDictionary(g => g.Gpu, g => g.Why!);
        // What a bad card did says nothing about the others.
        return new NodeHealth(gpus, Reason([.. failures.Where(f => !f.Gpus.Any(gpus.ContainsKey))], now));
    }

    private static string? Reason(IReadOnlyList<NodeFailure> failures, DateTimeOffset now)
    {
        var runs = failures.Select(f => f.RunId).Distinct().Count();
        if (runs < RunsMin)
            return null;
        var latest = failures.MaxBy(f => f.Ended)!;
        var until = latest.Ended + Rest;
        return until <= now ? null : $"resting until {until:HH:mm} UTC: {runs} runs failed there within the hour, the latest with: {latest.Message}";
    }
}
