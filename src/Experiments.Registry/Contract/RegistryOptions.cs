using Experiments.Registry.Storage;

namespace Experiments.Registry;

/// <summary>How a registry is opened.</summary>
public sealed record RegistryOptions
{
    /// <summary>Only look: nothing is created, upgraded or written, and writing operations throw <see cref="InvalidOperationException"/>. Default: <see langword="false"/>.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>Whether a missing results root or registry is created when it is opened to write. Default: <see langword="true"/>.</summary>
    public bool Create { get; init; } = true;

    /// <summary>The clock. Default: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>How long another process's turn to write is waited for.</summary>
    internal TimeSpan TurnWaitMax { get; init; } = TimeSpan.FromSeconds(Database.BusySecondsMax);

    /// <summary>Where tests make things go wrong.</summary>
    internal IFaults? Faults { get; init; }

    /// <summary>Whether everything is done on the thread that asks, for simulations: what they do then happens in one order.</summary>
    internal bool Inline { get; init; }
}
