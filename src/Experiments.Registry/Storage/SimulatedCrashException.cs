namespace Experiments.Registry.Storage;

/// <summary>Thrown by <see cref="IFaults"/> in tests: the process is dead from here on. The writer stops where it is, as a kill would stop it.</summary>
internal sealed class SimulatedCrashException() : Exception("the process was killed");
