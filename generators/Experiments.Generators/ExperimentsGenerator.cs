using Experiments.Generators.Emission;
using Experiments.Generators.Models;
using Experiments.Generators.Outlines;
using Experiments.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Experiments.Generators;

/// <summary>Writes what records with <c>[Experiment]</c> and <c>[Sweep]</c> need to run. Errors are the analyzers' business; this emits what it can.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class ExperimentsGenerator : IIncrementalGenerator
{
    // C# 13, which the Roslyn that this is compiled against has no name for.
    private const LanguageVersion _oldest = (LanguageVersion)1300;

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
        var language = context.ParseOptionsProvider.Select(static (options, _) => ((CSharpParseOptions)options).LanguageVersion);
        // Not ForAttributeWithMetadataName: it binds every declaration again after every keystroke anywhere. Outlines are syntax, read once for each tree;
        // what they are compared by decides what goes on, and only a subject that reaches something else than before is bound and parsed again.
        var outline = context.CompilationProvider
            .Select(static (compilation, cancellation) => ProgramOutline.Of(compilation, cancellation))
            .WithTrackingName(Steps.Outline);
        var reached = outline
            .Select(static (outline, _) => outline).WithComparer(ProgramOutline.ByReach).WithTrackingName(Steps.Reached)
            .Combine(language);
        var subjects = reached
            .SelectMany(static (pair, _) => pair.Right < _oldest ? [] : pair.Left.Subjects)
            .WithTrackingName(Steps.Subjects);
        var parsedExperiments = subjects.Select(static (subject, cancellation) => Attempt<ExperimentModel>.At(subject.ToString(), () => subject.Experiment(cancellation)));
        var experiments = parsedExperiments
            .Where(static parsed => parsed.Result is not null)
            .Select(static (parsed, _) => parsed.Result!)
            .WithTrackingName(Steps.Experiments);
        var parsedSweeps = subjects.Select(static (subject, cancellation) => Attempt<SweepModel>.At(subject.ToString(), () => subject.Sweep(cancellation)));
        var sweeps = parsedSweeps
            .Where(static parsed => parsed.Result is not null)
            .Select(static (parsed, _) => parsed.Result!)
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
            Add(output, experiment.Type, $"{FileNames.Of(experiment.Type, alike)}.g.cs", () => ExperimentEmitter.Emit(experiment, hasLab));
        });
        context.RegisterSourceOutput(sweeps.Combine(alike), static (output, pair) =>
            Add(output, pair.Left.Type, $"{FileNames.Of(pair.Left.Type, pair.Right)}.Sweep.g.cs", () => SweepEmitter.Emit(pair.Left)));
        context.RegisterSourceOutput(parsedExperiments.Where(static parsed => parsed.Failure is not null), static (output, parsed) => Report(output, parsed));
        context.RegisterSourceOutput(parsedSweeps.Where(static parsed => parsed.Failure is not null), static (output, parsed) => Report(output, parsed));
        var tooOld = reached.Combine(program).Select(static (pair, _) =>
        {
            var ((outline, language), program) = pair;
            return language < _oldest && (program.NeedsEntryPoint || outline.Subjects.Any()) ? language.ToDisplayString() : null;
        });
        context.RegisterSourceOutput(tooOld, static (output, version) =>
        {
            if (version is not null)
                output.ReportDiagnostic(Diagnostic.Create(GeneratorRules.OldLanguage, Location.None, version));
        });
        context.RegisterSourceOutput(catalogue.Combine(program).Combine(language), static (output, pair) =>
        {
            var ((catalogue, program), language) = pair;
            if (language < _oldest || (catalogue.IsEmpty && !program.NeedsEntryPoint))
                return;
            output.AddSource("ExperimentCatalogue.g.cs", ProgramEmitter.Catalogue(catalogue.Experiments, catalogue.Sweeps));
            if (program.NeedsEntryPoint)
                output.AddSource("ExperimentEntryPoint.g.cs", ProgramEmitter.EntryPoint());
        });
    }

    // A record whose code can't be written costs its own code, not that of all others.
    private static void Add(SourceProductionContext output, TypeModel type, string file, Func<SourceText> emit)
    {
        var emitted = Attempt<SourceText>.At(type.DottedName, emit);
        if (emitted.Result is { } text)
            output.AddSource(file, text);
        Report(output, emitted);
    }

    private static void Report<T>(SourceProductionContext output, Attempt<T> attempt)
        where T : class
    {
        if (attempt.Failure is { } failure)
            output.ReportDiagnostic(Diagnostic.Create(GeneratorRules.Defect, Location.None, attempt.Record, failure));
    }
}
