namespace Experiments.Runtime;

/// <summary>Turns a declared launch into one that can be started from anywhere on this host.</summary>
public static class LaunchResolver
{
    /// <summary>
    /// Finds the working directory (the current directory, else the nearest ancestor of the program's folder that holds the entrypoint or the
    /// tool), the interpreter (the tool's <c>.venv</c>, else <c>EXP_PYTHON</c>, else <c>python3</c>) and, for a method, this program.
    /// </summary>
    /// <exception cref="ExperimentsException">EXP8020: the entrypoint was not found; the message lists where it was looked for.</exception>
    public static Launch Resolve(Launch declared) => throw new NotImplementedException();

    /// <summary>The words of an attempt's command line: the program and the configuration's arguments.</summary>
    /// <param name="launch">A resolved launch.</param>
    /// <param name="config">Canonical JSON of the configuration, UTF-8.</param>
    /// <param name="configPath">Path of the frozen <c>config.json</c>.</param>
    public static IReadOnlyList<string> CommandLine(Launch launch, ReadOnlyMemory<byte> config, string configPath) => throw new NotImplementedException();
}
