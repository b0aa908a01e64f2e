using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using Experiments.Generators.Locks;
using Experiments.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Experiments.Generators.Analyzers;

/// <summary>Says at a declaration what an edit does to runs that exist, from the lock that is committed beside the project. Without a lock it does nothing.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LockAnalyzer : DiagnosticAnalyzer
{
    /// <summary>The property of a diagnostic that names the experiment's type, for fixes: the place may be in a nested record.</summary>
    internal const string TypeProperty = "type";

    private static readonly ImmutableDictionary<string, DiagnosticDescriptor> _rules = LockRules.All.ToImmutableDictionary(rule => rule.Id);

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => LockRules.All;

    /// <summary>The committed lock among the files of a project, or of a script, whose lock has the script's name.</summary>
    internal static AdditionalText? FileOf(AnalyzerOptions options)
    {
        var name = options.AnalyzerConfigOptionsProvider.GlobalOptions.TryGetValue("build_property.ExperimentsLock", out var own) && own.Length > 0 ? own : CommittedLock.FileName;
        return options.AdditionalFiles.FirstOrDefault(file => Path.GetFileName(file.Path) == name);
    }

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.EnableConcurrentExecution();
        context.RegisterCompilationStartAction(static start =>
        {
            if (FileOf(start.Options) is not { } file || file.GetText(start.CancellationToken) is not { } text)
                return;
            try
            {
                var committed = CommittedLock.Read(text.ToString());
                var seen = new ConcurrentDictionary<string, bool>();
                start.RegisterSymbolAction(symbol => Check(symbol, committed, seen), SymbolKind.NamedType);
                start.RegisterCompilationEndAction(end => CheckDeclared(end, committed, file.Path, text, seen));
            }
            catch (FormatException e)
            {
                start.RegisterCompilationEndAction(end => Report(end.ReportDiagnostic,
                    new LockFinding(RuleIds.LockUnreadable, PlaceIn(file.Path, text, 0, 0), CommittedLock.FileName, e.Message), null));
            }
        });
    }

    private static void Check(SymbolAnalysisContext context, CommittedLock committed, ConcurrentDictionary<string, bool> seen)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        if (!type.IsRecord)
            return;
        if (type.Find(Attributes.Experiment) is not null && ExperimentParser.Model(type, context.CancellationToken) is { } experiment)
        {
            See(seen, type);
            foreach (var input in type.Properties().Where(p => p.Find("Experiments.InputAttribute") is not null))
                See(seen, input.Type);
            if (committed.Experiment(experiment.Name) is { } locked)
            {
                var comparison = new LockComparison(type, experiment, locked, committed.RunsOf(experiment.Name), context.CancellationToken);
                foreach (var finding in comparison.Findings())
                    Report(context.ReportDiagnostic, finding, type);
            }
        }

        if (type.Find(Attributes.Sweep) is null || SweepParser.ExperimentOf(type) is not { } swept)
            return;
        See(seen, swept);
        seen.TryAdd("sweep " + type.Name, true);
        if (committed.Sweeps.FirstOrDefault(s => s.Name == type.Name) is { } known
            && SweepParser.Parse(type, null, context.CancellationToken) is { } sweep && (sweep.RunCount ?? (sweep.HasInclude ? null : sweep.PointCount)) is { } runs && runs != known.Runs)
            Report(context.ReportDiagnostic, new LockFinding(RuleIds.LockedSweepChanged, type.Place(), type.Name, Number(known.Runs), Number(runs)), swept);
    }

    private static void See(ConcurrentDictionary<string, bool> seen, ITypeSymbol experiment)
    {
        if (experiment.Find(Attributes.Experiment)?.Argument(0, "") is { } name)
            seen.TryAdd("experiment " + name, true);
    }

    private static void CheckDeclared(CompilationAnalysisContext context, CommittedLock committed, string path, SourceText text, ConcurrentDictionary<string, bool> seen)
    {
        var entries = committed.Experiments.Select(e => ("experiment", e.Member, Runs: committed.RunsOf(e.Name)))
            .Concat(committed.Sweeps.Select(s => ("sweep", s.Member, s.Runs)));
        foreach (var (kind, member, runs) in entries.Where(entry => !seen.ContainsKey($"{entry.Item1} {entry.Member.Name}")))
        {
            var effect = runs == 0 ? "its runs would not be found again" : $"its {Number(runs)} runs would not be found again";
            Report(context.ReportDiagnostic, new LockFinding(RuleIds.LockedDeclarationGone, PlaceIn(path, text, member.Start, member.Name.Length + 2), kind, member.Name, effect), null);
        }
    }

    private static void Report(Action<Diagnostic> report, LockFinding finding, INamedTypeSymbol? type)
    {
        var operands = ImmutableDictionary.CreateBuilder<string, string?>();
        for (var i = 0; i < finding.Operands.Length; i++)
            operands.Add(i.ToString(CultureInfo.InvariantCulture), Convert.ToString(finding.Operands[i], CultureInfo.InvariantCulture));
        if (type is not null)
            operands.Add(TypeProperty, MetadataName(type));
        report(Diagnostic.Create(_rules[finding.Rule], finding.Place, operands.ToImmutable(), finding.Operands));
    }

    private static string MetadataName(INamedTypeSymbol type) => type.ContainingType is { } outer
        ? $"{MetadataName(outer)}+{type.MetadataName}"
        : type.ContainingNamespace.IsGlobalNamespace ? type.MetadataName : $"{type.ContainingNamespace.ToDisplayString()}.{type.MetadataName}";

    private static Location PlaceIn(string path, SourceText text, int start, int length)
    {
        var span = new TextSpan(start, length);
        return Location.Create(path, span, text.Lines.GetLinePositionSpan(span));
    }

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
