using System.Collections.Immutable;
using System.ComponentModel;

namespace Experiments.Core;

/// <summary>A sweep declared by a record; generated code makes one for each that needs no values but those of its axes.</summary>
/// <param name="create">Makes the sweep.</param>
/// <param name="summary">One sentence on it.</param>
/// <param name="pointCount">Number of points before <c>Include</c>.</param>
/// <param name="axes">The axes.</param>
/// <typeparam name="TSweep">The sweep.</typeparam>
/// <typeparam name="TConfig">The experiment.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class DeclaredSweep<TSweep, TConfig>(Func<TSweep> create, string summary, long? pointCount, params ImmutableArray<AxisInfo> axes) : SweepType
    where TSweep : class, ISweepExpansion<TConfig>
    where TConfig : class, IExperiment<TConfig>
{
    /// <inheritdoc/>
    public override string Name => create().SweepName;

    /// <inheritdoc/>
    public override string FullName => typeof(TSweep).FullName!.Replace('+', '.');

    /// <inheritdoc/>
    public override string Summary => summary;

    /// <inheritdoc/>
    public override ExperimentType Experiment => TConfig.Experiment;

    /// <inheritdoc/>
    public override ImmutableArray<AxisInfo> Axes => axes;

    /// <inheritdoc/>
    public override long? PointCount => pointCount;

    /// <inheritdoc/>
    public override IEnumerable<PlannedRun> Expand(IReadOnlyList<string> overrides) => create().Expand(overrides);

    /// <inheritdoc/>
    public override void VisitIds(RunIdVisitor visit) => create().VisitIds(visit);
}
