namespace Experiments.Generators.Emission;

/// <summary>The local variables of one generated method: named after properties, each name once.</summary>
/// <param name="taken">Names of the method's own.</param>
internal sealed class Locals(params string[] taken)
{
    private readonly HashSet<string> _used = new(taken, StringComparer.Ordinal);

    /// <summary>A name that no other local has: the given one in camel case, where it is free.</summary>
    /// <param name="name">The property.</param>
    /// <param name="endings">Endings that make further names of it, which are free then, too.</param>
    public string New(string name, params string[] endings)
    {
        var local = Names.Local(name);
        while (_used.Contains(local) || endings.Any(ending => _used.Contains(local + ending)))
            local += "Value";
        _used.Add(local);
        _used.UnionWith(endings.Select(ending => local + ending));
        return local;
    }
}
