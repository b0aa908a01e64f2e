using Experiments.Generators.Models;

namespace Experiments.Generators.Parsing;

/// <summary>The points of a sweep whose values are all constant, in the order the program walks them.</summary>
internal static class PointWalk
{
    /// <summary>The most points that are walked on every keystroke.</summary>
    private const long PointsMax = 10_000;

    /// <summary>The values of each point by the names of the axes; <see langword="null"/> where a value is known only at run time, or there are too many.</summary>
    public static IEnumerable<IReadOnlyDictionary<string, ConstantModel>>? Of(SweepModel sweep, bool onlyFirst = false)
    {
        if (sweep.Axes.Any(a => a.IsRandom || a.Values.Count == 0 || a.Values.Count != a.Count) || sweep.PointCount is not { } points || (points > PointsMax && !onlyFirst))
            return null;
        return Walk(sweep.Dimensions().ToList(), points);
    }

    private static IEnumerable<IReadOnlyDictionary<string, ConstantModel>> Walk(List<IReadOnlyList<AxisModel>> dimensions, long points)
    {
        var values = new Dictionary<string, ConstantModel>(StringComparer.Ordinal);
        for (var point = 0L; point < points; point++)
        {
            var rest = point;
            for (var i = dimensions.Count - 1; i >= 0; i--)
            {
                var count = dimensions[i][0].Values.Count;
                foreach (var axis in dimensions[i])
                    values[axis.Name] = axis.Values[(int)(rest % count)];
                rest /= count;
            }

            yield return values;
        }
    }
}
