using Experiments.Generators.Models;

namespace Experiments.Generators.Emission;

/// <summary>The experiment as data: definition, inputs, trainer.</summary>
internal static class DefinitionEmitter
{
    public static void Emit(SourceWriter code, ExperimentModel experiment)
    {
        var type = experiment.Type.FullName;
        code.OpenType(experiment.Type, $" : global::Experiments.IExperiment<{type}>");
        code.Documented("The experiment as commands and the registry see it.");
        code.Line($"public static global::Experiments.ExperimentType<{type}> Experiment => Declaration.Instance;");
        EmitInputs(code, experiment);
        EmitTrainer(code, experiment);
        EmitDerived(code, experiment);
        code.Blank();
        code.Line("// Its own class, so that it is made when first asked for and not with the record's other static members.");
        code.Open("private static class Declaration");
        code.Line($"public static readonly global::Experiments.Core.DeclaredExperiment<{type}> Instance = new(");
        EmitDefinition(code, experiment);
        code.Line($"    {string.Join(", ", new[] { SourceWriter.Literal(experiment.Type.Name) }.Concat(experiment.Tags.Select(SourceWriter.Literal)))});");
        code.Close();
        code.CloseType();
    }

    private static void EmitDefinition(SourceWriter code, ExperimentModel experiment)
    {
        code.Line("    new global::Experiments.ExperimentDefinition").Line("    {");
        Set("Name", SourceWriter.Literal(experiment.Name));
        if (experiment.Summary.Length > 0)
            Set("Summary", SourceWriter.Literal(experiment.Summary));
        Set("IdTemplate", SourceWriter.Literal(experiment.Id.Text));
        Set("Launch", Launch(experiment.Entrypoint, experiment.Ranks));
        if (experiment.Gpus != 0 || experiment.MemoryGiB != 0)
            Set("Resources", $"new() {{ Gpus = {Int(experiment.Gpus)}, MemoryGiB = {Double(experiment.MemoryGiB)} }}");
        if (experiment.RetryLimit != 0 || experiment.BackoffBase is not null || experiment.RetryBudgets.Count > 0)
        {
            var budgets = experiment.RetryBudgets.Select(b => $"new(global::Experiments.FailureCategory.{b.Category}, {Int(b.Limit)})");
            Set("Retry", $"new() {{ Limit = {Int(experiment.RetryLimit)}{(experiment.BackoffBase is { } backoff ? $", BackoffBase = {Double(backoff)}" : "")}{(experiment.RetryBudgets.Count > 0 ? $", Budgets = [{string.Join(", ", budgets)}]" : "")} }}");
        }

        Time("Timeout", experiment.Timeout);
        Time("Stall", experiment.Stall);
        Time("Estimate", experiment.Estimate);
        if (experiment.ResultTask is { } task)
            Set("ResultTask", SourceWriter.Literal(task));
        List("Metrics", experiment.Results?.Metrics.Select(Metric));
        List("Artifacts", experiment.Results?.Artifacts.Select(a =>
            $"new({SourceWriter.Literal(a.Key)}, {SourceWriter.Literal(a.File)}{(a.Component == "Default" ? "" : $", global::Experiments.ResultComponent.{a.Component}")})"));
        List("Remedies", OptionPaths.Of(experiment.Record).Where(o => o.Property.Remedy is not null).Select(o =>
            $"new({SourceWriter.Literal(o.Path)}, {Double(o.Property.Remedy!.Scale)}, {Bound(o.Property.Remedy.Min)}, {Bound(o.Property.Remedy.Max)}{(o.Property.Value.Kind == ValueKind.Integer ? ", IsInteger: true" : "")})"));
        List("Invariants", experiment.Invariants.Select(i => $"new({string.Join(", ", i.Select(SourceWriter.Literal))})"));
        List("FailureRules", experiment.FailureRules.Select(r =>
            $"new({SourceWriter.Literal(r.Pattern)}, global::Experiments.FailureCategory.{r.Category}{(r.Action is null ? "" : $", global::Experiments.FailureAction.{r.Action}")})"));
        if (experiment.Checkpoints is { } checkpoints)
            Set("Checkpoints", $"new({Int(checkpoints.KeepLast)}, {Int(checkpoints.KeepBest)})");
        var secrets = OptionPaths.Of(experiment.Record).Where(o => o.Property.Value.Kind == ValueKind.Secret).Select(o => SourceWriter.Literal(o.Path)).ToList();
        if (secrets.Count > 0)
            Set("Secrets", $"[{string.Join(", ", secrets)}]");
        code.Line("    },");

        void Time(string name, string? text)
        {
            if (text is not null)
                Set(name, $"global::Experiments.Core.Duration.Parse({SourceWriter.Literal(text)}, {SourceWriter.Literal($"the {name.ToLowerInvariant()} of `{experiment.Name}`")})");
        }

        void Set(string name, string value) => code.Line($"        {name} = {value},");

        void List(string name, IEnumerable<string>? items)
        {
            if (items is null || !items.Any())
                return;
            code.Line($"        {name} =").Line("        [");
            foreach (var item in items)
                code.Line($"            {item},");
            code.Line("        ],");
        }
    }

    private static string Metric(MetricModel metric)
    {
        var more = new List<string>();
        if (metric.Ranks != "RankZero")
            more.Add($"Ranks = global::Experiments.RankAggregation.{metric.Ranks}");
        if (metric.Component != "Default")
            more.Add($"Component = global::Experiments.ResultComponent.{metric.Component}");
        if (metric.IsDerived)
            more.Add("Derived = true");
        return $"new({SourceWriter.Literal(metric.Key)}, global::Experiments.Goal.{metric.Goal}{(metric.IsPrimary ? ", Primary: true" : "")})"
            + (more.Count > 0 ? $" {{ {string.Join(", ", more)} }}" : "");
    }

