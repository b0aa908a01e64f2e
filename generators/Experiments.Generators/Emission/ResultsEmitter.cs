using Experiments.Generators.Models;

namespace Experiments.Generators.Emission;

/// <summary>The results record: read from what a run left, and written as metrics.</summary>
internal static class ResultsEmitter
{
    public static void Emit(SourceWriter code, ResultsModel results)
    {
        var type = results.Type.FullName;
        code.OpenType(results.Type, $" : global::Experiments.IResults<{type}>");
        code.Documented("Reads the results of a run. Metrics the run did not report are NaN, or 0 for integers, or null.");
        code.Open($"public static {type} Read(global::Experiments.RunOutputs outputs) => new()");
        foreach (var metric in results.Metrics.Where(m => !m.IsDerived))
            code.Line($"{metric.Identifier} = {Read(metric)},");
        foreach (var artifact in results.Artifacts)
            code.Line($"{artifact.Identifier} = outputs.Artifact({SourceWriter.Literal(artifact.File)}),");
        code.Close(";");
        code.Documented("The metrics, by name outside C#; those that are null are left out.");
        code.Open("public global::System.Collections.Generic.IEnumerable<global::System.Collections.Generic.KeyValuePair<string, double>> Metrics()");
        var reported = results.Metrics.Where(m => !m.IsDerived).ToList();
        foreach (var metric in reported)
        {
            if (metric.IsNullable)
                code.Line($"if (this.{metric.Identifier} is not null)");
            code.Line($"{(metric.IsNullable ? "    " : "")}yield return new({SourceWriter.Literal(metric.Key)}, (double)this.{metric.Identifier}{(metric.IsNullable ? ".Value" : "")});");
        }

        if (reported.Count == 0)
            code.Line("yield break;");
        code.Close();
        EmitDerived(code, [.. results.Metrics.Where(m => m.IsDerived)]);
        code.CloseType();
    }

    private static void EmitDerived(SourceWriter code, IReadOnlyList<MetricModel> derived)
    {
        if (derived.Count == 0)
            return;
        code.Documented("What computes the metrics that follow from the others.");
        code.Open("public global::System.Collections.Generic.IEnumerable<global::System.Collections.Generic.KeyValuePair<string, global::System.Func<double?>>> Derived()");
        foreach (var metric in derived)
            code.Line($"yield return new({SourceWriter.Literal(metric.Key)}, () => (double?)this.{metric.Identifier});");
        code.Close();
    }

    private static string Read(MetricModel metric)
    {
        var value = $"outputs.Metric({SourceWriter.Literal(metric.Key)})";
        if (metric.IsNullable)
            return $"{value} is var {Names.Local(metric.Identifier.TrimStart('@') + "Metric")} && double.IsNaN({Names.Local(metric.Identifier.TrimStart('@') + "Metric")}) ? null : ({metric.Type}){Names.Local(metric.Identifier.TrimStart('@') + "Metric")}";
        if (metric.Type == "double")
            return value;
        return metric.IsFloating ? $"({metric.Type}){value}" : $"global::Experiments.Core.MetricValues.Whole<{metric.Type}>({value})";
    }
}
