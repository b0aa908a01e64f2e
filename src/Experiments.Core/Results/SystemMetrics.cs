namespace Experiments;

/// <summary>Names of the metrics that a worker measures of every attempt. The prefix is theirs; they are kept and shown apart from a trainer's own.</summary>
public static class SystemMetrics
{
    /// <summary>What all their names begin with.</summary>
    public const string Prefix = "system/";

    /// <summary>Energy of the attempt's GPUs so far, in kWh.</summary>
    public const string GpuEnergy = "system/gpu_energy_kwh";

    /// <summary>The attempt's part of the processors' energy so far, in kWh: always an estimate, by processor time.</summary>
    public const string CpuEnergy = "system/cpu_energy_kwh";

    /// <summary>All energy measured so far, in kWh.</summary>
    public const string Energy = "system/energy_kwh";

    /// <summary>What that energy emits, in kg of CO₂ equivalents.</summary>
    public const string Emissions = "system/emissions_kg_co2e";

    /// <summary>1 when a part of the GPU energy was split among attempts that shared a card, by their utilisation; 0 when all of it was metered.</summary>
    public const string GpuEnergyIsEstimated = "system/gpu_energy_estimated";

    /// <summary>Power drawn by the attempt's GPUs, in watts.</summary>
    public const string GpuPower = "system/gpu_power_watts";

    /// <summary>Utilisation of the attempt's GPUs since the last value, mean over its cards, 0 to 100.</summary>
    public const string GpuUtilization = "system/gpu_utilization_percent";

    /// <summary>GPU memory of the attempt on its fullest card, in GiB.</summary>
    public const string GpuMemory = "system/gpu_memory_gib";

    /// <summary>The most GPU memory it had on one card, in GiB: what later runs of the experiment are given.</summary>
    public const string GpuMemoryPeak = "system/gpu_memory_peak_gib";

    /// <summary>Processor time of the attempt's processes since the last value; 100 is one processor.</summary>
    public const string Cpu = "system/cpu_percent";

    /// <summary>Resident memory of the attempt's processes, in GiB; pages they share count for each.</summary>
    public const string HostMemory = "system/host_memory_gib";

    /// <summary>The most resident memory it had, in GiB.</summary>
    public const string HostMemoryPeak = "system/host_memory_peak_gib";

    /// <summary>Read from storage so far, in GiB.</summary>
    public const string Read = "system/io_read_gib";

    /// <summary>Written to storage so far, in GiB.</summary>
    public const string Written = "system/io_written_gib";

    /// <summary>Whether a metric is one of these.</summary>
    public static bool Has(string metric) => metric.StartsWith(Prefix, StringComparison.Ordinal);
}
