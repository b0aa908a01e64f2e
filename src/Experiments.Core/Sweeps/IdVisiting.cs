using System.ComponentModel;

namespace Experiments.Core;

/// <summary>Writes id and hash of one configuration after the other, into the same buffers.</summary>
/// <typeparam name="TConfig">The experiment.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class IdVisiting<TConfig>(RunIdVisitor visit) : IDisposable
    where TConfig : class, IExperiment<TConfig>
{
    private readonly IdText _id = IdText.Rent();
    private readonly CanonicalJson _json = CanonicalJson.Rent();

    /// <summary>Shows the visitor a configuration.</summary>
    public void Visit(TConfig config)
    {
        _id.Clear();
        config.WriteId(_id);
        _json.Clear();
        config.WriteIdentity(_json);
        visit(_id.Written, ContentHash.Compute(_json.Written));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _id.Return();
        _json.Return();
    }
}
