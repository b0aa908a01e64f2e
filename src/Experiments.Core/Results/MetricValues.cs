using System.ComponentModel;
using System.Numerics;

namespace Experiments.Core;

/// <summary>Metrics are doubles; results records may declare narrower numbers.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class MetricValues
{
    /// <summary>The nearest value of a type that has no NaN; 0 for a metric that was not reported.</summary>
    public static T Whole<T>(double metric)
        where T : INumberBase<T> => double.IsNaN(metric) ? T.Zero : T.CreateSaturating(metric);
}
