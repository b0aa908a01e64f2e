using Experiments.Registry.Storage;

namespace Experiments.Registry.Executing;

/// <summary>The keys of an experiment's metrics, by name.</summary>
internal sealed class Metrics(Database database, long experiment)
{
    private readonly Dictionary<string, long> _keys = [];

    public long Key(string name)
    {
        if (_keys.TryGetValue(name, out var key))
            return key;
        using (var found = database["attempt.find_metric"].Bind(name).Bind(experiment))
        {
            if (found.Step())
                return _keys[name] = found.Int64(0);
        }

        using var added = database["attempt.add_metric"].Bind(name).Bind(experiment);
        added.Step();
        return _keys[name] = added.Int64(0);
    }
}
