using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Experiments.Runtime;

/// <summary>GPUs that exist on paper only: for tests of programs and of this product on machines without any.</summary>
public sealed partial class SimulatedGpus : IGpuInventory
{
    /// <summary>The variable that replaces a host's GPUs by simulated ones: <c>4x24</c> (four cards of 24 GiB), or the path of a JSON file (see the guide) that is read anew each time.</summary>
    public const string Variable = "EXP_SIMULATED_GPUS";

    private readonly Func<IReadOnlyList<GpuReading>> _read;

    private SimulatedGpus(Func<IReadOnlyList<GpuReading>> read) => _read = read;

    /// <summary>GPUs whose readings the caller makes up, at each reading. It may throw <see cref="GpuInventoryException"/>.</summary>
    public static SimulatedGpus From(Func<IReadOnlyList<GpuReading>> read) => new(read);

    /// <summary>Idle, healthy cards.</summary>
    /// <param name="count">How many.</param>
    /// <param name="memoryGiB">Memory of each.</param>
    public static SimulatedGpus Idle(int count, double memoryGiB = 24)
    {
        IReadOnlyList<GpuReading> cards = [.. Enumerable.Range(0, count).Select(i => Card(i, memoryGiB) with { UsedMiB = 0, UtilizationPercent = 0, Processes = [] })];
        return new SimulatedGpus(() => cards);
    }

    /// <summary>Those of <see cref="Variable"/>; <see langword="null"/> when it is not set.</summary>
    /// <param name="value">Its value.</param>
    /// <exception cref="ExperimentsException">EXP8250: it is neither.</exception>
    public static SimulatedGpus? Parse(string? value)
    {
        if (string.IsNullOrWhiteSpace(value))
            return null;
        if (Shorthand().Match(value) is { Success: true } cards)
            return Idle(int.Parse(cards.Groups[1].ValueSpan, CultureInfo.InvariantCulture), double.Parse(cards.Groups[2].ValueSpan, CultureInfo.InvariantCulture));
        if (!File.Exists(value))
            throw new ExperimentsException("EXP8250", $"expected `{Variable}` to be like `4x24` or the path of a file, got `{value}`", "unset it to use this host's GPUs");
        return new SimulatedGpus(() => Read(value));
    }

    /// <inheritdoc/>
    public bool IsQuick => true;

    /// <inheritdoc/>
    public Task<IReadOnlyList<GpuReading>> ReadAsync(CancellationToken cancel)
    {
        try
        {
            return Task.FromResult(_read());
        }
        catch (GpuInventoryException e)
        {
            return Task.FromException<IReadOnlyList<GpuReading>>(e);
        }
    }

    private static GpuReading Card(int index, double memoryGiB) =>
        new(new Gpu(index, index.ToString(CultureInfo.InvariantCulture), "Simulated", (long)(memoryGiB * 1024), $"GPU-simulated-{index.ToString(CultureInfo.InvariantCulture)}"));

    private static IReadOnlyList<GpuReading> Read(string file)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(file));
            return [.. json.RootElement.EnumerateArray().Select(Read)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            throw new GpuInventoryException($"`{file}` can't be read: {e.Message.TrimEnd('.')}");
        }
    }

    private static GpuReading Read(JsonElement card, int index) => Card(index, Number(card, "memory_gib") ?? 24) with
    {
        UsedMiB = (long)((Number(card, "used_gib") ?? 0) * 1024),
        UtilizationPercent = Number(card, "utilization_percent") ?? 0,
        PowerWatts = Number(card, "power_watts"),
        EnergyJoules = Number(card, "energy_joules"),
        Processes = [.. (card.TryGetProperty("processes", out var processes) ? processes.EnumerateArray() : [])
            .Select(p => new GpuProcess(p.GetProperty("pid").GetInt32(), (long?)(Number(p, "memory_gib") * 1024), Number(p, "utilization_percent")))],
        Problem = card.TryGetProperty("problem", out var problem) ? problem.GetString() : null,
    };

    private static double? Number(JsonElement json, string name) => json.TryGetProperty(name, out var number) ? number.GetDouble() : null;

    [GeneratedRegex(@"^\s*(\d{1,3})x(\d{1,4}(?:\.\d{1,3})?)\s*$")]
    private static partial Regex Shorthand();
}
