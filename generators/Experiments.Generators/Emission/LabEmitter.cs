using Experiments.Generators.Models;

namespace Experiments.Generators.Emission;

/// <summary>The methods of <c>Lab</c> that are typed by an experiment.</summary>
internal static class LabEmitter
{
    public static void Emit(SourceWriter code, ExperimentModel experiment)
    {
        var config = experiment.Type.FullName;
        var results = experiment.Results?.Type.FullName ?? "global::Experiments.NoResults";
        var outcome = $"global::System.Threading.Tasks.Task<global::Experiments.SweepOutcome<{config}, {results}>>";
        var forward = $"lab.RunAsync<{config}, {results}>({config}.Experiment";
        const string Cancel = "global::System.Threading.CancellationToken cancel = default";
        const string CancelDoc = "<param name=\"cancel\">Stops gracefully: running attempts get the grace period, the rest stays pending.</param>";
        const string LabDoc = "<param name=\"lab\">The lab.</param>";
        code.Line();
        code.Open("namespace Experiments");
        code.Documented($"Running <see cref=\"{config}\"/> in code.");
        code.Open($"{experiment.Type.Accessibility} static class {experiment.Type.DottedName.Replace('.', '_')}Lab");
        code.Documented("Executes the runs of a sweep and waits for them; done ones are skipped.", "<typeparam name=\"TSweep\">The sweep.</typeparam>", LabDoc, CancelDoc);
        code.Line($"public static {outcome} RunAsync<TSweep>(this global::Experiments.Lab lab, {Cancel})");
        code.Line($"    where TSweep : global::Experiments.ISweepExpansion<{config}>, new() => RunAsync(lab, new TSweep(), cancel);");
        code.Documented("Executes the runs of a sweep with parameters and waits for them; done ones are skipped.", LabDoc, "<param name=\"sweep\">The sweep.</param>", CancelDoc);
        code.Line($"public static {outcome} RunAsync(this global::Experiments.Lab lab, global::Experiments.ISweepExpansion<{config}> sweep, {Cancel}) =>");
        code.Line($"    {forward}, sweep.SweepName, sweep.Expand([]), cancel);");
        code.Documented("Executes one run and waits for it; a done one is skipped.", LabDoc, "<param name=\"config\">The configuration of the run.</param>", CancelDoc);
        code.Line($"public static {outcome} RunAsync(this global::Experiments.Lab lab, {config} config, {Cancel}) =>");
        code.Line($"    {forward}, {SourceWriter.Literal(experiment.Name)}, [{config}.Experiment.Plan(config)], cancel);");
        code.CloseType();
    }
}
