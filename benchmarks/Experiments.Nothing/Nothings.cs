using System.Globalization;
using Experiments;

namespace Experiments.Nothing;

/// <summary>As many runs of nothing as the environment variable <c>NOTHINGS</c> says; 500 unless it says.</summary>
[Sweep]
public sealed partial record Nothings : ISweep<Nothing>
{
    /// <summary>Which of the runs.</summary>
    [ValuesFrom(nameof(Numbers))] public int Number { get; init; }

    /// <summary>0 to one less than there are.</summary>
    public IReadOnlyList<int> Numbers => [.. Enumerable.Range(0, int.Parse(Environment.GetEnvironmentVariable("NOTHINGS") ?? "500", CultureInfo.InvariantCulture))];
}
