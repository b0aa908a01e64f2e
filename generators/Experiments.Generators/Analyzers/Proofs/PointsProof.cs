using System.Globalization;
using System.Text;
using Experiments.Core;
using Experiments.Generators.Locks;
using Experiments.Generators.Models;
using Experiments.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace Experiments.Generators.Analyzers.Proofs;

/// <summary>What walking the points of a sweep shows, where they are constant: values that no run has, ids that are too long or inside each other, cells listed twice.</summary>
internal sealed class PointsProof(
    INamedTypeSymbol type, INamedTypeSymbol experimentType, SweepModel sweep, ExperimentModel experiment, IProblemSink problems, CancellationToken cancellation)
{
    public void Check()
    {
        CheckSettings();
        foreach (var dimension in sweep.Dimensions().Where(d => d.Count > 1 && d.All(a => a.Count is { } count && a.Values.Count == count)))
            CheckCells(dimension);
        foreach (var axis in sweep.Axes.Where(a => a.Kind == AxisKind.Values && a.Count == 1 && !sweep.HasBase && a.Zip is null))
            CheckAlive(axis);
        CheckPoints();
    }

    private void CheckSettings()
    {
        var attribute = type.Find(Attributes.Sweep)!;
        foreach (var name in new[] { "MaxRuns", "Samples" })
        {
            if (attribute.Named(name, 0) is < 0 and var value)
                problems.Report(RuleIds.ImpossibleValue, attribute.NamedSyntax(name)!.GetLocation(), $"`{name}`", "0 or more", value);
        }

        for (var i = 1; i < sweep.Axes.Count; i++)
        {
            var path = sweep.Axes[i].PropertyPath;
            if (sweep.Axes.Take(i).FirstOrDefault(a => Overlap(a.PropertyPath, path)) is { } first)
                problems.Report(RuleIds.AxesOverlap, Place(sweep.Axes[i]), path, first.Name, sweep.Axes[i].Name);
        }

        static bool Overlap(string a, string b) =>
            a == b || a.StartsWith(b + ".", StringComparison.Ordinal) || b.StartsWith(a + ".", StringComparison.Ordinal);
    }

    private void CheckCells(IReadOnlyList<AxisModel> zipped)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < zipped[0].Values.Count && zipped.All(a => i < a.Values.Count); i++)
        {
            if (!seen.Add(string.Join("\0", zipped.Select(a => a.Values[i].Code))))
                problems.Report(RuleIds.DuplicateCell, ValuePlace(zipped[zipped.Count - 1], i), zipped[0].Zip!, string.Join(", ", zipped.Select(a => a.Values[i].Text)));
        }
    }

    private void CheckAlive(AxisModel axis)
    {
        if (axis.Path.Count == 1 && experimentType.Property(axis.PropertyPath) is { } property
            && DeclaredDefault.Initializer(property, cancellation) is { } initializer
            && PropertiesProof.Constant(initializer, axis.Target.Value)?.Code == axis.Values[0].Code)
            problems.Report(RuleIds.DeadAxis, ValuePlace(axis, 0), axis.Name, axis.Values[0].Text);
    }

    private void CheckPoints()
    {
        if (PointWalk.Of(sweep) is not { } points)
            return;
        var include = sweep.HasInclude ? PointExpression.Of(type, "Include", sweep.Axes, cancellation) : null;
        if (sweep.HasInclude && include is null)
            return;
        var used = new HashSet<(string Axis, string Code)>();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var point in points)
        {
            cancellation.ThrowIfCancellationRequested();
            var isIncluded = include is null ? true : include.Evaluate(point);
            if (isIncluded is null)
                return;
            if (isIncluded != true)
                continue;
            ids.Add(IdPreview.Id(experiment, sweep.Axes, point));
            if (include is not null)
                used.UnionWith(point.Select(value => (value.Key, value.Value.Code)));
        }

        if (ids.Count == 0 && include is not null)
            problems.Report(RuleIds.NoRuns, SweepParser.Computed(type, "Include")!.Place(), type.Name, sweep.PointCount!);
        else if (include is not null)
            CheckUsed(used);
        CheckLengths(ids);
        // A base that varies may put anything into what stays a hole here.
        if (!sweep.HasBase)
            CheckNesting(ids);
    }

    private void CheckUsed(HashSet<(string Axis, string Code)> used)
    {
        // Leaving some out of `[All]` is what `Include` is for; leaving out what was listed by hand is a slip.
        foreach (var axis in sweep.Axes.Where(a => a.Kind == AxisKind.Values))
        {
            for (var i = 0; i < axis.Values.Count; i++)
            {
                if (!used.Contains((axis.Name, axis.Values[i].Code)))
                    problems.Report(RuleIds.UnusedValue, ValuePlace(axis, i), axis.Name, axis.Values[i].Text);
            }
        }
    }

    private void CheckLengths(HashSet<string> ids)
    {
        foreach (var id in ids)
        {
            // What is not known here is empty at least.
            var known = new StringBuilder();
            var depth = 0;
            foreach (var c in id)
            {
                depth += c == '{' ? 1 : 0;
                if (depth == 0)
                    known.Append(c);
                depth -= c == '}' ? 1 : 0;
            }

            var whole = Encoding.UTF8.GetByteCount(known.ToString());
            var segment = known.ToString().Split('/').Max(s => Encoding.UTF8.GetByteCount(s));
            if (whole <= PortablePath.BytesMax && segment <= PortablePath.SegmentBytesMax)
                continue;
            var isSegment = segment > PortablePath.SegmentBytesMax;
            problems.Report(RuleIds.IdTooLong, type.Place(), type.Name,
                isSegment ? $"{PortablePath.SegmentBytesMax.ToString(CultureInfo.InvariantCulture)} (between two `/`)" : PortablePath.BytesMax, isSegment ? segment : whole, id);
            return;
        }
    }

    private void CheckNesting(HashSet<string> ids)
    {
        foreach (var id in ids)
        {
            for (var slash = id.LastIndexOf('/'); slash > 0; slash = id.LastIndexOf('/', slash - 1))
            {
                if (!ids.Contains(id.Substring(0, slash)))
                    continue;
                var culprit = sweep.Axes.FirstOrDefault(a => experiment.Id.Parts.Any(p => p.Path == a.PropertyPath && p.Text.StartsWith("/", StringComparison.Ordinal)));
                problems.Report(RuleIds.IdIsPrefix, culprit is null ? type.Place() : Place(culprit), id.Substring(0, slash), id);
                return;
            }
        }
    }

    private Location Place(AxisModel axis) => type.Property(axis.Name)!.Place();

    private Location ValuePlace(AxisModel axis, int value)
    {
        var attribute = AxisParser.AttributeOf(type.Property(axis.Name)!)!;
        return (axis.Kind == AxisKind.Values ? attribute.PositionalSyntax(value)?.GetLocation() : null) ?? attribute.Place();
    }
}
