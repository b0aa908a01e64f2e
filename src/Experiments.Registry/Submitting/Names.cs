using System.Collections.Immutable;
using System.Text;
using Experiments.Registry.Storage;

namespace Experiments.Registry.Submitting;

/// <summary>What many runs have in common is stored once: experiments, definitions, lanes, tag sets, collections. Finds or adds their keys.</summary>
internal sealed class Names(Database database)
{
    private readonly Dictionary<ExperimentDefinition, (long Experiment, long Definition, long Lane)> _definitions = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, long> _tagsets = [];

    /// <summary>The keys of a definition.</summary>
    public (long Experiment, long Definition, long Lane) Definition(ExperimentDefinition definition)
    {
        if (_definitions.TryGetValue(definition, out var keys))
            return keys;
        var experiment = FindOrAdd("submit.find_experiment", "submit.add_experiment", s => s.Bind(definition.Name));
        var lane = FindOrAdd("submit.find_lane", "submit.add_lane", s => s.Bind(experiment).Bind(definition.Resources.Gpus));
        var json = DefinitionJson.Write(definition);
        var hash = ContentHash.Compute(Encoding.UTF8.GetBytes(json)).ToByteArray();
        long? known;
        using (var find = database["submit.find_definition"].BindBlob(hash))
            known = find.Step() ? find.Int64(0) : null;
        if (known is null)
        {
            using var add = database["submit.add_definition"].Bind(experiment).Bind(lane).BindBlob(hash).Bind(json);
            add.Step();
            known = add.Int64(0);
        }

        database["submit.latest_definition"].Bind(experiment).Bind(known.Value).Run();
        return _definitions[definition] = (experiment, known.Value, lane);
    }

    /// <summary>The key of a set of tags; <see langword="null"/> for none.</summary>
    public long? Tagset(params ReadOnlySpan<ImmutableArray<string>> tags)
    {
        var all = new List<string>();
        foreach (var some in tags)
            all.AddRange(some);
        if (all.Count == 0)
            return null;
        var sorted = all.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        var json = JsonList.Write(sorted);
        if (_tagsets.TryGetValue(json, out var known))
            return known;
        var added = false;
        var key = FindOrAdd("submit.find_tagset", "submit.add_tagset", s => s.Bind(json), () => added = true);
        foreach (var tag in added ? sorted : [])
            database["submit.add_tag"].Bind(tag).Bind(key).Run();
        return _tagsets[json] = key;
    }

    /// <summary>The key of a collection.</summary>
    public long Collection(string name) => FindOrAdd("submit.find_collection", "submit.add_collection", s => s.Bind(name));

    private long FindOrAdd(string find, string add, Func<Statement, Statement> bind, Action? added = null)
    {
        using (var found = bind(database[find]))
        {
            if (found.Step())
                return found.Int64(0);
        }

        added?.Invoke();
        using var inserted = bind(database[add]);
        inserted.Step();
        return inserted.Int64(0);
    }
}
