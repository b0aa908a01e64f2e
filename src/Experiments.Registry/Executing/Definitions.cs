using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
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
        try
        {
            return _known[id] = DefinitionJson.Read(row.Text(0));
        }
        catch (Exception error) when (error is JsonException or FormatException or InvalidOperationException or KeyNotFoundException or ArgumentException)
        {
            throw new ExperimentsException("EXP7003", string.Create(CultureInfo.InvariantCulture, $"expected stored definition {id} to be readable, got: {error.Message.TrimEnd('.')}"),
                "submit its runs again, which stores the definition anew; if the file was edited or damaged, go back to a backup", ExitCode.RegistryUnavailable, error);
        }
    }
}
