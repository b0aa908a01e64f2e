using Experiments.Core;
using Experiments.Generators.Models;
using Experiments.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Experiments.Generators.Analyzers;

/// <summary>
/// Proves that the runs of a sweep have different ids, dimension by dimension: a dimension tells its points apart when the texts its axes
/// put into the id differ. Where user code decides (<c>Include</c>, <c>Base</c>) or values are not constant, only what is certain is reported.
/// </summary>
internal sealed class CollisionProof(INamedTypeSymbol type, SweepModel sweep, ExperimentModel experiment, IProblemSink problems, CancellationToken cancellation)
{
    public void Check()
    {
        var dimensions = sweep.Dimensions().Select(axes => new Dimension(axes, Points(axes), Texts(axes))).ToList();
        var culprits = dimensions.Where(dimension => dimension.Ids < dimension.Points && !IsDecidedByCode(dimension.Axes)).ToList();
        foreach (var dimension in culprits)
        {
            foreach (var axis in dimension.Axes.Where(axis => dimension.Axes.Count == 1 || !IsNamed(axis)))
                problems.Report(RuleIds.RunsCollide, Place(axis), axis.Name, Runs(dimensions), Product(dimensions.Select(d => culprits.Contains(d) ? d.Ids : d.Points)));
        }

        foreach (var axis in sweep.Axes.Where(axis => axis.Target.Value.Kind == ValueKind.String))
            CheckTexts(axis);
    }

    /// <summary>Number of different points of a dimension; the largest number where only the program knows, which is more than any number of ids that is known.</summary>
    private long Points(IReadOnlyList<AxisModel> axes)
    {
        if (axes[0].IsRandom)
            return sweep.Samples;
        if (axes[0].Count is not { } count)
            return long.MaxValue;
        // A value listed twice is another rule's business.
        return axes.All(IsListed) ? Tuples(count, (axis, i) => axis.Values[i].Code, axes) : count;
    }

    /// <summary>Number of different texts that the axes of a dimension put into the id.</summary>
    private long Texts(IReadOnlyList<AxisModel> axes)
    {
        var inId = axes.Where(axis => IsNamed(axis) || IsHashed(axis)).ToList();
        if (inId.Count == 0)
            return 1;
        if (axes[0].IsRandom || axes[0].Count is not { } count || !inId.All(IsListed))
            return Points(axes);
        return Tuples(count, TextOf, inId);
    }

    private static long Tuples(int count, Func<AxisModel, int, string> text, IReadOnlyList<AxisModel> axes) =>
        Enumerable.Range(0, count).Select(i => string.Join("\0", axes.Select(axis => text(axis, i)))).Distinct().LongCount();

    private string TextOf(AxisModel axis, int index) => IsNamed(axis)
        ? string.Join("\0", experiment.Id.Parts.Where(part => part.Path == axis.PropertyPath).Select(part => IdPreview.Text(part, axis.Values[index])))
        : axis.Values[index].Code;

    private static bool IsListed(AxisModel axis) => axis.Count is { } count && axis.Values.Count == count;

    // An axis that sets a whole record is in the id when a part of the record is.
    private bool IsNamed(AxisModel axis) =>
        experiment.Id.Parts.Any(part => part.Path == axis.PropertyPath || part.Path.StartsWith(axis.PropertyPath + ".", StringComparison.Ordinal));

    private bool IsHashed(AxisModel axis) => experiment.Id.HasHash && !IsNamed(axis);

    /// <summary>Whether <c>Include</c> or <c>Base</c> reads one of the axes, and so may leave one point of each id, or put the axis into another property.</summary>
    private bool IsDecidedByCode(IReadOnlyList<AxisModel> axes)
    {
        var own = new HashSet<string>(type.AndBases().SelectMany(t => t.GetMembers()).Where(member => !member.IsStatic && !member.IsImplicitlyDeclared).Select(member => member.Name));
        own.ExceptWith(sweep.Axes.Select(axis => axis.Name));
        return Reads(sweep.HasInclude, "Include") || Reads(sweep.HasBase, "Base");

        bool Reads(bool exists, string member) => exists && type.AndBases().SelectMany(t => t.GetMembers(member)).SelectMany(symbol => symbol.DeclaringSyntaxReferences)
            .SelectMany(reference => reference.GetSyntax(cancellation).DescendantNodes())
            .Any(node => node is ThisExpressionSyntax
                || (node is IdentifierNameSyntax name && (axes.Any(axis => axis.Name == name.Identifier.ValueText) || (name.Identifier.ValueText != member && own.Contains(name.Identifier.ValueText)))));
    }

    private void CheckTexts(AxisModel axis)
    {
        if (!experiment.Id.Names(axis.PropertyPath))
            return;
        var seen = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var value in axis.Values)
        {
            if (PortablePath.Problem(value.Text) is { } problem)
                problems.Report(RuleIds.UnportablePath, Place(axis), value.Text, problem);
            else if (seen.TryGetValue(value.Text, out var first) && first != value.Text)
                problems.Report(RuleIds.IdsDifferInCase, Place(axis), first, value.Text);
            else
                seen[value.Text] = value.Text;
        }
    }

    private object Runs(IReadOnlyList<Dimension> dimensions) =>
        dimensions.Any(d => d.Points == long.MaxValue) ? "all" : Product(dimensions.Select(d => d.Points));

    private static long Product(IEnumerable<long> factors) =>
        factors.Where(factor => factor != long.MaxValue).Aggregate(1L, (product, factor) => factor > 0 && product > long.MaxValue / factor ? long.MaxValue : product * factor);

    private Location Place(AxisModel axis) => type.Property(axis.Name)!.Place();

    private sealed record Dimension(IReadOnlyList<AxisModel> Axes, long Points, long Ids);
}