    private static string Launch(EntrypointModel? entrypoint, RankLaunchModel? ranks)
    {
        if (entrypoint is null)
            return $"new() {{ Kind = global::Experiments.LaunchKind.Method{(ranks is null ? "" : $", Ranks = {Ranks(ranks)}")} }}";
        var parts = new List<string>
        {
            $"Kind = global::Experiments.LaunchKind.{entrypoint.Kind}",
            $"Target = {SourceWriter.Literal(entrypoint.Target)}",
        };
        if (entrypoint.Arguments.Count > 0)
            parts.Add($"Arguments = [{string.Join(", ", entrypoint.Arguments.Select(SourceWriter.Literal))}]");
        parts.Add($"Style = global::Experiments.ArgumentStyle.{entrypoint.Style}");
        parts.Add($"OptionCase = global::Experiments.OptionCase.{entrypoint.OptionCase}");
        parts.Add($"Booleans = global::Experiments.BooleanStyle.{entrypoint.Booleans}");
        if (entrypoint.Tool is not null)
            parts.Add($"Tool = {SourceWriter.Literal(entrypoint.Tool)}");
        if (entrypoint.Commit is not null)
            parts.Add($"Commit = {SourceWriter.Literal(entrypoint.Commit)}");
        if (ranks is not null)
            parts.Add($"Ranks = {Ranks(ranks)}");
        return $"new() {{ {string.Join(", ", parts)} }}";
    }

    private static string Ranks(RankLaunchModel ranks)
    {
        var more = new List<string>();
        if (ranks.MixedPrecision is not null)
            more.Add($"MixedPrecision = {SourceWriter.Literal(ranks.MixedPrecision)}");
        if (ranks.ConfigFile is not null)
            more.Add($"ConfigFile = {SourceWriter.Literal(ranks.ConfigFile)}");
        if (ranks.Options.Count > 0)
            more.Add($"Options = [{string.Join(", ", ranks.Options.Select(SourceWriter.Literal))}]");
        return $"new(global::Experiments.Launcher.{ranks.Launcher}, {Int(ranks.Processes)})" + (more.Count > 0 ? $" {{ {string.Join(", ", more)} }}" : "");
    }

    private static void EmitInputs(SourceWriter code, ExperimentModel experiment)
    {
        code.Blank();
        var header = $"global::System.Collections.Generic.IEnumerable<global::Experiments.PlannedInput> global::Experiments.IExperiment<{experiment.Type.FullName}>.Inputs()";
        if (experiment.Inputs.Count == 0)
        {
            code.Line($"{header} => [];");
            return;
        }

        code.Open(header);
        var locals = new Locals();
        foreach (var input in experiment.Inputs)
        {
            var local = locals.New(input.Identifier.TrimStart('@') + "Input");
            code.Line($"if (this.{input.Identifier} is {{ }} {local})");
            code.Line($"    yield return new({SourceWriter.Literal(input.Key)}, {input.ExperimentType}.Experiment.Plan({local}));");
        }

        code.Close();
    }

    private static void EmitTrainer(SourceWriter code, ExperimentModel experiment)
    {
        const string Pairs = "global::System.Collections.Generic.IEnumerable<global::System.Collections.Generic.KeyValuePair<string, double>>";
        code.Blank();
        var header = $"global::System.Threading.Tasks.Task<{Pairs}> global::Experiments.IExperiment<{experiment.Type.FullName}>.ExecuteAsync(global::Experiments.RunContext run)";
        switch (experiment.Trainer)
        {
            case TrainerKind.WithResults when experiment.Results is not null:
                code.Open(header.Insert(0, "async "));
                code.Line("var results = await this.RunAsync(run).ConfigureAwait(false);");
                code.Line("return results.Metrics();");
                code.Close();
                break;
            case TrainerKind.Plain or TrainerKind.WithResults:
                code.Open(header.Insert(0, "async "));
                code.Line("await this.RunAsync(run).ConfigureAwait(false);");
                code.Line("return [];");
                code.Close();
                break;
            default:
                code.Line($"{header} =>");
                code.Line($"    throw new global::Experiments.ExperimentsException(\"EXP8012\", {SourceWriter.Literal($"expected the experiment `{experiment.Name}` to have a trainer method, got none")}, \"declare `public async Task<Results> RunAsync(RunContext run)` on the record, or an `[Entrypoint]`\");");
                break;
        }
    }

    private static void EmitDerived(SourceWriter code, ExperimentModel experiment)
    {
        if (experiment.Results is not { } results || !results.Metrics.Any(m => m.IsDerived))
            return;
        code.Blank();
        code.Line($"static global::System.Collections.Generic.IEnumerable<global::System.Collections.Generic.KeyValuePair<string, global::System.Func<double?>>> global::Experiments.IExperiment<{experiment.Type.FullName}>.Derived(global::Experiments.RunOutputs outputs) =>");
        code.Line($"    {results.Type.FullName}.Read(outputs).Derived();");
    }

    private static string Int(int value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static string Double(double value) => double.IsNaN(value) || double.IsInfinity(value) ? "0" : Parsing.Constants.DoubleCode(value);

    private static string Bound(double? value) => value is { } bound ? Double(bound) : "null";
}
