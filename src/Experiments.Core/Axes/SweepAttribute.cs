namespace Experiments;

/// <summary>Declares a <c>partial record</c> that implements <see cref="ISweep{TExperiment}"/> as a sweep whose properties are axes.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class SweepAttribute : Attribute
{
    /// <summary>Tags put on every run of the sweep. Default: none.</summary>
    public string[] Tags { get; init; } = [];

    /// <summary>Number of random samples; required when an axis is <see cref="UniformAttribute"/> or <see cref="LogUniformAttribute"/>. The random axes vary together, before the grid of the others. Default 0: no random search.</summary>
    public int Samples { get; init; }

    /// <summary>Seed of the random axes. The same seed gives the same points on every machine and version. Default 0.</summary>
    public int Seed { get; init; }

    /// <summary>The most runs this sweep may have; more is a compile error. Default 0: 10,000.</summary>
    public int MaxRuns { get; init; }

    /// <summary>The order in which runs of equal priority are planned and claimed. Default: <see cref="RunOrder.Declared"/>.</summary>
    public RunOrder Order { get; init; }
}

/// <summary>Orders of the runs of a sweep. Measurements of time and energy drift with the machine's temperature and load; an order that takes turns spreads the drift over all configurations.</summary>
public enum RunOrder
{
    /// <summary>The axes as declared; the last one varies fastest.</summary>
    Declared,

    /// <summary>The configurations take turns: the <see cref="RepeatsAttribute"/> axis varies slowest, wherever it is declared, so every configuration is measured once before any is measured again.</summary>
    RoundRobin,

    /// <summary>Shuffled by <see cref="SweepAttribute.Seed"/>, the same on every machine and version.</summary>
    Shuffled,
}

/// <summary>Says which experiment a sweep expands into.</summary>
/// <remarks>
/// A sweep may also declare, as ordinary properties evaluated at every point: <c>bool Include</c> (false leaves the point out),
/// <c>int Priority</c> (0 to 1000, default 100), <c>string[] Tags</c>, and <c>TExperiment Base</c> (everything the axes do not set).
/// </remarks>
/// <typeparam name="TExperiment">The experiment.</typeparam>
public interface ISweep<TExperiment>
    where TExperiment : class;
