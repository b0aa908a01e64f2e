using System.Globalization;
using Experiments.Generators.Models;
using Microsoft.CodeAnalysis.Text;

namespace Experiments.Generators.Emission;

/// <summary>The members of a sweep: count, points, plan, and what commands see of it.</summary>
internal static class SweepEmitter
{
    public static SourceText Emit(SweepModel sweep)
    {
        var config = sweep.Experiment.Type.FullName;
        var proof = SweepProof.Text(sweep);
        var code = new SourceWriter();
        var documentation = !sweep.HasSummary ? $"/// <summary>{proof}</summary>" : !sweep.HasRemarks ? $"/// <remarks>{proof}</remarks>" : null;
        code.OpenType(sweep.Type, $" : global::Experiments.ISweepExpansion<{config}>", documentation is null ? [] : [documentation]);
        var name = SourceWriter.Literal(sweep.Type.Name);

        var points = $"global::System.Linq.Enumerable.Select(((global::Experiments.ISweepExpansion<{config}>){sweep.Creation}).Walk(), static point => point.Config)";
        if (!sweep.OwnNames.Contains("Count"))
            EmitCount(code, sweep, points, proof);
        if (sweep.Creation is not null && !sweep.OwnNames.Contains("Points"))
        {
            code.Documented("The configurations, lazily, in order; the last declared axis varies fastest. Each is an object of its own.");
            code.Line($"public static global::System.Collections.Generic.IEnumerable<{config}> Points => {points};");
        }

        if (sweep.Creation is not null)
        {
            code.Documented("The sweep as commands see it.");
            code.Line("public static global::Experiments.SweepType Sweep => Declaration.Instance;");
        }

        if (!sweep.OwnNames.Contains("Plan"))
            EmitPlan(code, sweep, name);
        code.Documented("The runs of this sweep, lazily, in order.");
        code.Line("public global::System.Collections.Generic.IEnumerable<global::Experiments.PlannedRun> Expand() => Expand([]);");
        code.Documented(
            "The runs of this sweep with some options changed, lazily, in order.",
            "<param name=\"overrides\">Set on every run after its axes.</param>",
            "<exception cref=\"global::Experiments.ExperimentsException\">EXP8010: an override is unknown, malformed or out of bounds.</exception>");
        code.Line("public global::System.Collections.Generic.IEnumerable<global::Experiments.PlannedRun> Expand(global::System.Collections.Generic.IReadOnlyList<string> overrides) => global::Experiments.Core.Expansion.Runs(this, overrides);");

        code.Blank();
        code.Line($"string global::Experiments.ISweepExpansion<{config}>.SweepName => {name};");
        if (sweep.Order == "Shuffled")
            code.Blank().Line($"int? global::Experiments.ISweepExpansion<{config}>.ShuffleSeed => {sweep.Seed.ToString(CultureInfo.InvariantCulture)};");
        code.Blank();
        var loops = new SweepLoops(code, sweep);
        loops.EmitWalk();
        if (sweep.HasScratch)
        {
            code.Blank();
            loops.EmitVisit();
        }

        code.Blank().Open("private static class Generated");
        loops.EmitValues();
        code.Close();
        if (sweep.Creation is not null)
            EmitDeclaration(code, sweep);
        code.CloseType();
        return code.ToSource();
    }

    private static void EmitCount(SourceWriter code, SweepModel sweep, string points, string proof)
    {
        if (!sweep.HasInclude && sweep.PointCount <= int.MaxValue)
            code.Documented($"Number of runs. {proof}").Line($"public const int Count = {sweep.PointCount!.Value.ToString(CultureInfo.InvariantCulture)};");
        else if (sweep.Creation is not null)
            code.Documented($"Number of runs, counted. {proof}").Line($"public static int Count => global::System.Linq.Enumerable.Count({points});");
    }

    private static void EmitPlan(SourceWriter code, SweepModel sweep, string name)
    {
        code.Documented(
            "Plans the runs: ordered after their inputs, without collisions.",
            "<exception cref=\"global::Experiments.ExperimentsException\">EXP2002 to EXP2006: ids collide or are no portable paths. EXP8010: a value is out of bounds.</exception>");
        code.Line(sweep.Creation is { } creation
            ? $"public static global::Experiments.Plan Plan() => global::Experiments.Plan.Create({name}, {creation}.Expand());"
            : $"public global::Experiments.Plan Plan() => global::Experiments.Plan.Create({name}, Expand());");
    }

    private static void EmitDeclaration(SourceWriter code, SweepModel sweep)
    {
        code.Blank();
        code.Line("// Its own class, so that it is made when first asked for and not with the record's other static members.");
        code.Open("private static class Declaration");
        code.Line($"public static readonly global::Experiments.Core.DeclaredSweep<{sweep.Type.FullName}, {sweep.Experiment.Type.FullName}> Instance = new(");
        code.Line($"    static () => {sweep.Creation},");
        code.Line($"    {SourceWriter.Literal(sweep.Summary)},");
        code.Line($"    {(sweep.PointCount is { } points ? points.ToString(CultureInfo.InvariantCulture) : "null")},");
        for (var i = 0; i < sweep.Axes.Count; i++)
        {
            var axis = sweep.Axes[i];
            var count = axis.Count is { } values ? values.ToString(CultureInfo.InvariantCulture) : "null";
            code.Line($"    new global::Experiments.AxisInfo({SourceWriter.Literal(axis.Key)}, {count}, {SourceWriter.Literal(axis.Description)}){(i < sweep.Axes.Count - 1 ? "," : ");")}");
        }

        code.Close();
    }
}
