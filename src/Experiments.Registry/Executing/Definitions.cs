using System.Collections.Concurrent;
using Experiments.Registry.Storage;

namespace Experiments.Registry.Executing;

/// <summary>Definitions that were read before. They never change, so the cache never goes stale.</summary>
internal sealed class Definitions
{
    private readonly ConcurrentDictionary<long, ExperimentDefinition> _known = new();

    public ExperimentDefinition Get(Database database, long id)
    {
        if (_known.TryGetValue(id, out var definition))
            return definition;
        using var row = database["claim.definition"].Bind(id);
        row.Step();
        return _known[id] = DefinitionJson.Read(row.Text(0));
    }
}
