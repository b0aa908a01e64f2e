using System.Collections.Immutable;

namespace Experiments;

/// <summary>The experiments and sweeps of an assembly. Generated; no reflection.</summary>
/// <param name="Experiments">Every experiment.</param>
/// <param name="Sweeps">Every sweep.</param>
public sealed record Catalogue(ImmutableArray<ExperimentType> Experiments, ImmutableArray<SweepType> Sweeps)
{
    private static readonly Lock _lock = new();
    private static readonly List<Func<Catalogue>> _registered = [];

    /// <summary>A catalogue of nothing, for commands that only look at a registry.</summary>
    public static Catalogue Empty { get; } = new([], []);

    /// <summary>What the assemblies loaded so far have registered, in order.</summary>
    public static Catalogue Registered
    {
        get
        {
            Catalogue[] catalogues;
            lock (_lock)
                catalogues = [.. _registered.Select(r => r())];
            return new Catalogue([.. catalogues.SelectMany(c => c.Experiments).Distinct()], [.. catalogues.SelectMany(c => c.Sweeps).Distinct()]);
        }
    }

    /// <summary>Adds the catalogue of an assembly to <see cref="Registered"/>. The module initialiser that the generator writes calls it, so that <c>Lab</c> needs no entry point of ours.</summary>
    /// <param name="catalogue">Gives the catalogue when somebody asks, so that starting a program makes none.</param>
    public static void Register(Func<Catalogue> catalogue)
    {
        lock (_lock)
            _registered.Add(catalogue);
    }
}

/// <summary>One experiment as programs that don't know its record see it. Generated code derives from <see cref="ExperimentType{TConfig}"/>.</summary>
public abstract class ExperimentType
{
    /// <summary>All that is common to its runs, as declared (launch not resolved).</summary>
    public abstract ExperimentDefinition Definition { get; }

    /// <summary>The experiment's name.</summary>
    public string Name => Definition.Name;

    /// <summary>Name of the C# record, also accepted as a target: <c>run Classifier</c>.</summary>
    public abstract string TypeName { get; }

    /// <summary>The record's name with its namespace, which no other record has.</summary>
    public virtual string FullName => TypeName;

    /// <summary>Help on the configuration's options: names, types, defaults, bounds, documentation.</summary>
    public abstract string Help { get; }

    /// <summary>What ids and content hashes of its runs are made of; <see langword="null"/> when that is not known.</summary>
    public virtual ExperimentIdentity? Identity => null;

    /// <summary>Plans one run from the experiment's defaults and overrides (<c>--learning-rate 0.1</c> or <c>learning_rate=0.1</c>).</summary>
    /// <exception cref="ExperimentsException">EXP8010: an override is unknown, malformed or out of bounds; all mistakes are listed.</exception>
    public abstract PlannedRun Plan(IReadOnlyList<string> overrides);

    /// <summary>Plans the run that a frozen configuration describes.</summary>
    /// <param name="config">JSON, canonical or not.</param>
    /// <exception cref="ExperimentsException">EXP8011: the text is not a configuration of this experiment.</exception>
    public abstract PlannedRun Plan(ReadOnlyMemory<byte> config);

    /// <summary>Runs the trainer method of the record in this process, for an attempt.</summary>
    /// <returns>The final metrics, by name outside C#; empty when the method returns none.</returns>
    /// <exception cref="ExperimentsException">EXP8012: the experiment has no trainer method.</exception>
    public abstract Task<IEnumerable<KeyValuePair<string, double>>> ExecuteAsync(RunContext run);

    /// <summary>What computes the derived metrics of a completed run, by name outside C#; each may throw, and gives <see langword="null"/> for no value.</summary>
    public virtual IEnumerable<KeyValuePair<string, Func<double?>>> Derived(RunOutputs outputs) => [];
}

/// <summary>One experiment and its record.</summary>
/// <typeparam name="TConfig">The record.</typeparam>
public abstract class ExperimentType<TConfig> : ExperimentType
    where TConfig : class
{
    /// <summary>Plans the run of a configuration.</summary>
    /// <exception cref="ExperimentsException">EXP8010: a value is out of bounds.</exception>
    public abstract PlannedRun Plan(TConfig config);

    /// <summary>Reads a configuration from JSON.</summary>
    /// <exception cref="ExperimentsException">EXP8011: the text is not a configuration of this experiment.</exception>
    public abstract TConfig ReadConfig(ReadOnlyMemory<byte> json);
}

/// <summary>One sweep as programs that don't know its record see it.</summary>
public abstract class SweepType
{
    /// <summary>Name of the record, which is the sweep's name everywhere.</summary>
    public abstract string Name { get; }

    /// <summary>The record's name with its namespace, which no other record has.</summary>
    public virtual string FullName => Name;

    /// <summary>One sentence on what the sweep is; empty when the record has no documentation.</summary>
    public abstract string Summary { get; }

    /// <summary>The experiment it expands into.</summary>
    public abstract ExperimentType Experiment { get; }

    /// <summary>The axes, in declaration order.</summary>
    public abstract ImmutableArray<AxisInfo> Axes { get; }

    /// <summary>Number of points before <c>Include</c>; <see langword="null"/> when an axis takes its values from a property.</summary>
    public abstract long? PointCount { get; }

    /// <summary>The runs of the sweep with its default parameters, lazily, in order.</summary>
    /// <param name="overrides">Set on every run after its axes.</param>
    /// <exception cref="ExperimentsException">EXP8010: an override is unknown, malformed or out of bounds.</exception>
    public abstract IEnumerable<PlannedRun> Expand(IReadOnlyList<string> overrides);

    /// <summary>Calls back with the id and content hash of every point: the fast way to look at a large sweep, which plans and validates nothing where the sweep is a declared one.</summary>
    public virtual void VisitIds(RunIdVisitor visit)
    {
        foreach (var run in Expand([]))
            visit(System.Text.Encoding.UTF8.GetBytes(run.Id), run.Hash);
    }
}

/// <summary>One axis of a sweep.</summary>
/// <param name="Name">Path of the property it sets, outside C#: <c>optimizer.weight_decay</c>.</param>
/// <param name="Values">Number of values; <see langword="null"/> when known only at run time, or random.</param>
/// <param name="Description">The axis as declared: <c>LogSpace(0.0001, 0.01, 3)</c>.</param>
public sealed record AxisInfo(string Name, int? Values, string Description);
