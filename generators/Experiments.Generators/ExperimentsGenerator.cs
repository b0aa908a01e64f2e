using Experiments.Generators.Emission;
using Experiments.Generators.Models;
using Experiments.Generators.Outlines;
using Experiments.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace Experiments.Generators;

/// <summary>Writes what records with <c>[Experiment]</c> and <c>[Sweep]</c> need to run. Errors are the analyzers' business; this emits what it can.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class ExperimentsGenerator : IIncrementalGenerator
{
    /// <summary>Names of the tracked steps.</summary>
    internal static class Steps
    {
        public const string Outline = nameof(Outline);
        public const string Reached = nameof(Reached);
        public const string Names = nameof(Names);
        public const string Subjects = nameof(Subjects);
        public const string Experiments = nameof(Experiments);
        public const string Sweeps = nameof(Sweeps);
        public const string Program = nameof(Program);
        public const string Catalogue = nameof(Catalogue);
    }

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        // Not ForAttributeWithMetadataName: it binds every declaration again after every keystroke anywhere. Outlines are syntax, read once for each tree;
        // what they are compared by decides what goes on, and only a subject that reaches something else than before is bound and parsed again.
        var outline = context.CompilationProvider
            .Select(static (compilation, cancellation) => ProgramOutline.Of(compilation, cancellation))
            .WithTrackingName(Steps.Outline);
        var subjects = outline
            .Select(static (outline, _) => outline).WithComparer(ProgramOutline.ByReach).WithTrackingName(Steps.Reached)
            .SelectMany(static (outline, _) => outline.Subjects)
            .WithTrackingName(Steps.Subjects);
        var experiments = subjects
            .Select(static (subject, cancellation) => subject.Experiment(cancellation))
            .Where(static model => model is not null)
            .Select(static (model, _) => model!)
            .WithTrackingName(Steps.Experiments);
        var sweeps = subjects
            .Select(static (subject, cancellation) => subject.Sweep(cancellation))
            .Where(static model => model is not null)
            .Select(static (model, _) => model!)
            .WithTrackingName(Steps.Sweeps);
        var program = outline
            .Select(static (outline, _) => outline).WithComparer(ProgramOutline.ByNames).WithTrackingName(Steps.Names)
            .Select(static (outline, cancellation) => ProgramParser.Parse(outline.Compilation, cancellation))
            .WithTrackingName(Steps.Program);
        var catalogue = experiments.Collect().Combine(sweeps.Collect())
            .Select(static (all, _) => CatalogueModel.Of(all.Left, all.Right))
            .WithTrackingName(Steps.Catalogue);

        var alike = experiments.Select(static (e, _) => e.Type.DottedName).Collect()
            .Combine(sweeps.Select(static (s, _) => s.Type.DottedName).Collect())
            .Select(static (names, _) => FileNames.Alike(names.Left.Concat(names.Right)));

        var hasLab = program.Select(static (model, _) => model.HasLab);
        context.RegisterSourceOutput(experiments.Combine(alike).Combine(hasLab), static (output, pair) =>
        {
            var ((experiment, alike), hasLab) = pair;
            output.AddSource($"{FileNames.Of(experiment.Type, alike)}.g.cs", ExperimentEmitter.Emit(experiment, hasLab));
        });
        context.RegisterSourceOutput(sweeps.Combine(alike), static (output, pair) =>
            output.AddSource($"{FileNames.Of(pair.Left.Type, pair.Right)}.Sweep.g.cs", SweepEmitter.Emit(pair.Left)));
        context.RegisterSourceOutput(catalogue.Combine(program), static (output, pair) =>
        {
            var (catalogue, program) = pair;
            if (catalogue.IsEmpty && !program.NeedsEntryPoint)
                return;
            output.AddSource("ExperimentCatalogue.g.cs", ProgramEmitter.Catalogue(catalogue.Experiments, catalogue.Sweeps));
            if (program.NeedsEntryPoint)
                output.AddSource("ExperimentEntryPoint.g.cs", ProgramEmitter.EntryPoint());
        });
    }
}
