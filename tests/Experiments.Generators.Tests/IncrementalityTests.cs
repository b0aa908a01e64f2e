using System.Globalization;
using Experiments.Generators.Analyzers;
using Experiments.Generators.Analyzers.Proofs;
using Experiments.Generators.Parsing;
using Experiments.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Experiments.Generators.Tests;

public sealed class IncrementalityTests
{
    private static readonly string[] _steps =
        [ExperimentsGenerator.Steps.Experiments, ExperimentsGenerator.Steps.Sweeps, ExperimentsGenerator.Steps.Program, ExperimentsGenerator.Steps.Catalogue];

    [Fact]
    public void An_unrelated_edit_leaves_every_step_as_it_was()
    {
        var result = Edited(c => c.AddSyntaxTrees(CSharpSyntaxTree.ParseText("class Unrelated { void M() { } }", (CSharpParseOptions)c.SyntaxTrees.First().Options)));
        foreach (var step in _steps)
        {
            var outputs = Outputs(result, step);
            Assert.NotEmpty(outputs);
            Assert.All(outputs, reason => Assert.True(reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, $"{step}: {reason}"));
        }

        var sources = result.TrackedOutputSteps.SelectMany(s => s.Value).SelectMany(s => s.Outputs).ToList();
        Assert.NotEmpty(sources);
        Assert.All(sources, output => Assert.Equal(IncrementalStepRunReason.Cached, output.Reason));
    }

    [Fact]
    public void White_space_and_comments_above_a_declaration_change_nothing()
    {
        var result = Edited(c => Replace(c, "public enum Size", "\n\n// a comment\npublic enum Size"));
        Assert.All(_steps.SelectMany(s => Outputs(result, s)), reason => Assert.True(reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged));
    }

    [Fact]
    public void A_changed_experiment_changes_itself_and_its_sweeps_only()
    {
        var result = Edited(c => Replace(c, "lr{LearningRate}", "rate{LearningRate}"));
        Assert.Equal([IncrementalStepRunReason.Cached, IncrementalStepRunReason.Modified], Outputs(result, ExperimentsGenerator.Steps.Experiments));
        Assert.Equal([IncrementalStepRunReason.Cached, IncrementalStepRunReason.Modified], Outputs(result, ExperimentsGenerator.Steps.Sweeps));
        Assert.All(Outputs(result, ExperimentsGenerator.Steps.Catalogue), reason => Assert.Equal(IncrementalStepRunReason.Unchanged, reason));
    }

    [Fact]
    public void Models_hold_nothing_of_the_compilation()
    {
        var result = Compiled.Driver().RunGenerators(Compiled.Compilation(Design.Source)).GetRunResult().Results.Single();
        var visited = new HashSet<object>(ReferenceEqualityComparer.Instance);
        foreach (var step in _steps)
        {
            foreach (var (value, _) in result.TrackedSteps[step].SelectMany(s => s.Outputs))
                Visit(value, step, visited);
        }
    }

    [Fact]
    public void The_same_source_gives_the_same_text() =>
        Assert.Equal(Compiled.From(Design.Source).Files, Compiled.From(Design.Source).Files);

    [Fact]
    public void A_compilers_culture_changes_neither_text_nor_messages()
    {
        const string Source = Samples.EveryKind + """
            [Sweep] public sealed partial record S : ISweep<Kinds> { [LogSpace(1e-4, 1, 3)] public double Double { get; init; } [Steps(-4, 4, 2)] public int Whole { get; init; } [Range(-2.5, 1e-3)] public double Unused => 1; }
            [Experiment("negative"), Gpu(-3), Estimate("1h")] public sealed partial record Negative { [Range(-5, -7)] public int A { get; init; } }
            """;
        var (files, messages) = Written();
        var (culture, numbers) = (CultureInfo.CurrentCulture, (CultureInfo)CultureInfo.InvariantCulture.Clone());
        (numbers.NumberFormat.NegativeSign, numbers.NumberFormat.NumberDecimalSeparator, numbers.NumberFormat.NumberGroupSeparator) = ("\u2212", ",", ".");
        try
        {
            CultureInfo.CurrentCulture = numbers;
            var (otherFiles, otherMessages) = Written();
            Assert.Equal(files, otherFiles);
            Assert.NotEmpty(messages);
            Assert.Equal(messages, otherMessages);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }

        static ((string, string)[] Files, string[] Messages) Written()
        {
            var compiled = Compiled.From(Source);
            var found = new List<Diagnostic>();
            foreach (var name in new[] { "S", "Negative" })
            {
                var type = compiled.Output.GetTypeByMetadataName(name)!;
                ExperimentParser.Parse(type, new Problems(found.Add), default);
                SweepParser.Parse(type, new Problems(found.Add), default);
                if (ExperimentParser.Model(type, default) is not { } experiment)
                    continue;
                ResourcesProof.Check(type, experiment, new Problems(found.Add));
                PropertiesProof.Check(type, experiment.Record, compiled.Output, new Problems(found.Add), default);
            }

            return ([.. compiled.Files], [.. found.Select(d => d.GetMessage(CultureInfo.CurrentCulture))]);
        }
    }

    private static GeneratorRunResult Edited(Func<CSharpCompilation, CSharpCompilation> edit)
    {
        var compilation = Compiled.Compilation(Design.Source);
        return Compiled.Driver().RunGenerators(compilation).RunGenerators(edit(compilation)).GetRunResult().Results.Single();
    }

    private static CSharpCompilation Replace(CSharpCompilation compilation, string old, string with)
    {
        var tree = compilation.SyntaxTrees.Single(t => t.FilePath == "Sample.cs");
        var text = tree.GetText().ToString();
        Assert.Contains(old, text, StringComparison.Ordinal);
        return compilation.ReplaceSyntaxTree(tree, CSharpSyntaxTree.ParseText(text.Replace(old, with, StringComparison.Ordinal), (CSharpParseOptions)tree.Options, tree.FilePath));
    }

    private static List<IncrementalStepRunReason> Outputs(GeneratorRunResult result, string step) =>
        [.. result.TrackedSteps[step].SelectMany(s => s.Outputs).Select(o => o.Reason)];

    private static void Visit(object? node, string path, HashSet<object> visited)
    {
        if (node is null || node is string || node.GetType().IsPrimitive || node.GetType().IsEnum || node is decimal || !visited.Add(node))
            return;
        Assert.False(node is ISymbol or SyntaxNode or SyntaxTree or Location or Compilation or SemanticModel, $"{path} holds a {node.GetType()}");
        foreach (var field in node.GetType().GetFields(System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic))
            Visit(field.GetValue(node), $"{path}.{field.Name}", visited);
        if (node is Array array)
        {
            foreach (var item in array)
                Visit(item, $"{path}[]", visited);
        }
    }
}
