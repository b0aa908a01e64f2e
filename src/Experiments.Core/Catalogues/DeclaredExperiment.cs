using System.Collections.Immutable;
using System.ComponentModel;

namespace Experiments.Core;

/// <summary>An experiment declared by a record; generated code makes one for each.</summary>
/// <param name="definition">What is common to its runs.</param>
/// <param name="typeName">Name of the record.</param>
/// <param name="tags">Tags of every run.</param>
/// <typeparam name="T">The record.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class DeclaredExperiment<T>(ExperimentDefinition definition, string typeName, params ImmutableArray<string> tags) : ExperimentType<T>
    where T : class, IExperiment<T>
{
    // A chain of inputs this long has no end: an input that changes at every step never meets itself.
    private const int ChainMax = 256;

    [ThreadStatic]
    private static int _chain;

    /// <inheritdoc/>
    public override ExperimentDefinition Definition => definition;

    /// <inheritdoc/>
    public override string TypeName => typeName;

    /// <inheritdoc/>
    public override string FullName => typeof(T).FullName!.Replace('+', '.');

    /// <inheritdoc/>
    public override string Help => T.Help;

    /// <inheritdoc/>
    public override ExperimentIdentity? Identity => T.Identity;

    /// <inheritdoc/>
    public override PlannedRun Plan(IReadOnlyList<string> overrides) => Plan(T.Parse(overrides));

    /// <inheritdoc/>
    public override PlannedRun Plan(ReadOnlyMemory<byte> config) => Plan(ReadConfig(config));

    /// <inheritdoc/>
    public override T ReadConfig(ReadOnlyMemory<byte> json) => Configuration.Read<T>(json.Span);

    /// <inheritdoc/>
    public override PlannedRun Plan(T config)
    {
        Configuration.Validated(config);
        var json = CanonicalJson.Rent();
        config.WriteTo(json);
        var bytes = json.Written.ToArray();
        json.Return();
        var text = IdText.Rent();
        config.WriteId(text);
        var id = text.ToString();
        var problem = text.Separating is { } value ? $"the value `{value}` has a `/`, which separates folders" : PortablePath.Problem(id);
        text.Return();
        if (problem is not null)
            throw new ExperimentsException("EXP2005", $"expected the run id to be a portable path, got `{id}`: {problem}",
                "a run id is a directory: change the value, or name another property in the id template, or `{hash:8}`");
        return new PlannedRun
        {
            Id = id,
            Experiment = definition,
            Config = bytes,
            Hash = Configuration.Hash(config),
            Tags = tags,
            Inputs = Inputs(config, id),
        };
    }

    /// <inheritdoc/>
    public override Task<IEnumerable<KeyValuePair<string, double>>> ExecuteAsync(RunContext run) =>
        ReadConfig(File.ReadAllBytes(run.ConfigPath)).ExecuteAsync(run);

    /// <inheritdoc/>
    public override IEnumerable<KeyValuePair<string, Func<double?>>> Derived(RunOutputs outputs) => T.Derived(outputs);

    private ImmutableArray<PlannedInput> Inputs(T config, string id)
    {
        if (_chain >= ChainMax)
            throw new ExperimentsException("EXP6001", $"expected the inputs of `{id}` to be acyclic, got a chain of more than {ChainMax} runs",
                "a run can't need itself; change the `[Input]` so that the chain ends");
        _chain++;
        try
        {
            return [.. config.Inputs()];
        }
        finally
        {
            _chain--;
        }
    }
}
