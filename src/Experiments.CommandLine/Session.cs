using Experiments.Registry;

namespace Experiments.CommandLine;

/// <summary>One invocation of a command: what it may name, where it writes, which results root it looks at.</summary>
internal sealed record Session(Catalogue Catalogue, Terminal Terminal, ResultsRoot Root, bool Json)
{
    /// <summary>Opens the registry, creating it where there is none.</summary>
    public Task<IRegistry> OpenRegistryAsync() => throw new NotImplementedException();

    /// <summary>Opens a registry that must be there.</summary>
    public Task<IRegistry> OpenExistingRegistryAsync() => throw new NotImplementedException();
}
