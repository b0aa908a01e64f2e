using System.Text.Json;
using Experiments.Core;

namespace Experiments;

/// <summary>Implemented by generated code on every record with <see cref="ExperimentAttribute"/>.</summary>
/// <typeparam name="TSelf">The record.</typeparam>
public interface IExperiment<TSelf>
    where TSelf : class, IExperiment<TSelf>
{
    /// <summary>The experiment as programs that don't know its record see it.</summary>
    static abstract ExperimentType<TSelf> Experiment { get; }

    /// <summary>What ids and content hashes are made of; <see langword="null"/> for an experiment that no generator wrote.</summary>
    static virtual ExperimentIdentity? Identity => null;

    /// <summary>Help on the options of <see cref="Parse"/>.</summary>
    static abstract string Help { get; }

    /// <summary>Reads a configuration from a command line: <c>--learning-rate 0.1</c> or <c>learning_rate=0.1</c>. What is not given keeps its default.</summary>
    /// <exception cref="ExperimentsException">EXP8010: an option is unknown, malformed, missing or out of bounds; all mistakes are listed.</exception>
    static abstract TSelf Parse(IReadOnlyList<string> args);

    /// <summary>Reads a configuration from JSON. What is not given keeps its default.</summary>
    /// <param name="json">At the configuration's object.</param>
    /// <exception cref="JsonException">The JSON is not a configuration of this experiment.</exception>
    static abstract TSelf Read(ref Utf8JsonReader json);

    /// <summary>Parses options once, to set them on many configurations.</summary>
    /// <exception cref="ExperimentsException">EXP8010: an option is unknown or malformed; all mistakes are listed.</exception>
    static abstract Func<TSelf, TSelf> Overriding(IReadOnlyList<string> overrides);

    /// <summary>Runs the trainer method of the record.</summary>
    /// <returns>The final metrics, by name outside C#; empty when the method returns none.</returns>
    /// <exception cref="ExperimentsException">EXP8012: the record has no trainer method.</exception>
    Task<IEnumerable<KeyValuePair<string, double>>> ExecuteAsync(RunContext run);

    /// <summary>What computes the derived metrics of a completed run from all that is known of it; empty when its results record has none.</summary>
    static virtual IEnumerable<KeyValuePair<string, Func<double?>>> Derived(RunOutputs outputs) => [];

    /// <summary>All values that are out of bounds; empty when there are none.</summary>
    Mistakes Validate();

    /// <summary>The runs this configuration needs, each with the name it is passed under; inputs that are <see langword="null"/> are left out.</summary>
    IEnumerable<PlannedInput> Inputs();

    /// <summary>Writes the canonical JSON.</summary>
    void WriteTo(CanonicalJson json);

    /// <summary>Writes what the content hash is made of: the canonical JSON under the first-ever names (<see cref="FormerNameAttribute"/>) and without secrets.</summary>
    void WriteIdentity(CanonicalJson json) => WriteTo(json);

    /// <summary>Writes the run id.</summary>
    void WriteId(IdText id);
}
