using System.Globalization;
using System.Text.RegularExpressions;

namespace Experiments.Runtime.Gpus;

/// <summary>Reads what <c>nvidia-smi</c> prints. What is not understood (warnings, errors of a single card, other languages) is passed over.</summary>
internal static partial class NvidiaSmiText
{
    /// <summary>Cards of <c>--query-gpu=index,uuid,name,memory.total[,memory.used,utilization.gpu,power.draw[,ecc.errors…]]</c>.</summary>
    public static IReadOnlyList<GpuReading> Cards(string output) => [.. Lines(output).Select(Card).OfType<GpuReading>().DistinctBy(c => c.Gpu.Index)];

    /// <summary>MIG instances of <c>-L</c>, by their card's identifier. Their memory is known by their profile's name only.</summary>
    public static IReadOnlyList<(string Card, Gpu Instance)> Instances(string output)
    {
        var found = new List<(string, Gpu)>();
        var card = (Index: -1, Uuid: "", Name: "");
        foreach (var line in output.Split('\n'))
        {
            if (CardLine().Match(line) is { Success: true } c)
                card = (Number(c.Groups["index"].Value) is { } index ? (int)index : -1, c.Groups["uuid"].Value, c.Groups["name"].Value);
            else if (card.Index >= 0 && InstanceLine().Match(line) is { Success: true } i && Number(i.Groups["number"].Value) is { } number)
            {
                var memory = Profile().Match(i.Groups["profile"].Value) is { Success: true } p && Number(p.Groups["gb"].Value) is { } gib ? (long)gib * 1024 : 0;
                var uuid = i.Groups["uuid"].Value;
                found.Add((card.Uuid, new Gpu(card.Index, uuid, $"{card.Name} MIG {i.Groups["profile"].Value}", memory, uuid, (int)number)));
            }
        }

        return found;
    }

    /// <summary>Processes of <c>--query-compute-apps=gpu_uuid,pid,used_memory</c>.</summary>
    public static IReadOnlyList<(string Card, GpuProcess Process)> Processes(string output)
    {
        var found = new List<(string, GpuProcess)>();
        foreach (var line in Lines(output))
        {
            if (line.Length == 3 && IsIdentifier(line[0]) && Number(line[1]) is { } pid and > 0 and <= int.MaxValue)
                found.Add((line[0], new GpuProcess((int)pid, (long?)Number(line[2]))));
        }

        return found;
    }

    /// <summary>One reading a device: an instance takes its card's place, and its part of the card's power.</summary>
    public static IReadOnlyList<GpuReading> Combine(
        IReadOnlyList<GpuReading> cards, IReadOnlyList<(string Card, Gpu Instance)> instances, IReadOnlyList<(string Card, GpuProcess Process)> processes)
    {
        var readings = new List<GpuReading>();
        foreach (var card in cards)
        {
            var own = instances.Where(i => i.Card == card.Gpu.Uuid && card.Gpu.Uuid.Length > 0).Select(i => i.Instance).ToList();
            if (own.Count == 0)
            {
                readings.Add(card with { Processes = Of(card.Gpu.Uuid) });
                continue;
            }

            var memory = Math.Max(1, own.Sum(i => i.MemoryMiB));
            readings.AddRange(own.Select(i => new GpuReading(i)
            {
                Processes = Of(i.Uuid),
                PowerWatts = card.PowerWatts * i.MemoryMiB / memory,
                IsShareOfCard = true,
                Problem = card.Problem,
            }));
        }

        return readings;

        List<GpuProcess> Of(string uuid) => [.. processes.Where(p => p.Card == uuid).Select(p => p.Process)];
    }

    private static GpuReading? Card(string[] fields)
    {
        if (fields.Length < 4 || Number(fields[0]) is not { } index || index != Math.Floor(index) || index is < 0 or > 1024)
            return null;
        // Memory is "[N/A]" on cards that share the host's; the identifier is an error on cards that don't answer.
        var uuid = IsIdentifier(fields[1]) ? fields[1] : "";
        var gpu = new Gpu((int)index, fields[0], Value(fields[2]) ?? "", (long)(Number(fields[3]) ?? 0), uuid);
        var errors = Field(7);
        return new GpuReading(gpu)
        {
            UsedMiB = (long?)Field(4),
            UtilizationPercent = Field(5),
            PowerWatts = Field(6),
            Problem = fields.Any(f => f.Contains("lost", StringComparison.OrdinalIgnoreCase)) ? "it has fallen off the bus"
                : errors > 0 ? string.Create(CultureInfo.InvariantCulture, $"uncorrected memory (ECC) errors since the driver was loaded: {errors}")
                : null,
        };

        double? Field(int position) => position < fields.Length ? Number(fields[position]) : null;
    }

    private static IEnumerable<string[]> Lines(string output) =>
        output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(',', StringSplitOptions.TrimEntries));

    private static string? Value(string field) => field.StartsWith('[') ? null : field;

    private static double? Number(string field) =>
        double.TryParse(field, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) && number < long.MaxValue ? number : null;

    private static bool IsIdentifier(string text) => text.StartsWith("GPU-", StringComparison.Ordinal) || text.StartsWith("MIG-", StringComparison.Ordinal);

    [GeneratedRegex(@"^GPU (?<index>\d{1,4}): (?<name>.*) \(UUID: (?<uuid>GPU-[^)\s]+)\)")]
    private static partial Regex CardLine();

    [GeneratedRegex(@"^\s+MIG (?<profile>\S+)\s+Device\s+(?<number>\d{1,4}): \(UUID: (?<uuid>MIG-[^)\s]+)\)")]
    private static partial Regex InstanceLine();

    [GeneratedRegex(@"\.(?<gb>\d{1,5})gb")]
    private static partial Regex Profile();
}
