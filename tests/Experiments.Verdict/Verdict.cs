namespace Experiments.Verdict;

/// <summary>
/// Judges a results root by what is on the disk and nothing else: the registry's file, by plain SQL, and the tree beside it. What must hold
/// whatever was killed when: each run is in exactly one state; each completed run has exactly one winning attempt, whose epoch is the
/// highest; the artifacts in a run's home are the winner's.
/// </summary>
public static class Verdict
{
    /// <summary>A file in which an attempt of a test says who it is: its number. Where a run's home has one, it must be the winner's.</summary>
    public const string SignatureFile = "attempt.txt";

    /// <summary>One sentence for each thing that is wrong.</summary>
    /// <param name="directory">The results root.</param>
    /// <param name="finished">Whether workers have done all there was to do: then nothing may be pending (unless blocked), running or unpublished.</param>
    public static IReadOnlyList<string> Problems(string directory, bool finished)
    {
        using var registry = Open(directory);
        return [.. OfRegistry(registry, finished), .. registry.Runs().SelectMany(run => RunTree.Problems(Path.Combine(directory, "runs", run.Id), run))];
    }

    /// <summary>The same without the tree, for programs that only drive a registry and write no files.</summary>
    public static IReadOnlyList<string> RegistryProblems(string directory, bool finished)
    {
        using var registry = Open(directory);
        return [.. OfRegistry(registry, finished)];
    }

    private static RegistryFile Open(string directory) => new(Path.Combine(directory, "registry.db"));

    private static IEnumerable<string> OfRegistry(RegistryFile registry, bool finished)
    {
        foreach (var problem in registry.Problems())
            yield return problem;
        foreach (var run in registry.Runs().Where(r => finished && r.IsUnfinished))
            yield return $"run `{run.Id}` is stuck in state {run.Status}{(run.Status == JudgedRun.Completed ? ", not published" : "")}";
    }
}
