using System.Collections.Concurrent;
using System.Globalization;

namespace Experiments.Simulation.Tests;

/// <summary>
/// Whole histories of workers, processes, hosts and people on a real registry and a real tree, decided by a seed. A failure names its seed;
/// <c>SIMULATION_SEED=n</c> lives through that one alone and tells its story, <c>SIMULATION_HISTORIES=100000</c> through more of them.
/// </summary>
public sealed class SimulationSpecs
{
    private const int Steps = 110;
    private const double HarmProbability = 0.003;

    private static readonly int? s_seed = Number("SIMULATION_SEED");

    [Fact]
    public void Whatever_happens_no_run_is_lost_stuck_or_completed_twice_and_its_files_are_the_winners()
    {
        if (s_seed is { } seed)
            Live(seed, Steps, chance => Fate.Random(chance, HarmProbability));
        else
            Each(Number("SIMULATION_HISTORIES") ?? 2000, i => Live(i, Steps, chance => Fate.Random(chance, HarmProbability)));
    }

    [Fact]
    public void A_harm_at_any_point_of_a_history_is_survived()
    {
        const int seed = 5, steps = 30;
        var points = Points(seed, steps);
        Assert.True(points > 300);
        Each(points * 2, i => Live(seed, steps, _ => Fate.At(i / 2 + 1, i % 2 == 0 ? Harm.Crash : Harm.DiskFull + (i / 2 % 3))));
    }

    [Fact]
    public void A_history_is_the_same_whenever_it_is_lived_through()
    {
        Assert.Equal(Story(11), Story(11));
        Assert.NotEqual(Story(11), Story(12));
    }

    private static void Live(int seed, int steps, Func<Random, Fate> fate)
    {
        using var world = new World(seed, fate);
        List<string> problems;
        try
        {
            problems = world.Live(steps);
        }
        catch (Exception error)
        {
            problems = [error.ToString()];
        }

        if (problems.Count > 0)
            Assert.Fail($"seed {seed} (SIMULATION_SEED={seed}):\n{string.Join('\n', problems)}\n\nWhat went wrong on the way:\n{string.Join('\n', world.Fate.Harms)}\n\nThe story:\n{world.Story}");
    }

    private static int Points(int seed, int steps)
    {
        using var world = new World(seed, _ => new Fate(_ => Harm.None));
        world.Live(steps);
        return world.Fate.Points;
    }

    private static string Story(int seed)
    {
        using var world = new World(seed, chance => Fate.Random(chance, HarmProbability));
        world.Live(Steps);
        return world.Story.ToString() + string.Join('\n', world.Fate.Harms);
    }

    /// <summary>On threads of their own: a history blocks its thread, and the registry needs the pool's.</summary>
    private static void Each(int count, Action<int> live)
    {
        var (next, failures) = (-1, new ConcurrentQueue<Exception>());
        var threads = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new Thread(() =>
        {
            try
            {
                for (int i; (i = Interlocked.Increment(ref next)) < count && failures.IsEmpty;)
                    live(i);
            }
            catch (Exception error)
            {
                failures.Enqueue(error);
            }
        })).ToList();
        threads.ForEach(t => t.Start());
        threads.ForEach(t => t.Join());
        if (failures.TryDequeue(out var failure))
            throw failure;
    }

    private static int? Number(string variable) => int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : null;
}
