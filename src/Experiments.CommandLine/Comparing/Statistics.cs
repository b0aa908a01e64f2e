namespace Experiments.CommandLine;

/// <summary>The usual figures of a sample. Values that are not numbers are counted apart, not averaged.</summary>
/// <param name="Count">Numbers in it.</param>
/// <param name="NotNumbers">NaN and infinities left out.</param>
/// <param name="Mean">Arithmetic mean; NaN when empty.</param>
/// <param name="Deviation">Sample standard deviation (n − 1); NaN below two values.</param>
/// <param name="Best">Best by the goal; NaN when empty.</param>
internal sealed record Statistics(int Count, int NotNumbers, double Mean, double Deviation, double Best)
{
    public static Statistics Of(IReadOnlyCollection<double> sample, Goal goal)
    {
        var values = sample.Where(double.IsFinite).ToList();
        var mean = values.Count == 0 ? double.NaN : values.Average();
        var deviation = values.Count < 2 ? double.NaN : Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1));
        var best = values.Count == 0 ? double.NaN : goal == Goal.Maximize ? values.Max() : values.Min();
        return new Statistics(values.Count, sample.Count - values.Count, mean, deviation, best);
    }
}
