namespace Experiments;

/// <summary>What a run left, by name: the source that a generated results record reads itself from.</summary>
public sealed class RunOutputs
{
    private readonly IReadOnlyDictionary<string, double> _metrics;
    private readonly string _directory;

    /// <summary>Wraps the final metrics and the directory of a run.</summary>
    /// <param name="metrics">Last value of each metric, by name outside C#.</param>
    /// <param name="directory">Absolute directory of the run.</param>
    public RunOutputs(IReadOnlyDictionary<string, double> metrics, string directory)
    {
        _metrics = metrics;
        _directory = directory;
    }

    /// <summary>Last value of a metric; <see cref="double.NaN"/> when the run reported none.</summary>
    public double Metric(string name) => _metrics.TryGetValue(name, out var value) ? value : double.NaN;

    /// <summary>An artifact of the run.</summary>
    /// <param name="file">Path relative to the run's directory.</param>
    public Artifact Artifact(string file) => new(Path.Combine(_directory, file));
}

/// <summary>Implemented by generated code on the results record of an experiment.</summary>
/// <typeparam name="TSelf">The results record.</typeparam>
public interface IResults<TSelf>
    where TSelf : IResults<TSelf>
{
    /// <summary>Reads the results of a run. Metrics the run did not report are <see cref="double.NaN"/>, or 0 for integers.</summary>
    static abstract TSelf Read(RunOutputs outputs);

    /// <summary>Final metrics, by name outside C#.</summary>
    IEnumerable<KeyValuePair<string, double>> Metrics();

    /// <summary>What computes the derived metrics, by name outside C#; empty when there are none. A metric that is <see langword="null"/> has no value.</summary>
    IEnumerable<KeyValuePair<string, Func<double?>>> Derived() => [];
}

/// <summary>The results of an experiment that declares none.</summary>
public sealed record NoResults : IResults<NoResults>
{
    /// <inheritdoc/>
    public static NoResults Read(RunOutputs outputs) => new();

    /// <inheritdoc/>
    public IEnumerable<KeyValuePair<string, double>> Metrics() => [];
}
