using System.Globalization;

namespace Experiments.CommandLine;

/// <summary>One way to write all values of a column, so that they line up and compare at a glance.</summary>
internal readonly struct MetricFormat
{
    private readonly string _format;

    private MetricFormat(string format) => _format = format;

    /// <summary>Whole numbers plain; ordinary magnitudes with four decimals; others with five significant digits.</summary>
    public static MetricFormat Of(IEnumerable<double> values)
    {
        bool whole = true, ordinary = true;
        foreach (var value in values.Where(double.IsFinite))
        {
            var size = Math.Abs(value);
            whole &= size < 1e9 && value == Math.Truncate(value);
            ordinary &= size is 0 or >= 1e-3 and < 1e5;
        }

        return new MetricFormat(whole ? "0" : ordinary ? "0.0000" : "0.####e+00");
    }

    public string Write(double value) => double.IsFinite(value)
        ? value.ToString(_format ?? "R", CultureInfo.InvariantCulture)
        : value.ToString(CultureInfo.InvariantCulture);
}
