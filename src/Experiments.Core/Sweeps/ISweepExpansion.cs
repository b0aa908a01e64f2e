using Experiments.Core;

namespace Experiments;

/// <summary>Receives the id and the content hash of a run.</summary>
/// <param name="id">The run id, UTF-8; valid only during the call.</param>
/// <param name="hash">Hash of the whole configuration.</param>
public delegate void RunIdVisitor(ReadOnlySpan<byte> id, ContentHash hash);

/// <summary>Implemented by generated code on every record with <see cref="SweepAttribute"/>.</summary>
/// <typeparam name="TConfig">The experiment.</typeparam>
public interface ISweepExpansion<TConfig> : ISweep<TConfig>
    where TConfig : class, IExperiment<TConfig>
{
    /// <summary>The sweep's name, which is its record's.</summary>
    string SweepName { get; }

    /// <summary>The seed that shuffles the runs; <see langword="null"/>: they stay in the order of the points.</summary>
    int? ShuffleSeed => null;

    /// <summary>The points, lazily, in order, each a configuration of its own.</summary>
    IEnumerable<SweepPoint<TConfig>> Walk();

    /// <summary>The runs, lazily, in order.</summary>
    /// <param name="overrides">Set on every run after its axes.</param>
    /// <exception cref="ExperimentsException">EXP8010: an override is unknown, malformed or out of bounds.</exception>
    IEnumerable<PlannedRun> Expand(IReadOnlyList<string> overrides) => Expansion.Runs(this, overrides);

    /// <summary>Calls back with the id and hash of every point: the fast way to look at a large sweep, which plans and validates nothing.</summary>
    void VisitIds(RunIdVisitor visit)
    {
        using var visiting = new IdVisiting<TConfig>(visit);
        foreach (var point in Walk())
            visiting.Visit(point.Config);
    }
}
