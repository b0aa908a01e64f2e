using System.Text.Json.Nodes;

namespace Experiments.Runtime.Telemetry;

/// <summary>What an attempt used in all, as <c>run.json</c> has it.</summary>
/// <param name="Measured">How long it was measured.</param>
/// <param name="Totals">The totals, by name without prefix.</param>
/// <param name="IsEstimated">Whether GPU energy was split among attempts that shared a card.</param>
/// <param name="GridFactor">kg of CO₂ equivalents a kWh.</param>
/// <param name="Gpus">Each of its GPUs.</param>
internal sealed record SystemSummary(TimeSpan Measured, IReadOnlyDictionary<string, double> Totals, bool IsEstimated, double GridFactor, IReadOnlyList<(string Gpu, GpuTotals Totals)> Gpus)
{
    private const double JoulesPerKwh = 3.6e6;

    /// <summary>The summary as a JSON object.</summary>
    public JsonObject ToJson()
    {
        var json = new JsonObject { ["measured_s"] = Math.Round(Measured.TotalSeconds, 3) };
        foreach (var (name, value) in Totals.Where(t => double.IsFinite(t.Value)))
            json[name] = value;
        json["grid_kg_co2e_per_kwh"] = GridFactor;
        if (Gpus.Count == 0)
            return json;
        json["gpu_energy_estimated"] = IsEstimated;
        json["gpus"] = new JsonArray([.. Gpus.Select(g => (JsonNode)new JsonObject
        {
            ["gpu"] = g.Gpu,
            ["energy_kwh"] = g.Totals.Joules / JoulesPerKwh,
            ["utilization_mean_percent"] = g.Totals.MeanUtilization,
            ["memory_peak_gib"] = g.Totals.MemoryPeakGiB,
        })]);
        return json;
    }
}
