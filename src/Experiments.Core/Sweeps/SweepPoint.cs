using System.Collections.Immutable;

namespace Experiments;

/// <summary>One point of a sweep.</summary>
/// <typeparam name="TConfig">The experiment.</typeparam>
/// <param name="Config">The configuration.</param>
/// <param name="Priority">0 to 1000; larger runs first.</param>
/// <param name="Tags">Tags of the run, besides those of its experiment.</param>
public readonly record struct SweepPoint<TConfig>(TConfig Config, int Priority, ImmutableArray<string> Tags);
