using System.Globalization;

namespace Experiments.Runtime.Telemetry;

/// <summary>What a kWh of electricity emits.</summary>
internal static class GridFactor
{
    /// <summary>The variable that says it, in kg of CO₂ equivalents a kWh.</summary>
    public const string Variable = "EXP_GRID_FACTOR";

    /// <summary>The world's average of 2024 in kg a kWh: Ember, <i>Global Electricity Review 2025</i>.</summary>
    public const double World = 0.473;

    /// <summary>The factor of the environment, else the world's.</summary>
    /// <exception cref="ExperimentsException">EXP8251: the variable holds no such number.</exception>
    public static double Default(string? variable) =>
        string.IsNullOrWhiteSpace(variable) ? World
        : double.TryParse(variable, NumberStyles.Float, CultureInfo.InvariantCulture, out var factor) && factor is >= 0 and < 10 ? factor
        : throw new ExperimentsException("EXP8251", $"expected `{Variable}` to be kg of CO2e per kWh, 0 to 10, got `{variable}`", "the world's average is `0.473`; your grid's operator publishes its own");
}
