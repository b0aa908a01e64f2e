using System.Globalization;

namespace Experiments.Runtime.Telemetry;

/// <summary>
/// The energy meters of processors and their memory (RAPL), as <c>/sys/class/powercap</c> has them. Often only root may read them; then there is
/// no processor energy. Each counts micro-joules up to a limit of its own and begins again.
/// </summary>
internal sealed class Rapl
{
    private readonly List<Zone> _zones = [];

    /// <summary>Finds the meters that can be read.</summary>
    /// <param name="sys">Where <c>/sys</c> is.</param>
    public Rapl(string sys)
    {
        foreach (var zone in Zones(Path.Combine(sys, "class", "powercap")))
        {
            // Packages hold cores and caches, but not their memory. Other zones are parts of those or count the same again.
            var name = Text(zone, "name");
            if (name is null || !(name.StartsWith("package", StringComparison.Ordinal) || name == "dram"))
                continue;
            if (Number(zone, "energy_uj") is { } energy && Number(zone, "max_energy_range_uj") is { } range)
                _zones.Add(new Zone(Path.Combine(zone, "energy_uj"), range, energy));
        }
    }

    /// <summary>Whether there is a meter.</summary>
    public bool IsThere => _zones.Count > 0;

    /// <summary>Energy since the last call, or since the beginning, in joules.</summary>
    public double Advance()
    {
        var microjoules = 0.0;
        foreach (var zone in _zones)
        {
            if (Number(zone.File) is not { } now)
                continue;
            microjoules += now >= zone.Last ? now - zone.Last : now + zone.Range - zone.Last;
            zone.Last = now;
        }

        return microjoules / 1e6;
    }

    private static IEnumerable<string> Zones(string directory)
    {
        try
        {
            // intel-rapl-mmio:0 counts what intel-rapl:0 counts.
            return Directory.Exists(directory) ? [.. Directory.GetDirectories(directory, "intel-rapl:*")] : [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static double? Number(string zone, string file) => Number(Path.Combine(zone, file));

    private static double? Number(string file) => double.TryParse(Text(file), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string? Text(string zone, string file) => Text(Path.Combine(zone, file));

    private static string? Text(string file)
    {
        try
        {
            return File.ReadAllText(file).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private sealed class Zone(string file, double range, double last)
    {
        public string File { get; } = file;

        public double Range { get; } = range;

        public double Last { get; set; } = last;
    }
}
