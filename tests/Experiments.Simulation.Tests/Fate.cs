using Experiments.Registry.Storage;
using SQLitePCL;

namespace Experiments.Simulation.Tests;

/// <summary>What can go wrong at a point: before a statement, before or after a commit, before a change of the file system.</summary>
internal enum Harm
{
    None, Crash, DiskFull, ReadOnly, InputOutput,
}

/// <summary>Decides at every point of a history whether something goes wrong there.</summary>
/// <param name="decide">Called with the number of the point.</param>
internal sealed class Fate(Func<int, Harm> decide) : IFaults
{
    /// <summary>Points passed so far.</summary>
    public int Points { get; private set; }

    /// <summary>What went wrong, in order.</summary>
    public List<string> Harms { get; } = [];

    /// <summary>Nothing goes wrong any more.</summary>
    public bool IsOver { get; set; }

    /// <summary>Something goes wrong now and then.</summary>
    public static Fate Random(Random random, double probability) =>
        new(_ => random.NextDouble() >= probability ? Harm.None : (Harm)random.Next(1, 5));

    /// <summary>One thing goes wrong at one point.</summary>
    public static Fate At(int point, Harm harm) => new(p => p == point ? harm : Harm.None);

    public void At(FaultPoint point)
    {
        var harm = Next(point.ToString());
        if (harm == Harm.Crash)
            throw new SimulatedCrashException();
        // After the commit the write is done: only the teller can die.
        if (harm != Harm.None && point != FaultPoint.AfterCommit)
            throw new SqliteFailure(harm switch { Harm.DiskFull => raw.SQLITE_FULL, Harm.ReadOnly => raw.SQLITE_READONLY, _ => raw.SQLITE_IOERR }, "simulated");
    }

    /// <summary>Before a change of the file system.</summary>
    public void BeforeFileChange(string what)
    {
        var harm = Next(what);
        if (harm == Harm.Crash)
            throw new SimulatedCrashException();
        if (harm != Harm.None)
            throw new IOException($"simulated {harm}");
    }

    private Harm Next(string where)
    {
        if (IsOver)
            return Harm.None;
        var harm = decide(++Points);
        if (harm != Harm.None)
            Harms.Add($"{harm} at point {Points}, {where}");
        return harm;
    }
}
